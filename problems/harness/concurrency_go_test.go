//go:build !quick

package harness_test

import (
	"strings"
	"testing"

	"github.com/docketjudge/docket/judge"
)

// One task after the other, for all reasons that a goroutine can wait for: the
// bubble alone does not count all of them as waiting.
func TestGoWaitsOfAllKinds(t *testing.T) {
	const (
		input  = `[{"ms":30,"value":1},{"ms":10,"value":2}]` + "\n" + `[{"ms":3,"value":1},{"ms":1,"value":2}]` + "\n"
		answer = `{"ms":40,"value":[1,2],"events":[[0,"start",0],[30,"end",0],[30,"start",1],[40,"end",1]]}` + "\n" +
			`{"ms":4,"value":[1,2],"events":[[0,"start",0],[3,"end",0],[3,"start",1],[4,"end",1]]}` + "\n"
	)
	for name, code := range map[string]struct{ global, body string }{
		"a mutex": {"var mu sync.Mutex", `
	mu.Lock()
	wg.Go(func() {
		mu.Lock()
		defer mu.Unlock()
		b, _ = second(ctx)
	})
	a, _ = first(ctx)
	mu.Unlock()
	wg.Wait()`},
		"a mutex to read": {"var mu sync.RWMutex", `
	mu.Lock()
	wg.Go(func() {
		mu.RLock()
		defer mu.RUnlock()
		b, _ = second(ctx)
	})
	a, _ = first(ctx)
	mu.Unlock()
	wg.Wait()`},
		"a mutex to write": {"var mu sync.RWMutex", `
	mu.RLock()
	wg.Go(func() {
		mu.Lock()
		defer mu.Unlock()
		b, _ = second(ctx)
	})
	a, _ = first(ctx)
	mu.RUnlock()
	wg.Wait()`},
		"doing something once": {"", `
	var once sync.Once
	begun := make(chan struct{})
	wg.Go(func() { once.Do(func() { close(begun); a, _ = first(ctx) }) })
	<-begun
	once.Do(func() { panic("twice") })
	b, _ = second(ctx)
	wg.Wait()`},
		"a channel of an initializer": {"var token = make(chan struct{}, 1)", `
	token <- struct{}{}
	wg.Go(func() {
		token <- struct{}{}
		b, _ = second(ctx)
		<-token
	})
	a, _ = first(ctx)
	<-token
	wg.Wait()`},
		"a select of an initializer's channels": {"var ready, never = make(chan struct{}), make(chan struct{})", `
	wg.Go(func() {
		select {
		case <-never:
		case <-ready:
		}
		b, _ = second(ctx)
	})
	a, _ = first(ctx)
	ready <- struct{}{}
	wg.Wait()`},
		"a group of an initializer": {"var all sync.WaitGroup", `
	all.Add(1)
	wg.Go(func() {
		all.Wait()
		b, _ = second(ctx)
	})
	a, _ = first(ctx)
	all.Done()
	wg.Wait()`},
		"a condition": {"", `
	var mu sync.Mutex
	done, cond := false, sync.NewCond(&mu)
	wg.Go(func() {
		mu.Lock()
		for !done {
			cond.Wait()
		}
		mu.Unlock()
		b, _ = second(ctx)
	})
	a, _ = first(ctx)
	mu.Lock()
	done = true
	mu.Unlock()
	cond.Signal()
	wg.Wait()`},
		"a mutex, with a timer beside": {"var mu sync.Mutex", `
	mu.Lock()
	stop := time.AfterFunc(time.Millisecond, func() { begun = time.Now() }).Stop
	defer stop()
	wg.Go(func() {
		mu.Lock()
		defer mu.Unlock()
		b, _ = second(ctx)
	})
	start := time.Now()
	a, _ = first(ctx)
	if begun.Sub(start) != time.Millisecond {
		return nil, context.Canceled
	}
	mu.Unlock()
	wg.Wait()`},
	} {
		t.Run(name, func(t *testing.T) {
			source := `package solution

import (
	"context"
	"sync"
	"time"
)

var begun time.Time

` + code.global + `

func Serial(ctx context.Context, first, second func(context.Context) (int, error)) ([]int, error) {
	var (
		wg   sync.WaitGroup
		a, b int
	)` + code.body + `
	return []int{a, b}, nil
}
`
			o := run(t, function(t, "serial(first task<int>, second task<int>) int[]"), judge.Go, source, input, answer)
			if o.verdict() != judge.AC {
				t.Errorf("%s: %+v\n%s\n%s", o.verdict(), o.finding, o.output, o.said())
			}
		})
	}
}

// Goroutines that wait for one another for ever are an account, not a crash.
func TestGoDeadlocks(t *testing.T) {
	const (
		input  = `[{"ms":3,"value":1}]` + "\n"
		answer = `{"ms":3,"stuck":true,"events":[[0,"start",0],[3,"end",0]]}` + "\n"
	)
	for name, body := range map[string]string{
		"a mutex":        "var mu sync.Mutex\n\tmu.Lock()\n\tmu.Lock()",
		"a channel":      "<-make(chan int)",
		"no channel":     "var none chan int\n\tnone <- 1",
		"of initializer": "<-never",
		"a group":        "var wg sync.WaitGroup\n\twg.Add(1)\n\twg.Wait()",
	} {
		source := `package solution

import (
	"context"
	"sync"
)

var never = make(chan int)

var _ sync.Mutex

func F(ctx context.Context, job func(context.Context) (int, error)) (int, error) {
	v, err := job(ctx)
	` + body + `
	return v, err
}
`
		o := run(t, function(t, "f(job task<int>) int"), judge.Go, source, input, answer)
		if o.verdict() != judge.AC {
			t.Errorf("%s: %s: %+v\n%s\n%s", name, o.verdict(), o.finding, o.output, o.said())
		}
	}
}

// What virtual time cannot know ends soon, and says what it is.
func TestGoOutsideOfVirtualTime(t *testing.T) {
	const (
		input   = `[{"ms":3,"value":1}]` + "\n"
		answer  = `{"ms":3,"value":1,"events":[[0,"start",0],[3,"end",0]]}` + "\n"
		unknown = "docket: the solution waits for something that virtual time does not know"
		strayed = "docket: a task was called by a goroutine that an initializer started"
	)
	for name, tt := range map[string]struct{ global, body, words string }{
		"a pipe": {"", `
	r, _, err := os.Pipe()
	if err != nil {
		return 0, err
	}
	_, _ = r.Read(make([]byte, 1))`, unknown},
		"a pipe, without the poller": {"", `
	var p [2]int
	if err := syscall.Pipe(p[:]); err != nil {
		return 0, err
	}
	_, _ = syscall.Read(p[0], make([]byte, 1))`, unknown},
		"a goroutine of an initializer that never answers": {`
var ask = make(chan int)

func init() { go func() { select {} }() }`, `
	ask <- 1`, unknown},
		"a goroutine of an initializer that calls": {`
var work = make(chan func())

func init() {
	go func() {
		for f := range work {
			f()
		}
	}()
}`, `
	work <- func() { _, _ = job(ctx) }`, strayed},
		"a goroutine of an initializer that answers": {`
var ask, answer = make(chan int), make(chan int)

func init() {
	go func() {
		for n := range ask {
			answer <- n
		}
	}()
}`, `
	ask <- 1
	if <-answer != 1 {
		return 0, syscall.EINVAL
	}`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			source := `package solution

import (
	"context"
	"os"
	"syscall"
)

var _, _ = os.Args, syscall.Getpid
` + tt.global + `

func F(ctx context.Context, job func(context.Context) (int, error)) (int, error) {` + tt.body + `
	return job(ctx)
}
`
			o := run(t, function(t, "f(job task<int>) int"), judge.Go, source, input, answer)
			want := judge.AC
			if tt.words != "" {
				want = judge.RTE
			}
			if o.verdict() != want || !strings.Contains(o.said(), tt.words) {
				t.Errorf("%s: %+v\n%s\n%s", o.verdict(), o.finding, o.output, o.said())
			}
		})
	}
}
