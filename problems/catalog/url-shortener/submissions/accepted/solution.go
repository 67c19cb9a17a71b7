// Package solution holds a link shortener whose links expire.
package solution

const digits = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

// LinkShortener finds links by code, and those that it made itself by URL.
// Both maps may hold links that are gone; a link knows that about itself, so
// neither map has to be told.
type LinkShortener struct {
	nextID     int64
	lifetimeMs int64
	byCode     map[string]*link
	shortened  map[string]*link
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
		byCode:     make(map[string]*link),
		shortened:  make(map[string]*link),
	}
}

// Shorten returns the code of the service's own link to url, which it renews
// or makes.
func (s *LinkShortener) Shorten(url string, nowMs int64) string {
	l := s.shortened[url]
	if !l.live(nowMs) {
		l = s.add(s.freeCode(nowMs), url)
		s.shortened[url] = l
	}
	l.endMs = nowMs + s.lifetimeMs
	return l.code
}

// Claim makes or renews the link from alias to url and reports whether there
// is one now.
func (s *LinkShortener) Claim(alias, url string, nowMs int64) bool {
	l := s.byCode[alias]
	if !l.live(nowMs) {
		l = s.add(alias, url)
	}
	if l.url != url {
		return false
	}
	l.endMs = nowMs + s.lifetimeMs
	return true
}

// Resolve counts a click and returns where code leads to, or nil.
func (s *LinkShortener) Resolve(code string, nowMs int64) *string {
	l := s.byCode[code]
	if !l.live(nowMs) {
		return nil
	}
	l.clicks++
	return &l.url
}

// Clicks returns how often code was resolved, or -1 when it leads nowhere.
func (s *LinkShortener) Clicks(code string, nowMs int64) int {
	l := s.byCode[code]
	if !l.live(nowMs) {
		return -1
	}
	return l.clicks
}

// Remove lets the link of code end now and reports whether there was one.
func (s *LinkShortener) Remove(code string, nowMs int64) bool {
	l := s.byCode[code]
	if !l.live(nowMs) {
		return false
	}
	l.endMs = nowMs
	return true
}

func (s *LinkShortener) add(code, url string) *link {
	l := &link{code: code, url: url}
	s.byCode[code] = l
	return l
}

// freeCode moves the counter past the next code that no live link has. Every
// number is looked at once, so calls pay for it only once.
func (s *LinkShortener) freeCode(nowMs int64) string {
	for {
		code := encode(s.nextID)
		s.nextID++
		if !s.byCode[code].live(nowMs) {
			return code
		}
	}
}

// live reports whether a link is there at all and has not ended.
func (l *link) live(nowMs int64) bool {
	return l != nil && nowMs < l.endMs
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
