package api

import (
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/docketjudge/docket/judge"
)

// keyed starts a server that requires keys and knows some.
func keyed(t *testing.T, change func(*Config)) *client {
	c := start(t, func(cfg *Config) {
		cfg.RequireKeys = true
		if change != nil {
			change(cfg)
		}
	})
	revoked := time.Now()
	for secret, k := range map[string]judge.Key{
		"dk_submit": {ID: "s", Scopes: []judge.Scope{judge.ScopeSubmit}},
		"dk_other":  {ID: "o", Scopes: []judge.Scope{judge.ScopeSubmit}},
		"dk_read":   {ID: "r", Scopes: []judge.Scope{judge.ScopeRead}},
		"dk_both":   {ID: "b", Scopes: []judge.Scope{judge.ScopeRead, judge.ScopeSubmit}},
		"dk_admin":  {ID: "a", Scopes: []judge.Scope{judge.ScopeAdmin}},
		"dk_old":    {ID: "x", Scopes: []judge.Scope{judge.ScopeAdmin}, Revoked: &revoked},
	} {
		c.store.keys[secret] = k
	}
	return c
}

func TestKeysAndScopes(t *testing.T) {
	c := keyed(t, nil)
	var rep judge.Report
	c.do("POST", "/v1/submissions", goProgram, "Authorization", "Bearer dk_submit").decode(t, 202, &rep)
	var run runReply
	c.do("POST", "/v1/runs", `{"language":"go","source":"x"}`, "X-API-Key", "dk_submit").decode(t, 202, &run)
	c.store.finish(run.ID, judge.AC)
	id := string(rep.ID)
	batch := `{"submissions":[` + goProgram + `]}`
	// In the order of who: no key, unknown, revoked, submit (the owner), other
	// submit, read, read and submit, admin.
	who := []string{"", "dk_wrong", "dk_old", "dk_submit", "dk_other", "dk_read", "dk_both", "dk_admin"}
	for _, tc := range []struct {
		method, target, body string
		want                 []int
	}{
		{"GET", "/healthz", "", []int{200, 200, 200, 200, 200, 200, 200, 200}},
		{"GET", "/readyz", "", []int{200, 200, 200, 200, 200, 200, 200, 200}},
		{"GET", "/openapi.json", "", []int{200, 200, 200, 200, 200, 200, 200, 200}},
		{"GET", "/docs", "", []int{200, 200, 200, 200, 200, 200, 200, 200}},
		{"GET", "/metrics", "", []int{401, 401, 401, 403, 403, 200, 200, 200}},
		{"GET", "/v1/languages", "", []int{401, 401, 401, 200, 200, 200, 200, 200}},
		{"GET", "/v1/problems", "", []int{401, 401, 401, 200, 200, 200, 200, 200}},
		{"GET", "/v1/problems/sums", "", []int{401, 401, 401, 200, 200, 200, 200, 200}},
		{"POST", "/v1/submissions", goProgram, []int{401, 401, 401, 202, 202, 403, 202, 202}},
		{"POST", "/v1/submissions/batch", batch, []int{401, 401, 401, 202, 202, 403, 202, 202}},
		{"POST", "/v1/runs", `{"language":"go","source":"x"}`, []int{401, 401, 401, 202, 202, 403, 202, 202}},
		{"GET", "/v1/runs/" + string(run.ID), "", []int{401, 401, 401, 200, 404, 200, 200, 200}},
		{"GET", "/v1/submissions", "", []int{401, 401, 401, 200, 200, 200, 200, 200}},
		{"GET", "/v1/submissions/" + id, "", []int{401, 401, 401, 200, 404, 200, 200, 200}},
		{"GET", "/v1/submissions/" + id + "/attempts", "", []int{401, 401, 401, 200, 404, 200, 200, 200}},
		{"GET", "/v1/submissions/" + string(run.ID) + "/events", "", []int{401, 401, 401, 200, 404, 200, 200, 200}},
		{"POST", "/v1/submissions/" + id + "/rejudge", "", []int{401, 401, 401, 403, 403, 403, 403, 409}},
		{"DELETE", "/v1/submissions/" + string(run.ID), "", []int{401, 401, 401, 409, 404, 403, 403, 409}},
	} {
		for i, secret := range who {
			var headers []string
			if secret != "" {
				headers = []string{"Authorization", "bearer " + secret}
			}
			a := c.do(tc.method, tc.target, tc.body, headers...)
			if a.status != tc.want[i] {
				t.Errorf("%s %s with %q: %d, want %d: %.200s", tc.method, tc.target, secret, a.status, tc.want[i], a.body)
				continue
			}
			if challenge := a.header.Get("WWW-Authenticate"); (a.status == 401 || a.status == 403) != strings.HasPrefix(challenge, "Bearer ") {
				t.Errorf("%s %s with %q: %d with challenge %q", tc.method, tc.target, secret, a.status, challenge)
			}
		}
	}
	for _, auth := range []string{"Basic dk_admin", "dk_admin", "Bearer", "Bearer a b", "Bearer " + strings.Repeat("k", 300)} {
		c.do("GET", "/v1/languages", "", "Authorization", auth).failure(t, 401)
	}
}

func TestOthersAreAbsentInTheSameWords(t *testing.T) {
	c := keyed(t, nil)
	var rep judge.Report
	c.do("POST", "/v1/submissions", goProgram, "X-API-Key", "dk_submit").decode(t, 202, &rep)
	f := c.do("GET", "/v1/submissions/"+string(rep.ID), "", "X-API-Key", "dk_other").failure(t, 404)
	g := c.do("GET", "/v1/submissions/01890000-0000-7000-8000-000000000000", "", "X-API-Key", "dk_other").failure(t, 404)
	if f.Detail != g.Detail {
		t.Errorf("%q tells that it exists; %q is said of what does not", f.Detail, g.Detail)
	}
}

func TestListHoldsOnesOwn(t *testing.T) {
	c := keyed(t, nil)
	for _, k := range []string{"dk_submit", "dk_submit", "dk_other"} {
		c.do("POST", "/v1/submissions", goProgram, "X-API-Key", k).decode(t, 202, nil)
	}
	for k, want := range map[string]int{"dk_submit": 2, "dk_other": 1, "dk_read": 3, "dk_admin": 3} {
		var page listReply
		c.do("GET", "/v1/submissions", "", "X-API-Key", k).decode(t, 200, &page)
		if len(page.Submissions) != want {
			t.Errorf("%s sees %d, want %d", k, len(page.Submissions), want)
		}
	}
}

func TestIdempotencyKeysAreOnesOwn(t *testing.T) {
	c := keyed(t, nil)
	var mine, theirs judge.Report
	c.do("POST", "/v1/submissions", goProgram, "X-API-Key", "dk_submit", "Idempotency-Key", "k").decode(t, 202, &mine)
	c.do("POST", "/v1/submissions", goProgram, "X-API-Key", "dk_other", "Idempotency-Key", "k").decode(t, 202, &theirs)
	if mine.ID == theirs.ID {
		t.Error("two clients share a submission")
	}
}

func TestQuotaOfAKey(t *testing.T) {
	c := keyed(t, func(cfg *Config) { cfg.KeyQuota.Pending.Submissions = 3 })
	c.headers = map[string]string{"X-API-Key": "dk_submit"}
	first := c.submit(goProgram)
	c.do("POST", "/v1/submissions/batch", `{"submissions":[`+goProgram+`,`+goProgram+`,`+goProgram+`]}`).failure(t, 429)
	c.submit(goProgram)
	c.do("POST", "/v1/runs", `{"language":"go","source":"x"}`).decode(t, 202, nil)
	a := c.do("POST", "/v1/submissions", goProgram)
	if a.failure(t, 429); a.header.Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
	c.do("POST", "/v1/submissions", goProgram, "X-API-Key", "dk_other").decode(t, 202, nil)
	c.store.finish(first.ID, judge.AC)
	c.submit(goProgram)
}

// Requests side by side do not squeeze past a quota together.
func TestQuotaHoldsAgainstARush(t *testing.T) {
	const quota, rush = 5, 40
	c := keyed(t, func(cfg *Config) { cfg.KeyQuota.Pending.Submissions = quota })
	var (
		wg       sync.WaitGroup
		mu       sync.Mutex
		statuses []int
	)
	for range rush {
		wg.Go(func() {
			a, err := c.try("POST", "/v1/submissions", goProgram, "X-API-Key", "dk_submit")
			if err != nil {
				t.Error(err)
				return
			}
			mu.Lock()
			defer mu.Unlock()
			statuses = append(statuses, a.status)
		})
	}
	wg.Wait()
	accepted := len(statuses) - len(slices.DeleteFunc(slices.Clone(statuses), func(s int) bool { return s == 202 }))
	if accepted > quota || accepted == 0 {
		t.Errorf("%d of %d were accepted, the quota is %d", accepted, rush, quota)
	}
	if got := len(c.server.load.inFlight); got != 0 {
		t.Errorf("%d keys are still counted as in flight", got)
	}
}

func TestQuotaOfAMinute(t *testing.T) {
	c := keyed(t, func(cfg *Config) {
		cfg.KeyQuota = judge.Quota{Pending: judge.Load{Submissions: 9}, Minute: judge.Load{Bytes: 100}}
	})
	c.headers = map[string]string{"X-API-Key": "dk_submit"}
	c.do("POST", "/v1/runs", `{"language":"go","source":"x"}`).decode(t, 202, nil)
	for _, body := range []string{`{"language":"go","source":"x","stdin":"` + strings.Repeat("7", 100) + `"}`,
		`{"language":"go","source":"` + strings.Repeat("x", 100) + `"}`} {
		a := c.do("POST", "/v1/runs", body)
		if a.failure(t, 429); a.header.Get("Retry-After") != "7" {
			t.Errorf("Retry-After is %q, want the wait in whole seconds", a.header.Get("Retry-After"))
		}
	}
}

func TestOpenMetrics(t *testing.T) {
	c := keyed(t, func(cfg *Config) { cfg.OpenMetrics = true })
	c.do("GET", "/metrics", "").decode(t, 200, nil)
}

func TestPublicAddressNeedsKeys(t *testing.T) {
	for keys, want := range map[bool]string{false: "needs API keys", true: ""} {
		s, err := New(Config{Store: newFakeStore(), Queue: &fakeQueue{}, Problems: fakeProblems{}, Log: quiet(), RequireKeys: keys})
		if err != nil {
			t.Fatal(err)
		}
		ln, err := net.Listen("tcp", "0.0.0.0:0")
		if err != nil {
			t.Fatal(err)
		}
		served := make(chan error, 1)
		go func() { served <- s.Serve(t.Context(), ln) }()
		if want == "" {
			if err := s.Shutdown(t.Context()); err != nil {
				t.Error(err)
			}
		}
		switch err := <-served; {
		case want == "" && err != nil:
			t.Errorf("with keys: %v", err)
		case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
			t.Errorf("without keys: %v", err)
		}
	}
}
