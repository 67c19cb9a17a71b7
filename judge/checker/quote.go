package checker

import (
	"strconv"
	"strings"
)

// quoted is how much of a token a reason shows.
const quoted = 40

// quote makes outside bytes safe to print: on one line, escaped and short.
func quote(b []byte) string {
	if len(b) <= quoted {
		return strconv.QuoteToASCII(string(b))
	}
	return strings.TrimSuffix(strconv.QuoteToASCII(string(b[:quoted])), `"`) + `..."`
}

func (h *head) quote() string { return quote(h.b[:h.n]) }
