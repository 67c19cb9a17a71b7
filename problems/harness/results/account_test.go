package results_test

import (
	"strings"
	"testing"

	"github.com/docketjudge/docket/problems/harness/results"
	"github.com/docketjudge/docket/problems/harness/signature/signaturetest"
)

const poolSignature = "runAll(jobs task<int>[], limit int) int[]"

// What is wrong with an account is said in words, the first thing in time.
func TestWordsForAccounts(t *testing.T) {
	const pool = `{"ms":55,"value":[5,6,7],"events":[[0,"start",0],[0,"start",1],[10,"end",1],[10,"start",2],[30,"end",0],[55,"end",2]]}`
	const cancels = `{"ms":10,"error":"boom","events":[[0,"start",0],[0,"start",1],[10,"fail",1],[10,"cancel",0]]}`
	const fetched = `{"ms":40,"value":{"x":"1"},"events":[[0,"start","x"],[0,"start","y"],[20,"end","x"],[40,"cancel","y"]],"running":["z"]}`
	for _, tt := range []struct{ name, signature, want, got, words string }{
		{"the same", poolSignature, pool, pool, ""},
		{"the same, written otherwise", poolSignature, pool, strings.ReplaceAll(pool, ",", " , "), ""},
		{
			"started late", poolSignature, pool,
			`{"ms":75,"value":[5,6,7],"events":[[0,"start",0],[0,"start",1],[10,"end",1],[30,"end",0],[30,"start",2],[75,"end",2]]}`,
			"task 2 was started at 30 ms, expected at 10 ms",
		},
		{
			"too many at once", poolSignature, pool,
			`{"ms":45,"value":[5,6,7],"events":[[0,"start",0],[0,"start",1],[0,"start",2],[10,"end",1],[30,"end",0],[45,"end",2]]}`,
			"more than 2 tasks run at 0 ms",
		},
		{
			"too many, one allowed", poolSignature, `{"ms":3,"value":[1,2],"events":[[0,"start",0],[1,"end",0],[1,"start",1],[3,"end",1]]}`,
			`{"ms":2,"value":[1,2],"events":[[0,"start",0],[0,"start",1],[1,"end",0],[2,"end",1]]}`,
			"more than 1 task runs at 0 ms",
		},
		{
			"never started", poolSignature, pool,
			`{"ms":30,"value":[5,6,0],"events":[[0,"start",0],[0,"start",1],[10,"end",1],[30,"end",0]]}`,
			"task 2 was never started, expected at 10 ms",
		},
		{
			"started twice", poolSignature, pool,
			`{"ms":55,"value":[5,6,7],"events":[[0,"start",0],[0,"start",1],[10,"end",1],[10,"start",2],[30,"end",0],[30,"start",0],[55,"end",2]],"running":[0]}`,
			"task 0 was started once more at 30 ms",
		},
		{
			"waits for ever", poolSignature, pool,
			`{"ms":30,"stuck":true,"events":[[0,"start",0],[0,"start",1],[10,"end",1],[10,"start",2],[30,"end",0]],"running":[2]}`,
			"the solution waits for ever from 30 ms on; task 2 was expected to be over at 55 ms",
		},
		{
			"waits for ever at the end", poolSignature, pool, strings.Replace(pool, `"value":[5,6,7]`, `"stuck":true`, 1),
			"the solution waits for ever from 55 ms on, expected it to return at 55 ms",
		},
		{
			"does not wait for ever", poolSignature, strings.Replace(pool, `"value":[5,6,7]`, `"stuck":true`, 1), pool,
			"the solution returned at 55 ms, expected it to wait for ever",
		},
		{"another result", poolSignature, pool, strings.Replace(pool, "[5,6,7]", "[5,7,6]", 1), "the result: element 1: actual 7, expected 6"},
		{
			"another result, of a double", "f(jobs task<int>[]) double", `{"ms":0,"value":0.5,"events":[]}`, `{"ms":0,"value":0.6,"events":[]}`,
			"the result: actual 0.6, expected 0.5",
		},
		{"returned late", poolSignature, pool, strings.Replace(pool, `"ms":55`, `"ms":60.25`, 1), "the solution returned at 60.25 ms, expected at 55 ms"},
		{
			"failed", poolSignature, pool, strings.Replace(pool, `"value":[5,6,7]`, `"error":"x"`, 1),
			"the solution failed at 55 ms, expected it to return",
		},
		{"did not fail", poolSignature, cancels, strings.Replace(cancels, `"error":"boom"`, `"value":[]`, 1), "the solution returned at 10 ms, expected it to fail"},
		{"failed otherwise", poolSignature, cancels, strings.Replace(cancels, `"boom"`, `"context canceled"`, 1), `the solution failed with "context canceled", expected "boom"`},
		{
			"not cancelled", poolSignature, cancels,
			`{"ms":10,"error":"boom","events":[[0,"start",0],[0,"start",1],[10,"fail",1]],"running":[0]}`,
			"task 0 was not cancelled, expected at 10 ms",
		},
		{
			"not cancelled, which ran to its end", poolSignature, cancels,
			`{"ms":30,"error":"boom","events":[[0,"start",0],[0,"start",1],[10,"fail",1],[30,"end",0]]}`,
			"task 0 was not cancelled, expected at 10 ms",
		},
		{
			"cancelled late", poolSignature, cancels, strings.Replace(cancels, `[10,"cancel",0]`, `[12.5,"cancel",0]`, 1),
			"task 0 was cancelled at 12.5 ms, expected at 10 ms",
		},
		{
			"cancelled for nothing", poolSignature, pool, strings.Replace(pool, `[30,"end",0]`, `[20,"cancel",0]`, 1),
			"task 0 was cancelled at 20 ms, expected not to be",
		},
		{
			"not asked", "f(get fetch<string>) map<string>", fetched, strings.NewReplacer(`[0,"start","y"],`, "", `,[40,"cancel","y"]`, "").Replace(fetched),
			`the fetch of "y" was never started, expected at 0 ms`,
		},
		{
			"what nobody asked for", "f(get fetch<string>) map<string>", fetched, strings.Replace(fetched, `[20,"end","x"]`, `[10,"start","w"],[10,"fail","w"],[20,"end","x"]`, 1),
			`the fetch of "w" was started at 10 ms, expected not to be`,
		},
		{
			"what nobody asked for later", "f(get fetch<string>) map<string>", fetched, strings.Replace(fetched, `[40,"cancel","y"]`, `[30,"start","w"],[35,"fail","w"],[40,"cancel","y"]`, 1),
			`the fetch of "w" was started at 30 ms, expected not to be`,
		},
		{
			"too many fetches", "f(get fetch<string>) map<string>", fetched, strings.Replace(fetched, `[20,"end","x"]`, `[10,"start","w"],[20,"end","x"]`, 1),
			`more than 2 fetches run at 10 ms`,
		},
		{"still runs", "f(get fetch<string>) map<string>", fetched, strings.Replace(fetched, `["z"]`, `["v","z"]`, 1), `the fetch of "v" still runs when the solution returns`},
		{
			"does not run", "f(get fetch<string>) map<string>", fetched, strings.Replace(fetched, `,"running":["z"]`, "", 1),
			`the fetch of "z" does not run any more when the solution returns, expected it to`,
		},
		{"no account", poolSignature, pool, "[5,6,7]", "actual [5,6,7], expected "},
		{"no moment", poolSignature, pool, `{"ms":"x","value":[5,6,7],"events":[]}`, `key "events": 0 elements, expected 6`},
		{"no events", poolSignature, pool, `{"ms":55,"value":[5,6,7],"events":[[0,"start"]]}`, `key "events": 1 elements, expected 6`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f, err := results.New(signaturetest.Function(t, tt.signature), 0).Check(strings.NewReader(tt.got+"\n"), strings.NewReader(tt.want+"\n"))
			want := tt.words
			if want != "" {
				want = "case 1: " + want
			}
			if err != nil || (want == "") != (f.Reason == "") || !strings.HasPrefix(f.Reason, want) {
				t.Errorf("%q, %v\nwant %q", f.Reason, err, want)
			}
		})
	}
}
