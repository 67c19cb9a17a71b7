package harness

import (
	"testing"

	"github.com/docketjudge/docket/problems/harness/signature"
)

func TestNames(t *testing.T) {
	for _, c := range []struct{ name, goName, goParam, snake string }{
		{"get", "Get", "get", "get"},
		{"nowMs", "NowMs", "nowMs", "now_ms"},
		{"getUrl", "GetURL", "getURL", "get_url"},
		{"getURL", "GetURL", "getURL", "get_url"},
		{"userId", "UserID", "userID", "user_id"},
		{"userIds", "UserIDs", "userIDs", "user_ids"},
		{"idOf", "IDOf", "idOf", "id_of"},
		{"id", "ID", "id", "id"},
		{"urlTtl", "URLTTL", "urlTTL", "url_ttl"},
		{"httpApi", "HTTPAPI", "httpAPI", "http_api"},
		{"parseHTTPHeader", "ParseHTTPHeader", "parseHTTPHeader", "parse_http_header"},
		{"cpuTimeMs", "CPUTimeMs", "cpuTimeMs", "cpu_time_ms"},
		{"top10Keys", "Top10Keys", "top10Keys", "top10_keys"},
		{"idle", "Idle", "idle", "idle"},
		{"x", "X", "x", "x"},
		{"aB", "AB", "aB", "a_b"},
		{"LRUCache", "LRUCache", "lruCache", "lru_cache"},
		{"TokenBucket", "TokenBucket", "tokenBucket", "token_bucket"},
	} {
		if got := goName(c.name); got != c.goName {
			t.Errorf("goName(%q) = %q, want %q", c.name, got, c.goName)
		}
		if got := goParam(c.name); got != c.goParam {
			t.Errorf("goParam(%q) = %q, want %q", c.name, got, c.goParam)
		}
		if got := signature.Snake(c.name); got != c.snake {
			t.Errorf("snake(%q) = %q, want %q", c.name, got, c.snake)
		}
	}
}
