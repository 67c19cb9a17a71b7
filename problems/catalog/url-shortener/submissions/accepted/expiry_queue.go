// Package solution holds a link shortener that forgets links as they expire.
package solution

import "container/list"

const digits = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

// LinkShortener keeps live links only. All links live equally long, so the
// order in which they were made or renewed is that in which they end, and
// every call begins by dropping what has ended from the front.
type LinkShortener struct {
	nextID     int64
	lifetimeMs int64
	ending     *list.List
	byCode     map[string]*list.Element
	shortened  map[string]*list.Element
}

type link struct {
	code, url string
	clicks    int
	endMs     int64
}

// NewLinkShortener returns a service without links, whose codes count up from
// firstID.
func NewLinkShortener(firstID, lifetimeMs int64) *LinkShortener {
	return &LinkShortener{
		nextID:     firstID,
		lifetimeMs: lifetimeMs,
		ending:     list.New(),
		byCode:     make(map[string]*list.Element),
		shortened:  make(map[string]*list.Element),
	}
}

// Shorten returns the code of the service's own link to url, which it renews
// or makes.
func (s *LinkShortener) Shorten(url string, nowMs int64) string {
	s.expire(nowMs)
	el, ok := s.shortened[url]
	if !ok {
		el = s.add(s.freeCode(), url)
		s.shortened[url] = el
	}
	s.renew(el, nowMs)
	return el.Value.(*link).code
}

// Claim makes or renews the link from alias to url and reports whether there
// is one now.
func (s *LinkShortener) Claim(alias, url string, nowMs int64) bool {
	s.expire(nowMs)
	el, ok := s.byCode[alias]
	if !ok {
		el = s.add(alias, url)
	} else if el.Value.(*link).url != url {
		return false
	}
	s.renew(el, nowMs)
	return true
}

// Resolve counts a click and returns where code leads to, or nil.
func (s *LinkShortener) Resolve(code string, nowMs int64) *string {
	s.expire(nowMs)
	el, ok := s.byCode[code]
	if !ok {
		return nil
	}
	l := el.Value.(*link)
	l.clicks++
	return &l.url
}

// Clicks returns how often code was resolved, or -1 when it leads nowhere.
func (s *LinkShortener) Clicks(code string, nowMs int64) int {
	s.expire(nowMs)
	el, ok := s.byCode[code]
	if !ok {
		return -1
	}
	return el.Value.(*link).clicks
}

// Remove drops the link of code and reports whether there was one.
func (s *LinkShortener) Remove(code string, nowMs int64) bool {
	s.expire(nowMs)
	el, ok := s.byCode[code]
	if ok {
		s.drop(el)
	}
	return ok
}

// expire drops the links that have ended.
func (s *LinkShortener) expire(nowMs int64) {
	for el := s.ending.Front(); el != nil && el.Value.(*link).endMs <= nowMs; el = s.ending.Front() {
		s.drop(el)
	}
}

func (s *LinkShortener) add(code, url string) *list.Element {
	el := s.ending.PushBack(&link{code: code, url: url})
	s.byCode[code] = el
	return el
}

func (s *LinkShortener) renew(el *list.Element, nowMs int64) {
	s.ending.MoveToBack(el)
	el.Value.(*link).endMs = nowMs + s.lifetimeMs
}

func (s *LinkShortener) drop(el *list.Element) {
	l := s.ending.Remove(el).(*link)
	delete(s.byCode, l.code)
	// The link that goes may be an alias beside the one found by URL.
	if s.shortened[l.url] == el {
		delete(s.shortened, l.url)
	}
}

// freeCode moves the counter past the next code that no link has.
func (s *LinkShortener) freeCode() string {
	for {
		code := encode(s.nextID)
		s.nextID++
		if _, taken := s.byCode[code]; !taken {
			return code
		}
	}
}

func encode(id int64) string {
	var code string
	for {
		code = string(digits[id%62]) + code
		id /= 62
		if id == 0 {
			return code
		}
	}
}
