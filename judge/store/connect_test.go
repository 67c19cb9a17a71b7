package store

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/store/redistest"
)

func TestParseSentinel(t *testing.T) {
	opt, err := parseSentinel("rediss-sentinel://ada:s%40c@h1:1,h2,[::1]:3/main?db=4&sentinel_password=x")
	if err != nil {
		t.Fatal(err)
	}
	got := []any{opt.SentinelAddrs, opt.MasterName, opt.Username, opt.Password, opt.SentinelPassword, opt.DB, opt.TLSConfig != nil}
	want := []any{[]string{"h1:1", "h2:26379", "[::1]:3"}, "main", "ada", "s@c", "x", 4, true}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestThroughSentinel(t *testing.T) {
	s := open(t, redistest.Sentinel(t))
	running(t, s)
	id := create(t, s, sample())
	wake, stop := s.Watch(id)
	defer stop()
	finish(t, s, begin(t, s, id, 1), judge.AC)
	await(t, wake, "the end")
	if r := report(t, s, id); r.Verdict != judge.AC {
		t.Errorf("report is %+v", r)
	}
}

func TestConnectRefuses(t *testing.T) {
	for _, url := range []string{
		"", "localhost:6379", "http://localhost", "redis://localhost/x",
		"redis-sentinel://h1", "redis-sentinel:///m", "redis-sentinel://h1,,h2/m",
		"redis-sentinel://h1/m/n", "redis-sentinel://h1/m?db=-1", "redis-sentinel://h1/m?dbb=1",
		"redis-sentinel://u:secret@h1/%zz", "redis://:secret@h:x/0",
	} {
		c, err := Connect(url)
		if err == nil {
			_ = c.Close()
			t.Errorf("%q is accepted", url)
			continue
		}
		if strings.Contains(err.Error(), "secret") {
			t.Errorf("the error for %q tells the password: %v", url, err)
		}
	}
}

func FuzzConnect(f *testing.F) {
	f.Add("redis-sentinel://u:p@a:1,b:2/m?db=3")
	f.Add("redis://localhost:6379/0")
	f.Fuzz(func(t *testing.T, url string) {
		if c, err := Connect(url); err == nil {
			_ = c.Close()
		}
	})
}
