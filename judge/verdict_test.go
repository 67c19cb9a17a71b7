package judge_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/docketjudge/docket/judge"
)

func TestClassify(t *testing.T) {
	limits := judge.Limits{CPU: time.Second, Memory: 64 * judge.MiB}.WithDefaults()
	fine := judge.Result{CPU: time.Millisecond, Wall: 2 * time.Millisecond, Memory: judge.MiB}
	with := func(change func(*judge.Result)) judge.Result {
		r := fine
		change(&r)
		return r
	}
	for _, c := range []struct {
		name string
		r    judge.Result
		want judge.Verdict
	}{
		{"ended well", fine, judge.AC},
		{"at the time limit exactly", with(func(r *judge.Result) { r.CPU = limits.CPU }), judge.AC},
		{"a nanosecond over it", with(func(r *judge.Result) { r.CPU = limits.CPU + 1 }), judge.TLE},
		{"slept too long", with(func(r *judge.Result) { r.Wall = limits.Wall + 1 }), judge.TLE},
		{"stopped for cpu", with(func(r *judge.Result) { r.Stopped = judge.StoppedForCPU; r.Signal = 9 }), judge.TLE},
		{"stopped for wall", with(func(r *judge.Result) { r.Stopped = judge.StoppedForWall; r.Signal = 9 }), judge.TLE},
		{"at the memory limit exactly", with(func(r *judge.Result) { r.Memory = limits.Memory }), judge.AC},
		{"a byte over it", with(func(r *judge.Result) { r.Memory = limits.Memory + 1 }), judge.MLE},
		{"stopped for memory", with(func(r *judge.Result) { r.Stopped = judge.StoppedForMemory; r.Signal = 9 }), judge.MLE},
		{"stopped for memory while slow", with(func(r *judge.Result) {
			r.Stopped, r.Signal, r.CPU = judge.StoppedForMemory, 9, 2*limits.CPU
		}), judge.MLE},
		{"killed by the kernel for memory", with(func(r *judge.Result) { r.OutOfMemory = true; r.Signal = 9 }), judge.MLE},
		{"runtime gave up for memory", with(func(r *judge.Result) { r.OutOfMemory = true; r.ExitCode = 1 }), judge.MLE},
		{"out of memory, then stopped for time", with(func(r *judge.Result) {
			r.OutOfMemory, r.Stopped = true, judge.StoppedForCPU
		}), judge.MLE},
		{"stopped for output", with(func(r *judge.Result) { r.Stopped = judge.StoppedForOutput; r.Signal = 9 }), judge.OLE},
		{"stopped for output and over memory by then", with(func(r *judge.Result) {
			r.Stopped, r.Memory = judge.StoppedForOutput, 2*limits.Memory
		}), judge.OLE},
		{"non-zero exit", with(func(r *judge.Result) { r.ExitCode = 3 }), judge.RTE},
		{"exit 137 is no signal", with(func(r *judge.Result) { r.ExitCode = 137 }), judge.RTE},
		{"a signal", with(func(r *judge.Result) { r.Signal = 11 }), judge.RTE},
		{"a signal of its own making", with(func(r *judge.Result) { r.Signal = 9 }), judge.RTE},
		{"slow and crashed", with(func(r *judge.Result) { r.CPU = 2 * limits.CPU; r.ExitCode = 1 }), judge.TLE},
	} {
		if got := judge.Classify(c.r, limits); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

func drawResult(t *rapid.T) judge.Result {
	return judge.Result{
		ExitCode:    rapid.IntRange(0, 255).Draw(t, "exit"),
		Signal:      rapid.SampledFrom([]int{0, 0, 0, 6, 9, 11}).Draw(t, "signal"),
		Stopped:     judge.Stop(rapid.IntRange(0, int(judge.StoppedForInput)).Draw(t, "stopped")),
		OutOfMemory: rapid.Bool().Draw(t, "oom"),
		CPU:         time.Duration(rapid.Int64Range(0, 4e9).Draw(t, "cpu")),
		Wall:        time.Duration(rapid.Int64Range(0, 2e10).Draw(t, "wall")),
		Memory:      judge.Bytes(rapid.Int64Range(0, 1<<29).Draw(t, "memory")),
		StdoutBytes: judge.Bytes(rapid.Int64Range(0, 1<<25).Draw(t, "stdout")),
	}
}

// What a program does never looks like our own fault or like a compile error,
// and a wrong answer is for the checker to say.
func TestClassifyNeverBlamesOthers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		switch v := judge.Classify(drawResult(t), judge.Limits{}.WithDefaults()); v {
		case judge.AC, judge.TLE, judge.MLE, judge.OLE, judge.RTE:
		default:
			t.Fatalf("verdict %s", v)
		}
	})
}

// Raising every limit never turns an accepted run into a rejected one, and a
// run within all limits that ended well is accepted.
func TestClassifyIsMonotonic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawResult(t)
		small := judge.Limits{
			CPU:    time.Duration(rapid.Int64Range(1, 2e9).Draw(t, "limit.cpu")),
			Memory: judge.Bytes(rapid.Int64Range(1, 1<<28).Draw(t, "limit.memory")),
			Output: judge.Bytes(rapid.Int64Range(1, 1<<24).Draw(t, "limit.output")),
		}.WithDefaults()
		large := judge.Limits{CPU: 2 * small.CPU, Wall: 2 * small.Wall, Memory: 2 * small.Memory, Output: 2 * small.Output}
		if judge.Classify(r, small) == judge.AC && judge.Classify(r, large) != judge.AC {
			t.Fatalf("%+v is accepted under %+v and not under %+v", r, small, large)
		}
	})
}

func TestDoubtful(t *testing.T) {
	l := judge.Limits{CPU: time.Second}.WithDefaults()
	for _, c := range []struct {
		cpu     time.Duration
		stopped judge.Stop
		want    bool
	}{
		{time.Second, judge.NotStopped, false},
		{time.Second + 1, judge.NotStopped, true},
		{1100 * time.Millisecond, judge.NotStopped, true},
		{1100*time.Millisecond + 1, judge.NotStopped, false},
		{1100 * time.Millisecond, judge.StoppedForCPU, false},
		{time.Millisecond, judge.StoppedForWall, true},
		{time.Millisecond, judge.StoppedForMemory, false},
	} {
		if got := l.Doubtful(judge.Result{CPU: c.cpu, Stopped: c.stopped}); got != c.want {
			t.Errorf("cpu %v, stopped %d: got %v", c.cpu, c.stopped, got)
		}
	}
}
