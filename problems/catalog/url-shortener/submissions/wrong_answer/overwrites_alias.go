// Package solution hands out the next number without asking whether somebody
// has claimed its code.
package solution

const digits = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

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

func NewLinkShortener(firstID, lifetimeMs int64) *LinkShortener {
	return &LinkShortener{
		nextID:     firstID,
		lifetimeMs: lifetimeMs,
		byCode:     make(map[string]*link),
		shortened:  make(map[string]*link),
	}
}

func (s *LinkShortener) Shorten(url string, nowMs int64) string {
	l := s.shortened[url]
	if !l.live(nowMs) {
		l = s.add(s.freeCode(), url)
		s.shortened[url] = l
	}
	l.endMs = nowMs + s.lifetimeMs
	return l.code
}

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

func (s *LinkShortener) Resolve(code string, nowMs int64) *string {
	l := s.byCode[code]
	if !l.live(nowMs) {
		return nil
	}
	l.clicks++
	return &l.url
}

func (s *LinkShortener) Clicks(code string, nowMs int64) int {
	l := s.byCode[code]
	if !l.live(nowMs) {
		return -1
	}
	return l.clicks
}

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

func (s *LinkShortener) freeCode() string {
	code := encode(s.nextID)
	s.nextID++
	return code
}

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
