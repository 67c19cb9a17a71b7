package api

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/docketjudge/docket/judge"
)

const goProgram = `{"problem":"sums","language":"go","source":"package main\nfunc main() {}"}`

// submit sends a program and returns its report.
func (c *client) submit(body string, headers ...string) judge.Report {
	c.t.Helper()
	var rep judge.Report
	c.do("POST", "/v1/submissions", body, headers...).decode(c.t, 202, &rep)
	return rep
}

func TestSubmitIsStoredAndEnqueued(t *testing.T) {
	now := time.Date(2030, 5, 6, 7, 8, 9, 0, time.UTC)
	c := start(t, func(cfg *Config) { cfg.Now = func() time.Time { return now } })
	a := c.do("POST", "/v1/submissions", `{"problem":"sums","language":"python","files":[{"name":"main.py","content":"print(1)"},
		{"name":"lib/x.py","content":"é"}],"user":"ada","metadata":{"course": [1, null]}}`)
	var rep judge.Report
	a.decode(t, 202, &rep)
	if got, want := a.header.Get("Location"), "/v1/submissions/"+string(rep.ID); got != want {
		t.Errorf("location %q, want %q", got, want)
	}
	if rep.State != judge.StateQueued || rep.Attempt != 1 || rep.User != "ada" || string(rep.Metadata) != `{"course":[1,null]}` || !rep.Created.Equal(now) {
		t.Errorf("report %+v", rep)
	}
	sub := c.store.submission(rep.ID)
	if sub.Kind != judge.KindSubmission || len(sub.Files) != 2 || sub.Files[1] != (judge.File{Name: "lib/x.py", Content: "é"}) || sub.Queue != judge.Default {
		t.Errorf("stored %+v", sub)
	}
	if got := c.queue.last(t); got != (task{rep.ID, 1, judge.Default}) {
		t.Errorf("enqueued %+v", got)
	}
	if rep.ID[14] != '7' {
		t.Errorf("%s is not a UUIDv7", rep.ID)
	}
	var again judge.Report
	c.do("GET", "/v1/submissions/"+string(rep.ID), "").decode(t, 200, &again)
	if again.ID != rep.ID {
		t.Errorf("got %s, want %s", again.ID, rep.ID)
	}
}

func TestSourceIsTheMainFile(t *testing.T) {
	c := start(t, nil)
	rep := c.submit(`{"problem":"sums","language":"java","source":"class A {}"}`)
	if got := c.store.submission(rep.ID).Files; !slices.Equal(got, []judge.File{{Name: "Main.java", Content: "class A {}"}}) {
		t.Errorf("files %+v", got)
	}
}

func TestQueueFollowsUrgency(t *testing.T) {
	c := start(t, nil)
	for _, tc := range []struct {
		target, extra string
		want          judge.Queue
	}{
		{"/v1/submissions", ``, judge.Default},
		{"/v1/submissions?wait=1s", ``, judge.Interactive},
		{"/v1/submissions?wait=1ms", ``, judge.Default},              // hardly waits
		{"/v1/submissions", `,"queue":"interactive"`, judge.Default}, // nobody waits
		{"/v1/submissions?wait=1s", `,"queue":"interactive"`, judge.Interactive},
		{"/v1/submissions?wait=1s", `,"queue":"default"`, judge.Default},
		{"/v1/submissions?wait=1s", `,"queue":"batch"`, judge.Batch},
		{"/v1/submissions", `,"queue":"batch"`, judge.Batch},
	} {
		c.do("POST", tc.target, strings.TrimSuffix(goProgram, "}")+tc.extra+"}").decode(t, 202, nil)
		if got := c.queue.last(t).queue; got != tc.want {
			t.Errorf("%s %s: queue %s, want %s", tc.target, tc.extra, got, tc.want)
		}
	}
	for extra, want := range map[string]judge.Queue{``: judge.Default, `,"queue":"interactive"`: judge.Interactive, `,"queue":"batch"`: judge.Batch} {
		c.do("POST", "/v1/runs", `{"language":"go","source":"x"`+extra+`}`).decode(t, 202, nil)
		if got := c.queue.last(t).queue; got != want {
			t.Errorf("run %s: queue %s, want %s", extra, got, want)
		}
	}
}

func TestRefusedSubmissionsNameTheField(t *testing.T) {
	c := start(t, nil)
	long := strings.Repeat("a", maxUser+1)
	for _, tc := range []struct {
		body   string
		status int
		field  string
	}{
		{`{"problem":"sums","language":"go"}`, 400, "source"},
		{`{"problem":"sums","language":"go","source":"x","files":[]}`, 400, "files"},
		{`{"problem":"sums","language":"go","files":[]}`, 400, "files"},
		{`{"problem":"sums","language":"go","source":""}`, 400, "source"},
		{`{"problem":"sums","language":"cobol","source":"x"}`, 400, "language"},
		{`{"problem":"sums","source":"x"}`, 400, "language"},
		{`{"language":"go","source":"x"}`, 400, "problem"},
		{`{"problem":"Sums!","language":"go","source":"x"}`, 400, "problem"},
		{`{"problem":"nowhere","language":"go","source":"x"}`, 400, "problem"},
		{`{"problem":"go-only","language":"java","source":"x"}`, 400, "language"},
		{`{"problem":"sums","language":"go","source":"x","colour":"red"}`, 400, "colour"},
		{`{"problem":"sums","language":"go","Source":"x"}`, 400, "Source"},
		{`{"problem":"sums","language":"go","source":"x","source":"y"}`, 400, "source"},
		{`{"problem":"sums","language":"go","source":null}`, 400, "source"},
		{`{"problem":"sums","language":"go","source":7}`, 400, "source"},
		{`{"problem":"sums","language":"go","files":[{"name":"a.go","content":"","mode":1}]}`, 400, "files[0].mode"},
		{`{"problem":"sums","language":"go","files":[{"name":"a.go","content":""},{"name":"../b.go","content":""}]}`, 400, "files[1].name"},
		{`{"problem":"sums","language":"go","source":"x","metadata":[]}`, 400, "metadata"},
		{`{"problem":"sums","language":"go","source":"x","metadata":{"a":"` + strings.Repeat("a", 5000) + `"}}`, 400, "metadata"},
		{`{"problem":"sums","language":"go","source":"x","user":"` + long + `"}`, 400, "user"},
		{`{"problem":"sums","language":"go","source":"x","user":"a\u0000b"}`, 400, "user"},
		{`{"problem":"sums","language":"go","source":"x","queue":"vip"}`, 400, "queue"},
		{`{"problem":"sums","language":"go","source":"x","webhook_url":"http://example.org"}`, 400, "webhook_url"},
		{`{"problem":"sums","language":"go","source":"` + strings.Repeat("a", int(judge.MaxSourceBytes)+1) + `"}`, 413, "source"},
		{`{"problem":"sums","language":"go","source":"` + "\xff" + `"}`, 400, ""},
		{`{"problem":"sums","language":"go","source":"x"} {}`, 400, ""},
		{`{"problem":"sums",`, 400, ""},
		{`null`, 400, ""},
		{`[]`, 400, ""},
		{` `, 400, ""},
	} {
		f := c.do("POST", "/v1/submissions", tc.body).failure(t, tc.status)
		if f.Field != tc.field || f.Detail == "" {
			t.Errorf("%.80s: field %q detail %q, want field %q", tc.body, f.Field, f.Detail, tc.field)
		}
	}
	if n := c.store.count("Create"); n != 0 {
		t.Errorf("%d of them were stored", n)
	}
}

func TestAcceptedThoughTheQueueFails(t *testing.T) {
	c := start(t, nil)
	c.queue.err = errors.New("redis is away")
	rep := c.submit(goProgram)
	if c.store.submission(rep.ID).ID != rep.ID {
		t.Error("the submission is not on record")
	}
}

func TestStoreFailureStaysInTheLog(t *testing.T) {
	c := start(t, nil)
	c.store.fail(errors.New("dial tcp 10.1.2.3:6379: refused"))
	f := c.do("POST", "/v1/submissions", goProgram).failure(t, 500)
	if f.Code != codeInternal || strings.Contains(f.Detail, "10.1.2.3") {
		t.Errorf("failure %+v", f)
	}
	f = c.do("POST", "/v1/submissions", `{"problem":"broken","language":"go","source":"x"}`).failure(t, 500)
	if strings.Contains(fmt.Sprint(f), "srv") {
		t.Errorf("failure %+v", f)
	}
}

func TestIdempotencyKey(t *testing.T) {
	c := start(t, nil)
	first := c.submit(goProgram, "Idempotency-Key", "k1")
	a := c.do("POST", "/v1/submissions", goProgram, "Idempotency-Key", "k1")
	var rep judge.Report
	a.decode(t, 202, &rep)
	if rep.ID != first.ID || a.header.Get("Idempotency-Replayed") != "true" {
		t.Errorf("id %s replayed %q, want %s true", rep.ID, a.header.Get("Idempotency-Replayed"), first.ID)
	}
	if n := len(c.queue.tasks); n != 1 {
		t.Errorf("%d tasks, want 1", n)
	}
	c.store.finish(first.ID, judge.AC)
	a = c.do("POST", "/v1/submissions?wait=10s", goProgram, "Idempotency-Key", "k1")
	a.decode(t, 200, &rep)
	if rep.ID != first.ID || rep.Verdict != judge.AC {
		t.Errorf("replayed wait: %+v", rep)
	}
	other := strings.Replace(goProgram, "sums", "go-only", 1)
	c.do("POST", "/v1/submissions", other, "Idempotency-Key", "k1").failure(t, 409)
	if second := c.submit(other, "Idempotency-Key", "k2"); second.ID == first.ID {
		t.Error("another key led to the same submission")
	}
	for _, key := range []string{strings.Repeat("k", 256), "a b", "é"} {
		if f := c.do("POST", "/v1/submissions", goProgram, "Idempotency-Key", key).failure(t, 400); f.Field != idemKeyField {
			t.Errorf("key %.20q: field %q", key, f.Field)
		}
	}
	c.submit(goProgram, "Idempotency-Key", strings.Repeat("k", 255))
}

func TestBatch(t *testing.T) {
	c := start(t, nil)
	body := `{"submissions":[` + goProgram + `,{"problem":"go-only","language":"go","source":"y","queue":"default"}]}`
	var got batchReply
	c.do("POST", "/v1/submissions/batch", body, "Idempotency-Key", "b").decode(t, 202, &got)
	if len(got.Submissions) != 2 || got.Submissions[0].Problem != "sums" || got.Submissions[1].Problem != "go-only" {
		t.Fatalf("reply %+v", got)
	}
	if c.queue.tasks[0].queue != judge.Batch || c.queue.tasks[1].queue != judge.Batch { // whatever it asks for
		t.Errorf("tasks %+v", c.queue.tasks)
	}
	a := c.do("POST", "/v1/submissions/batch", body, "Idempotency-Key", "b")
	var again batchReply
	a.decode(t, 202, &again)
	if again.Submissions[1].ID != got.Submissions[1].ID || a.header.Get("Idempotency-Replayed") != "true" || len(c.queue.tasks) != 2 {
		t.Errorf("repeated: %+v, tasks %+v", again, c.queue.tasks)
	}
	f := c.do("POST", "/v1/submissions/batch", `{"submissions":[`+goProgram+`,{"problem":"sums","language":"go","source":"y","files":[]}]}`).failure(t, 400)
	if f.Field != "submissions[1].files" {
		t.Errorf("field %q", f.Field)
	}
	f = c.do("POST", "/v1/submissions/batch", `{"submissions":[`+goProgram+`,{"problem":"sums","lang":"go"}]}`).failure(t, 400)
	if f.Field != "submissions[1].lang" {
		t.Errorf("field %q", f.Field)
	}
	if len(c.queue.tasks) != 2 {
		t.Error("a part of a refused batch was accepted")
	}
	for _, n := range []int{0, maxBatch + 1} {
		many := strings.TrimSuffix(strings.Repeat(goProgram+",", n), ",")
		if f := c.do("POST", "/v1/submissions/batch", `{"submissions":[`+many+`]}`).failure(t, 400); f.Field != "submissions" {
			t.Errorf("%d: field %q", n, f.Field)
		}
	}
}

func TestListPagesAndFilters(t *testing.T) {
	c := start(t, nil)
	var ids []judge.SubmissionID
	for i := range 5 {
		rep := c.submit(fmt.Sprintf(`{"problem":"sums","language":"go","source":"x","user":"u%d"}`, i%2))
		c.store.finish(rep.ID, []judge.Verdict{judge.AC, judge.WA}[i%2])
		ids = append(ids, rep.ID)
	}
	c.submit(`{"problem":"go-only","language":"go","source":"x"}`)
	c.do("POST", "/v1/runs", `{"language":"go","source":"x"}`).decode(t, 202, nil)
	slices.Reverse(ids)

	var got []judge.SubmissionID
	cursor := ""
	for pages := 0; ; pages++ {
		if pages > 3 {
			t.Fatal("the pages do not end")
		}
		var page listReply
		c.do("GET", "/v1/submissions?problem=sums&limit=2&cursor="+cursor, "").decode(t, 200, &page)
		for _, r := range page.Submissions {
			got = append(got, r.ID)
			if r.Tests != nil || r.Compile != nil {
				t.Error("a list holds details")
			}
		}
		if cursor = page.Next; cursor == "" {
			break
		}
	}
	if !slices.Equal(got, ids) {
		t.Errorf("pages hold %v, want %v", got, ids)
	}
	for target, want := range map[string]int{
		"/v1/submissions": 6, "/v1/submissions?user=u1": 2, "/v1/submissions?verdict=AC": 3,
		"/v1/submissions?limit=0": 1, "/v1/submissions?limit=100000": 6, "/v1/submissions?user=nobody": 0,
	} {
		var page listReply
		c.do("GET", target, "").decode(t, 200, &page)
		if len(page.Submissions) != want {
			t.Errorf("%s: %d submissions, want %d", target, len(page.Submissions), want)
		}
	}
	for target, field := range map[string]string{
		"?verdict=NO": "verdict", "?limit=many": "limit", "?cursor=x": "cursor", "?problem=A": "problem",
		"?pagesize=3": "pagesize", "?user=a&user=b": "user",
	} {
		if f := c.do("GET", "/v1/submissions"+target, "").failure(t, 400); f.Field != field {
			t.Errorf("%s: field %q, want %q", target, f.Field, field)
		}
	}
}

func TestCancelRejudgeAttempts(t *testing.T) {
	c := start(t, nil)
	rep := c.submit(goProgram)
	at := "/v1/submissions/" + string(rep.ID)
	c.do("POST", at+"/rejudge", "").failure(t, 409)
	c.do("DELETE", at, "").decode(t, 200, &rep)
	if rep.State != judge.StateCancelled {
		t.Errorf("state %s", rep.State)
	}
	if len(c.queue.tasks) != 0 {
		t.Errorf("the queue still holds %v", c.queue.tasks)
	}
	c.do("DELETE", at, "").failure(t, 409)
	a := c.do("POST", at+"/rejudge", "")
	a.decode(t, 202, &rep)
	if rep.Attempt != 2 || rep.State != judge.StateQueued || a.header.Get("Location") != at {
		t.Errorf("rejudged %+v, location %q", rep, a.header.Get("Location"))
	}
	if got := c.queue.last(t); got != (task{rep.ID, 2, judge.Batch}) {
		t.Errorf("enqueued %+v", got)
	}
	var all attemptsReply
	c.do("GET", at+"/attempts", "").decode(t, 200, &all)
	if len(all.Attempts) != 2 || all.Attempts[0].State != judge.StateCancelled || all.Attempts[1].Attempt != 2 {
		t.Errorf("attempts %+v", all)
	}
	for _, id := range []string{"x", "01890000-0000-7000-8000-000000000000", strings.ToUpper(string(rep.ID))} {
		for _, r := range [][2]string{{"GET", ""}, {"DELETE", ""}, {"POST", "/rejudge"}, {"GET", "/attempts"}, {"GET", "/events"}} {
			if f := c.do(r[0], "/v1/submissions/"+id+r[1], "").failure(t, 404); f.Code != judge.CodeNotFound {
				t.Errorf("%s %s: %+v", r[0], id+r[1], f)
			}
		}
	}
}

func TestRun(t *testing.T) {
	c := start(t, nil)
	a := c.do("POST", "/v1/runs", `{"language":"python","source":"print(input())","stdin":"hello\n","limits":{"cpu_ms":500,"memory_kib":65536}}`)
	var run runReply
	a.decode(t, 202, &run)
	at := a.header.Get("Location")
	if at != "/v1/runs/"+string(run.ID) {
		t.Errorf("location %q", at)
	}
	sub := c.store.submission(run.ID)
	if sub.Kind != judge.KindRun || sub.Stdin != "hello\n" || sub.Limits.CPU != 500*time.Millisecond || sub.Limits.Memory != 64*judge.MiB || sub.Limits.Output != judge.DefaultOutput {
		t.Errorf("stored %+v", sub)
	}
	a = c.do("GET", at, "")
	a.decode(t, 200, nil)
	var raw map[string]any
	if err := json.Unmarshal(a.body, &raw); err != nil || raw["stdout"] != nil || raw["exit_code"] != nil {
		t.Errorf("before it ended: %s (%v)", a.body, err)
	}
	c.store.finish(run.ID, judge.AC)
	a = c.do("GET", at, "")
	a.decode(t, 200, nil)
	raw = nil
	if err := json.Unmarshal(a.body, &raw); err != nil {
		t.Fatal(err)
	}
	for _, k := range strings.Fields("id state verdict compile stdout stderr stdout_truncated stderr_truncated encoding exit_code signal cpu_ms wall_ms memory_kib") {
		if _, ok := raw[k]; !ok {
			t.Errorf("%s is missing in %s", k, a.body)
		}
	}
	if compile, _ := raw["compile"].(map[string]any); compile["ok"] != true {
		t.Errorf("it does not say that the program compiled: %s", a.body)
	}
	if !strings.Contains(string(a.body), "<odd> & unused") {
		t.Errorf("text is escaped beyond need: %s", a.body)
	}
	sent := c.submit(goProgram)
	c.do("GET", "/v1/runs/"+string(sent.ID), "").failure(t, 404)

	for _, tc := range []struct {
		body   string
		status int
		field  string
	}{
		{`{"language":"go","source":"x","limits":{"cpu_ms":0}}`, 400, "limits.cpu_ms"},
		{`{"language":"go","source":"x","limits":{"cpu_ms":9223372036854775807}}`, 400, "limits.cpu_ms"},
		{`{"language":"go","source":"x","limits":{"cpu_ms":1.5}}`, 400, "limits.cpu_ms"},
		{`{"language":"go","source":"x","limits":{"memory_kib":1}}`, 400, "limits.memory_kib"},
		{`{"language":"go","source":"x","limits":{"wall":1}}`, 400, "limits.wall"},
		{`{"language":"go","source":"x","stdin":"` + strings.Repeat("a", int(judge.MaxStdinBytes)+1) + `"}`, 413, "stdin"},
		{`{"language":"go","source":"x","queue":"x"}`, 400, "queue"},
		{`{"language":"go","source":"x","problem":"nowhere"}`, 400, "problem"},
		{`{"language":"java","source":"x","problem":"go-only"}`, 400, "language"},
		{`{"language":"go","source":"x","problem":"sums","stdin":"1"}`, 400, "stdin"},
		{`{"language":"go","source":"x","problem":"sums","limits":{"cpu_ms":5}}`, 400, "limits"},
		{`{"language":"go","source":"x","problem":"sums","cases":[[1]]}`, 400, "cases"},
		{`{"language":"go","source":"x","cases":[[1]]}`, 400, "cases"},
		{`{"language":"go","source":"x","problem":"twice","cases":[]}`, 400, "cases"},
		{`{"language":"go","source":"x","problem":"twice","cases":[[1]` + strings.Repeat(",[1]", 100) + `]}`, 400, "cases"},
		{`{"language":"go","source":"x","problem":"twice","cases":[[1],[]]}`, 422, "cases[1]"},
		{`{"language":"go","source":"x","problem":"twice","cases":[["` + strings.Repeat("a", int(maxCaseBytes)) + `"]]}`, 413, "cases"},
	} {
		if f := c.do("POST", "/v1/runs", tc.body).failure(t, tc.status); f.Field != tc.field {
			t.Errorf("%.80s: field %q, want %q", tc.body, f.Field, tc.field)
		}
	}
}

// Who waits for a run whose cases turn out to be none of the problem's is refused;
// its page says why.
func TestRejectedCases(t *testing.T) {
	c := start(t, nil)
	var run runReply
	c.do("POST", "/v1/runs", `{"language":"go","source":"x","problem":"twice","cases":[[1]]}`).decode(t, 202, &run)
	c.store.reject(run.ID, "case 1: 1 is too small")
	c.do("GET", "/v1/runs/"+string(run.ID), "").decode(t, 200, &run)
	if run.Rejected != "case 1: 1 is too small" || run.Verdict != "" || run.State != judge.StateDone {
		t.Errorf("%+v", run)
	}
	began := watched(c)
	pending := c.async("POST", "/v1/runs?wait=30s", `{"language":"go","source":"y","problem":"twice","cases":[[1]]}`)
	c.store.reject(<-began, "case 1: 1 is too small")
	if f := (<-pending).failure(t, 422); f.Field != "cases" || f.Detail != "case 1: 1 is too small" {
		t.Errorf("%+v", f)
	}
}

func TestRunOfAProblem(t *testing.T) {
	c := start(t, nil)
	for _, tc := range []struct {
		body  string
		cases int
	}{
		{`{"language":"go","source":"x","problem":"twice"}`, 0},
		{`{"language":"go","source":"x","problem":"twice","cases":[[1],[ "two" ]]}`, 2},
	} {
		var run runReply
		c.do("POST", "/v1/runs", tc.body).decode(t, 202, &run)
		sub := c.store.submission(run.ID)
		if sub.Kind != judge.KindRun || sub.Problem != "twice" || len(sub.Cases) != tc.cases {
			t.Errorf("stored %+v", sub)
		}
		c.do("GET", "/v1/runs/"+string(run.ID), "").decode(t, 200, nil)
	}
	var p problemReply
	c.do("GET", "/v1/problems/twice", "").decode(t, 200, &p)
	if p.Kind != "function" || len(p.Starter) != 3 || p.Starter[0].Name != "twice.go" || p.Starter[0].Content != "starter of go" {
		t.Errorf("problem %+v", p)
	}
	c.do("GET", "/v1/problems/sums", "").decode(t, 200, &p)
	if p.Kind != "program" {
		t.Errorf("kind %q", p.Kind)
	}
}
