// Package sim is the part of a Go driver that supplies callables: what they do
// is decided outside of the box, in a talk over the process's own standard
// streams.
//
// The solution runs in a bubble of testing/synctest. There its timers and
// contexts follow virtual time, which moves on only when all its goroutines
// wait, and the driver learns exactly when they do. It then asks the outside
// when something happens there, and sleeps in the bubble until that moment, or
// until a timer of the solution's own made it do something that the outside has
// to know. Whoever does so waits at a gate until the outside has moved on to
// that moment and ended what ends at it.
//
// A goroutine that waits for a mutex, or on a channel that an initializer made,
// counts as waiting like any other; see [waitsCount]. One that waits for
// something outside of the process does not; see [watch].
package sim

import (
	"context"
	"errors"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/docketjudge/docket/problems/harness/golang/driver"
)

// World is what the callables of the solution talk to.
type World struct {
	// Decoder reads arguments.
	*driver.Decoder

	clock    *int64        // of the bubble
	begin    time.Time     // of the case under way
	deadline time.Duration // of it, or 0

	mu    sync.Mutex // of what follows, which callables share
	out   *driver.Encoder
	round int // the case under way; calls of earlier ones say nothing any more
	calls []*call
	// The gate: open is not nil while the driver sleeps, and closed when the
	// outside knows what moment it is. Woken ends the sleep.
	open  chan struct{}
	woken chan struct{}

	// resting is set while the solution has the word.
	resting atomic.Bool
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
	driver.LimitStack()
	waitsCount()
	w := &World{
		Decoder: driver.NewDecoder(os.NewFile(uintptr(input), "tests")),
		out:     driver.NewEncoder(os.NewFile(uintptr(results), "results")),
	}
	go watch(w)
	// A bubble needs a test around it.
	everything := func(string, string) (bool, error) { return true, nil }
	testing.Main(everything, []testing.InternalTest{{Name: "solution", F: func(t *testing.T) {
		synctest.Test(t, func(*testing.T) {
			// One bubble for all cases, so that what a solution leaves running
			// holds up nothing.
			w.clock, w.woken = clock(), make(chan struct{}, 1)
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
	if !inBubble() {
		driver.Die(strayed)
	}
	w.arrive(round)
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
	w.arrive(round) // which may end the call at this very moment
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

// arrive waits until the outside knows what moment it is. Everybody does who
// is about to say something.
func (w *World) arrive(round int) {
	w.mu.Lock()
	open := w.open
	if round != w.round {
		open = nil // nobody is told anything
	}
	if open != nil {
		select {
		case w.woken <- struct{}{}:
		default:
		}
	}
	w.mu.Unlock()
	if open != nil {
		<-open
	}
}

// say writes a message. The caller holds the lock.
func (w *World) say(what func(*driver.Encoder)) {
	w.out.Raw('[')
	what(w.out)
	w.out.Raw(']')
	w.out.Raw('\n')
}

// ask writes a message with a moment or null, and lets the outside answer.
func (w *World) ask(kind string, moment *time.Duration) {
	w.mu.Lock()
	w.say(func(e *driver.Encoder) {
		e.String(kind)
		e.Raw(',')
		if moment == nil {
			e.Null()
		} else {
			e.Long(moment.Microseconds())
		}
	})
	w.out.Flush()
	w.mu.Unlock()
	if !w.More() {
		os.Exit(0) // nothing can happen any more
	}
}

// outcome is what a solution returned: how it is written, or an error.
type outcome struct {
	value func(*driver.Encoder)
	err   error
}

// Do runs the solution on the case whose arguments were read, and says what it
// returned. The solution gives back how its value is written, or an error.
func (w *World) Do(solution func(context.Context) (func(*driver.Encoder), error)) {
	w.begin = time.Now()
	ctx := context.Background()
	var until *deadline
	if w.deadline > 0 {
		until = &deadline{Context: ctx, at: w.begin.Add(w.deadline), done: make(chan struct{})}
		ctx = until
		defer until.pass(context.Canceled)
	}
	returned := make(chan outcome, 1)
	round := w.round
	w.resting.Store(true)
	defer w.resting.Store(false)
	go func() {
		defer func() {
			if reason := recover(); reason != nil {
				driver.Die(reason)
			}
		}()
		value, err := solution(ctx)
		w.arrive(round)
		returned <- outcome{value, err}
	}()
	for {
		// What a goroutine does at this moment, such as cancelling, comes
		// before the word that the solution returned.
		synctest.Wait()
		select {
		case o := <-returned:
			// Who returns at the deadline, by a timer of its own, does not
			// keep the context from ending and cancelling what still runs.
			if until.due() && until.pass(context.DeadlineExceeded) {
				synctest.Wait()
			}
			w.finish(o)
			return
		default:
		}
		// What ends at the moment of the deadline ended before it.
		if until.due() && until.pass(context.DeadlineExceeded) {
			continue
		}
		w.move()
	}
}

// finish says what the solution returned, the last that is heard of the case.
func (w *World) finish(o outcome) {
	w.mu.Lock()
	defer w.mu.Unlock()
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
}

// message is the task's own where the solution passes on or wraps its error.
func message(err error) string {
	var own *Error
	if errors.As(err, &own) {
		return own.message
	}
	return err.Error()
}

// endOfTime is when nobody waits any more: the outside knows of no later
// moment.
const endOfTime = (1<<40 + 1) * time.Millisecond

// sleep lets time pass until a moment, or until the outside has to know of
// something. Timers that are due at the moment have not gone off then.
func (w *World) sleep(moment time.Time) {
	spoken := false
	if left := time.Until(moment) - 1; left > 0 {
		alarm := time.NewTimer(left)
		select {
		case <-alarm.C:
		case <-w.woken:
			alarm.Stop()
			spoken = true
		}
	}
	synctest.Wait()
	select {
	case <-w.woken:
		spoken = true
	default:
	}
	// The outside counts in microseconds. Whoever comes up to the next one waits
	// at the gate.
	switch part := time.Since(w.begin) % time.Microsecond; {
	case spoken && part > 0:
		time.Sleep(time.Microsecond - part)
	case !spoken && time.Now().Before(moment):
		*w.clock++ // nobody else runs
	}
}

// move lets time pass until something happens, here or outside, and does what
// the outside answers.
func (w *World) move() {
	w.resting.Store(false)
	w.ask("peek", nil)
	w.Open()
	next := endOfTime
	if !w.Null() {
		next = time.Duration(w.Long()) * time.Microsecond
	}
	w.Close()

	w.mu.Lock()
	w.open = make(chan struct{})
	select {
	case <-w.woken: // left from the last time
	default:
	}
	w.mu.Unlock()
	w.resting.Store(true)
	w.sleep(w.begin.Add(next))
	now := time.Since(w.begin)
	w.resting.Store(false)
	w.ask("idle", &now)
	w.resting.Store(true)
	w.Open()
	_ = w.Long() // the moment is the one that was said
	w.mu.Lock()
	defer w.mu.Unlock()
	w.Open()
	for w.Another() {
		w.Open()
		c := w.calls[w.Int()]
		if w.Bool() {
			c.take(w.Decoder)
		} else {
			c.err = &Error{w.String()}
		}
		close(c.done)
		w.Close()
	}
	w.Close()
	close(w.open)
	w.open = nil
}
