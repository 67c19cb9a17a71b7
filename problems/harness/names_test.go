package harness

import "testing"

func TestNames(t *testing.T) {
	for _, c := range []struct{ name, goName, goParam string }{
		{"get", "Get", "get"},
		{"nowMs", "NowMs", "nowMs"},
		{"getUrl", "GetURL", "getURL"},
		{"getURL", "GetURL", "getURL"},
		{"userId", "UserID", "userID"},
		{"userIds", "UserIDs", "userIDs"},
		{"idOf", "IDOf", "idOf"},
		{"id", "ID", "id"},
		{"urlTtl", "URLTTL", "urlTTL"},
		{"httpApi", "HTTPAPI", "httpAPI"},
		{"parseHTTPHeader", "ParseHTTPHeader", "parseHTTPHeader"},
		{"cpuTimeMs", "CPUTimeMs", "cpuTimeMs"},
		{"top10Keys", "Top10Keys", "top10Keys"},
		{"idle", "Idle", "idle"},
		{"x", "X", "x"},
		{"aB", "AB", "aB"},
		{"LRUCache", "LRUCache", "lruCache"},
		{"TokenBucket", "TokenBucket", "tokenBucket"},
	} {
		if got := goName(c.name); got != c.goName {
			t.Errorf("goName(%q) = %q, want %q", c.name, got, c.goName)
		}
		if got := goParam(c.name); got != c.goParam {
			t.Errorf("goParam(%q) = %q, want %q", c.name, got, c.goParam)
		}
	}
}
