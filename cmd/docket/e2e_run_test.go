//go:build !quick

package main_test

import (
	"encoding/base64"
	"net/http"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/docketjudge/docket/judge"
)

// ran is what a run answers, as far as it is looked at here.
type ran struct {
	ID              judge.SubmissionID
	State           judge.State
	Verdict         judge.Verdict
	Stdout, Stderr  string
	Encoding        string
	ExitCode        int `json:"exit_code"`
	Signal          int
	StdoutTruncated bool `json:"stdout_truncated"`
}

func testRuns(t *testing.T, c *caller) {
	const body = "import sys\ndata = sys.stdin.read()\n"
	for _, tt := range []struct {
		name, source, stdin string
		want                ran
	}{
		{"text", body + "print(data.upper(), end='')\nprint('aside', file=sys.stderr)\n", "grüße\n",
			ran{Verdict: judge.AC, Stdout: "GRÜSSE\n", Stderr: "aside\n", Encoding: "utf-8"}},
		{"bytes", body + "sys.stdout.buffer.write(bytes([0, 255]))\nprint('aside', file=sys.stderr)\n", "",
			ran{Verdict: judge.AC, Stdout: base64.StdEncoding.EncodeToString([]byte{0, 255}),
				Stderr: base64.StdEncoding.EncodeToString([]byte("aside\n")), Encoding: "base64"}},
		{"exit code", body + "sys.exit(7)\n", "", ran{Verdict: judge.RTE, ExitCode: 7, Encoding: "utf-8"}},
		{"signal", body + "import os\nos.abort()\n", "", ran{Verdict: judge.RTE, Signal: int(syscall.SIGABRT), Encoding: "utf-8"}},
		{"compile error", "print(\n", "", ran{Verdict: judge.CE}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			request := map[string]any{"language": judge.Python, "source": tt.source, "stdin": tt.stdin}
			var got ran
			c.ended(t, "/v1/runs", request, &got)
			var again ran
			c.call(t, http.MethodGet, "/v1/runs/"+string(got.ID), http.StatusOK, nil, &again)
			if diff := cmp.Diff(got, again); diff != "" {
				t.Errorf("asked again (-first +later):\n%s", diff)
			}
			tt.want.ID, tt.want.State = got.ID, judge.StateDone
			if tt.want.Signal != 0 {
				got.ExitCode = 0 // meaningless
			}
			if tt.name == "signal" || tt.name == "exit code" {
				got.Stderr = ""
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("run (-want +got):\n%s", diff)
			}
		})
	}
	var list struct {
		Submissions []judge.Report `json:"submissions"`
	}
	c.call(t, http.MethodGet, "/v1/submissions", http.StatusOK, nil, &list)
	for _, r := range list.Submissions {
		if r.Problem == "" {
			t.Errorf("a run is listed among the submissions: %+v", r)
		}
	}
}
