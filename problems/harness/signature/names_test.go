package signature_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/docketjudge/docket/problems/harness/signature"
)

func TestSnake(t *testing.T) {
	for name, want := range map[string]string{
		"get":             "get",
		"nowMs":           "now_ms",
		"getUrl":          "get_url",
		"getURL":          "get_url",
		"userId":          "user_id",
		"userIds":         "user_ids",
		"idOf":            "id_of",
		"id":              "id",
		"urlTtl":          "url_ttl",
		"httpApi":         "http_api",
		"parseHTTPHeader": "parse_http_header",
		"cpuTimeMs":       "cpu_time_ms",
		"top10Keys":       "top10_keys",
		"idle":            "idle",
		"x":               "x",
		"aB":              "a_b",
		"LRUCache":        "lru_cache",
		"TokenBucket":     "token_bucket",
	} {
		if got := signature.Snake(name); got != want {
			t.Errorf("Snake(%q) = %q, want %q", name, got, want)
		}
		var lower []string
		for _, w := range signature.Words(name) {
			lower = append(lower, strings.ToLower(w))
		}
		if !slices.Equal(lower, strings.Split(want, "_")) {
			t.Errorf("Words(%q) = %q", name, signature.Words(name))
		}
	}
}

func TestReserved(t *testing.T) {
	for word, want := range map[string]bool{"func": true, "lambda": true, "synchronized": true, "DocketMain": true, "total": false, "Lambda": false} {
		if got := signature.Reserved(word); got != want {
			t.Errorf("Reserved(%q) = %t", word, got)
		}
	}
}
