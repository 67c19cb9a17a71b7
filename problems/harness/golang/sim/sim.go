// Package sim is the part of a Go driver that supplies callables: what they do
// is decided outside of the box, in a talk over the process's own standard
// streams.
//
// The solution runs in a bubble of testing/synctest. There its timers and
// contexts follow virtual time, which moves on only when all its goroutines
// wait, and the driver learns exactly when they do. The outside is asked only
// then, and says how far time moves and which calls end.
//
// A goroutine that waits for a mutex, or on a channel made outside the bubble
// (by an initializer of the package), does not count as waiting: while it does,
// time stands still, and a solution that needs time to move meanwhile ends as
// stopped for elapsed time.
package sim

import (
	"context"
	"errors"
	"os"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/docketjudge/docket/problems/harness/golang/driver"
)

// World is what the callables of the solution talk to.
type World struct {
	// Decoder reads arguments.
	*driver.Decoder

	deadline time.Duration // of the case under way, or 0

	mu    sync.Mutex // of what follows, which callables share
	out   *driver.Encoder
	round int // the case under way; calls of earlier ones say nothing any more
	calls []*call
}

// call is a call of a callable that is under way.
type call struct {
	// take reads the value that the call ends with.
	take func(*driver.Decoder)
	err  error
	done chan struct{}
}

// Error is what a task fails with.
type Error struct{ message string }

func (e *Error) Error() string { return e.message }

// Run gives every case of the test to the solution and ends the process.
func Run(input, results int, one func(*World)) {
	w := &World{
		Decoder: driver.NewDecoder(os.NewFile(uintptr(input), "tests")),
		out:     driver.NewEncoder(os.NewFile(uintptr(results), "results")),
	}
	// A bubble needs a test around it.
	everything := func(string, string) (bool, error) { return true, nil }
	testing.Main(everything, []testing.InternalTest{{Name: "solution", F: func(t *testing.T) {
		synctest.Test(t, func(*testing.T) {
			// One bubble for all cases, so that what a solution leaves running
			// holds up nothing.
			for w.More() {
				w.calls, w.deadline = nil, 0
				one(w)
			}
			os.Exit(0)
		})
	}}}, nil, nil)
}

// Deadline reads the moment, from the beginning of the case, at which the
// context ends.
func (w *World) Deadline() { w.deadline = time.Duration(w.Long()) * time.Millisecond }

// Task returns the task that the input names by a number.
func Task[T any](w *World, read func(*driver.Decoder) T) func(context.Context) (T, error) {
	id, round := w.Int(), w.round
	return func(ctx context.Context) (T, error) {
		return do(ctx, w, round, read, func(e *driver.Encoder) {
			e.String("task")
			e.Raw(',')
			e.Int(id)
		})
	}
}

// Fetch returns the fetch that the input names by a number.
func Fetch[T any](w *World, read func(*driver.Decoder) T) func(context.Context, string) (T, error) {
	id, round := w.Int(), w.round
	return func(ctx context.Context, argument string) (T, error) {
		return do(ctx, w, round, read, func(e *driver.Encoder) {
			e.String("fetch")
			e.Raw(',')
			e.Int(id)
			e.Raw(',')
			e.String(argument)
		})
	}
}

// do makes a call known and waits for its end, or for that of the context.
func do[T any](ctx context.Context, w *World, round int, read func(*driver.Decoder) T, describe func(*driver.Encoder)) (T, error) {
	var value T
	c := &call{done: make(chan struct{}), take: func(d *driver.Decoder) { value = read(d) }}
	w.mu.Lock()
	number := len(w.calls)
	if round == w.round { // else its case is over, and it never ends
		w.calls = append(w.calls, c)
		w.say(describe)
	}
	w.mu.Unlock()
	select {
	case <-c.done:
		return value, c.err
	case <-ctx.Done():
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	select {
	case <-c.done: // in the meantime
		return value, c.err
	default:
	}
	if round != w.round {
		return value, ctx.Err()
	}
	w.say(func(e *driver.Encoder) {
		e.String("cancel")
		e.Raw(',')
		e.Int(number)
	})
	return value, ctx.Err()
}

// say writes a message. The caller holds the lock.
func (w *World) say(what func(*driver.Encoder)) {
	w.out.Raw('[')
	what(w.out)
	w.out.Raw(']')
	w.out.Raw('\n')
}

// Do runs the solution on the case whose arguments were read, and says what it
// returned. The solution gives back how its value is written, or an error.
func (w *World) Do(solution func(context.Context) (func(*driver.Encoder), error)) {
	begin := time.Now()
	ctx := context.Background()
	if w.deadline > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithDeadline(ctx, begin.Add(w.deadline))
		defer cancel()
	}
	type outcome struct {
		value func(*driver.Encoder)
		err   error
	}
	returned := make(chan outcome, 1)
	go func() {
		defer func() {
			if reason := recover(); reason != nil {
				driver.Die(reason)
			}
		}()
		value, err := solution(ctx)
		returned <- outcome{value, err}
	}()
	for {
		// What a goroutine does at this moment, such as cancelling, comes
		// before the word that the solution returned.
		synctest.Wait()
		select {
		case o := <-returned:
			w.mu.Lock()
			w.say(func(e *driver.Encoder) {
				if o.err != nil {
					e.String("throw")
					e.Raw(',')
					e.String(message(o.err))
					return
				}
				e.String("return")
				e.Raw(',')
				o.value(e)
			})
			w.out.Flush()
			w.round++
			w.mu.Unlock()
			return
		default:
		}
		w.move(begin)
	}
}

// message is the task's own where the solution passes on or wraps its error.
func message(err error) string {
	var own *Error
	if errors.As(err, &own) {
		return own.message
	}
	return err.Error()
}

// move says that everything waits, and does what the outside answers.
func (w *World) move(begin time.Time) {
	w.mu.Lock()
	w.say(func(e *driver.Encoder) {
		e.String("idle")
		e.Raw(',')
		e.Null()
	})
	w.out.Flush()
	calls := w.calls
	w.mu.Unlock()
	if !w.More() {
		os.Exit(0) // nothing can happen any more
	}
	w.Open()
	now := begin.Add(time.Duration(w.Long()) * time.Millisecond)
	// The solution's own timers up to that moment run meanwhile.
	time.Sleep(time.Until(now))
	w.mu.Lock()
	defer w.mu.Unlock()
	w.Open()
	for w.Another() {
		w.Open()
		c := calls[w.Int()]
		if w.Bool() {
			c.take(w.Decoder)
		} else {
			c.err = &Error{w.String()}
		}
		close(c.done)
		w.Close()
	}
	w.Close()
}
