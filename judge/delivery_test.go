package judge_test

import (
	"testing"

	"github.com/docketjudge/docket/judge"
)

const anID = "01a20d46-cf7a-7da5-bef0-2f3c52556a4c"

func TestTaskID(t *testing.T) {
	for want, d := range map[string]judge.Delivery{
		anID + ":1":    {ID: anID, Attempt: 1},
		anID + ":12:3": {ID: anID, Attempt: 12, Number: 3},
	} {
		if got := d.TaskID(); got != want {
			t.Errorf("TaskID of %+v = %q, want %q", d, got, want)
		}
		if got, err := judge.ParseTaskID(want); err != nil || got != d {
			t.Errorf("ParseTaskID(%q) = %+v, %v", want, got, err)
		}
	}
}

func FuzzParseTaskID(f *testing.F) {
	f.Add(anID + ":1:2")
	for _, bad := range []string{"", anID, anID + ":", anID + ":0", anID + ":1:0", anID + ":1:", anID + ":1:2:3", "x:1"} {
		if _, err := judge.ParseTaskID(bad); err == nil {
			f.Errorf("%q is taken for a task id", bad)
		}
		f.Add(bad)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := judge.ParseTaskID(s)
		if err != nil {
			return
		}
		again, err := judge.ParseTaskID(d.TaskID())
		if err != nil || again != d {
			t.Errorf("%q is %+v, and that is %+v, %v", s, d, again, err)
		}
	})
}
