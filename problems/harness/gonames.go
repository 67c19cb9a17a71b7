package harness

import (
	"strings"

	"github.com/docketjudge/docket/problems/harness/signature"
)

// initialisms are the words that Go writes in capitals throughout.
var initialisms = map[string]string{
	"id": "ID", "ids": "IDs", "url": "URL", "ttl": "TTL", "http": "HTTP", "api": "API", "ip": "IP",
	"sql": "SQL", "uuid": "UUID", "json": "JSON", "cpu": "CPU",
}

// goName is an exported name of Go.
func goName(name string) string {
	var b strings.Builder
	for _, w := range signature.Words(name) {
		if all, ok := initialisms[strings.ToLower(w)]; ok {
			b.WriteString(all)
		} else {
			b.WriteString(strings.ToUpper(w[:1]) + w[1:])
		}
	}
	return b.String()
}

// goParam is an unexported name of Go.
func goParam(name string) string {
	first := signature.Words(name)[0]
	return strings.ToLower(first) + strings.TrimPrefix(goName(name), goName(first))
}
