package judge_test

import (
	"testing"
	"time"

	"github.com/docketjudge/docket/judge"
)

func TestOverrun(t *testing.T) {
	limits := judge.Limits{CPU: 1500 * time.Millisecond, Memory: 256 * judge.MiB, Output: 16 * judge.KiB}
	cpu := judge.Result{Stopped: judge.StoppedForCPU, CPU: 5 * time.Second}
	for _, c := range []struct {
		name    string
		verdict judge.Verdict
		result  judge.Result
		lang    judge.Language
		factor  float64
		want    string
	}{
		{"processor time", judge.TLE, cpu, judge.Go, 1, "over 1500 ms of processor time"},
		{"without a problem", judge.TLE, cpu, judge.Go, 0, "over 1500 ms of processor time"},
		{"on a slow host", judge.TLE, cpu, judge.Go, 2.7, "over 1500 ms (x 2.7 on this host: 4050 ms) of processor time"},
		{"it ended late by itself", judge.TLE, judge.Result{CPU: 1501 * time.Millisecond}, judge.Go, 1, "over 1500 ms of processor time"},
		{
			"elapsed time", judge.TLE, judge.Result{Stopped: judge.StoppedForWall, CPU: 12 * time.Millisecond}, judge.Python, 2,
			"over 5500 ms (x 2.0 on this host: 11000 ms) of elapsed time, but only 12 ms of processor time: it waited or slept, or the host was full",
		},
		{
			"it ended by itself after too long", judge.TLE, judge.Result{Wall: 6 * time.Second, CPU: time.Second}, judge.Python, 1,
			"over 5500 ms of elapsed time, but only 1000 ms of processor time: it waited or slept, or the host was full",
		},
		{"memory", judge.MLE, judge.Result{Stopped: judge.StoppedForMemory}, judge.Go, 2.7, "over 256 MiB"},
		{"memory at its end", judge.MLE, judge.Result{Memory: 257 * judge.MiB}, judge.Python, 1, "over 256 MiB"},
		{"memory in Java", judge.MLE, judge.Result{Stopped: judge.StoppedForMemory}, judge.Java, 1, "over 256 MiB (and 96 MiB for the runtime of Java)"},
		{"a heap that was full", judge.MLE, judge.Result{OutOfMemory: true, Memory: 200 * judge.MiB}, judge.Python, 1, "there was no memory left for it: the limit is 256 MiB"},
		{"output", judge.OLE, judge.Result{Stopped: judge.StoppedForOutput}, judge.Go, 1, "over 16 KiB of output"},
		{"a crash", judge.RTE, judge.Result{ExitCode: 1}, judge.Go, 1, ""},
		{"a wrong answer", judge.WA, judge.Result{}, judge.Go, 1, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := limits.Overrun(c.verdict, c.result, c.lang, c.factor); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}
