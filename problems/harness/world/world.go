package world

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems/harness/jsonline"
	"github.com/docketjudge/docket/problems/harness/signature"
)

var _ judge.Interactor = (*World)(nil)

// World is what the callables of a concurrency problem do. It runs outside of
// the box, beside the checker: it alone knows when a call ends and with what,
// learns of every call as it is made, and keeps the clock. So the account that
// it writes of a case does not rest on the driver's word: a solution gets the
// result of a call only by making it, and a call counts from when it is made
// until the world ends it or the solution cancels it.
//
// Time is virtual and counted in microseconds from the beginning of the case.
// It stands still while the solution runs; only when the driver says that
// everything waits does it move on, to the next moment at which something
// happens: a call ends, the deadline passes, or a timer of the solution's own
// goes off. The driver knows those timers, and says with every wait when the
// next one is due; a timer between two microseconds counts at the later one. So
// sleeping, backing off, hedging and giving up after a while are exact. Of what
// happens at one moment calls end first; timers and the deadline follow when
// all that this brought about waits again.
//
// What nobody can move on is over: when no call will end, no deadline and no
// timer is ahead, or none before the end of time, the solution is stuck. What
// runs without ever waiting, such as a loop that asks again and again whether
// something is there, sees time stand still, and ends by its limit.
//
// These are not on virtual time, and judged wrongly where a solution relies on
// them:
//
//   - in Go, what initializers do: a time.Now of theirs is years after those of
//     virtual time, and goroutines that they started are not waited for. Nor is
//     what comes from outside of the process. A call from such a goroutine, and
//     a wait that nothing else would end, end the process with a word on it;
//   - in Java, timed waiting that the driver's DocketTime does not name: that
//     within other classes of the platform, such as threads of a pool that end
//     when they were idle for a while; calls made by reflection, and clocks but
//     System, Instant and Clock. java.util.Timer, DelayQueue and
//     ForkJoinPool.awaitQuiescence throw an exception that says so;
//   - in Python, datetime.now and the like. Threads (run_in_executor, to_thread)
//     throw an exception that says so, unless threading starts them.
type World struct {
	sig *signature.Signature
}

// New returns the world of a concurrency problem's callables, or nil.
func New(sig *signature.Signature) *World {
	if !sig.Concurrent() {
		return nil
	}
	return &World{sig: sig}
}

// Bounds of what comes out of a box, and of what that makes the world say.
const (
	maxMessage  = 4 << 20
	maxArgument = 64 << 10 // of a fetch
	maxCalls    = 100_000  // in a case
	maxMessages = 1_000_000
	// maxReplies are bytes in a case: the results of its calls, each as often as
	// it is asked for.
	maxReplies = 64 << 20
	// maxAccount are the bytes of a case's account, without its value.
	maxAccount = 32 << 20
	// perEvent are the bytes of a call that is named once, beside its argument
	// or result.
	perEvent = 32
)

// Converse implements [judge.Interactor].
func (w *World) Converse(tests io.Reader, program io.Writer, replies io.Reader, output io.Writer) error {
	in, said := bufio.NewReaderSize(tests, 64<<10), bufio.NewReaderSize(replies, 64<<10)
	to, accounts := bufio.NewWriterSize(program, 64<<10), bufio.NewWriterSize(output, 64<<10)
	messages := 0
	for {
		text, err := jsonline.Read(in, nil, math.MaxInt)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("reading the test: %w", err)
		}
		r, err := w.begin(text, to)
		if err != nil {
			return fmt.Errorf("the test: %w", err)
		}
		if err := to.Flush(); err != nil {
			return nil //nolint:nilerr // the program is gone
		}
		for over := false; !over; {
			messages++
			message, err := jsonline.Read(said, nil, maxMessage)
			if err != nil || messages > maxMessages {
				return nil //nolint:nilerr // the program is gone, or says no more that counts
			}
			done, ok := r.take(message)
			if !ok {
				return nil // nobody can tell what it meant, or it is too much
			}
			if err := to.Flush(); err != nil {
				return nil //nolint:nilerr // the program is gone
			}
			over = done
		}
		r.write(accounts)
		if err := accounts.Flush(); err != nil {
			return nil //nolint:nilerr // the checker has seen enough
		}
		if r.account.Stuck {
			return nil
		}
	}
}

// begin reads a case and says what the driver is to know of it: callables are
// numbers there, deadlines moments.
func (w *World) begin(text []byte, to *bufio.Writer) (*round, error) {
	var args []json.RawMessage
	if err := json.Unmarshal(text, &args); err != nil {
		return nil, err
	}
	params := w.sig.Calls[0].Params
	if len(args) != len(params) {
		return nil, fmt.Errorf("a case has %d arguments, not %d", len(args), len(params))
	}
	r := &round{deadline: never, ahead: new(agenda), to: to}
	for i, p := range params {
		var err error
		switch t := p.Type; {
		case t.Kind == signature.Task:
			var s spec
			err = json.Unmarshal(args[i], &s)
			args[i] = fmt.Appendf(nil, "%d", len(r.tasks))
			r.tasks = append(r.tasks, s)
		case t.Kind == signature.Array && t.Elem.Kind == signature.Task:
			var all []spec
			err = json.Unmarshal(args[i], &all)
			ids := make([]int, len(all))
			for j := range all {
				ids[j] = len(r.tasks) + j
			}
			r.tasks = append(r.tasks, all...)
			args[i], _ = json.Marshal(ids) // numbers can be written
		case t.Kind == signature.Fetch:
			table := map[string]spec{}
			err = json.Unmarshal(args[i], &table)
			args[i] = fmt.Appendf(nil, "%d", len(r.fetches))
			r.fetches = append(r.fetches, table)
		case t.Kind == signature.Deadline:
			err = json.Unmarshal(args[i], &r.deadline)
			r.deadline *= millisecond
		}
		if err != nil {
			return nil, fmt.Errorf("argument %s: %w", p.Name, err)
		}
	}
	_ = to.WriteByte('[')
	for i, arg := range args {
		if i > 0 {
			_ = to.WriteByte(',')
		}
		compact(to, arg)
	}
	_, _ = to.WriteString("]\n")
	return r, nil
}

// take acts on a message of the driver:
//
//	["task", id]             a task is called; calls are numbered as they come
//	["fetch", id, argument]  a fetch is called
//	["cancel", call]
//	["peek", null]           when does something happen next?
//	["idle", until]          everything waits, for a timer of its own at that
//	                         moment; null for none
//	["return", value]        the solution is done
//	["throw", message]       the same, with an error
//
// Moments are in microseconds. The answer to peek is [moment], or [null] where
// nothing will happen by itself; it changes nothing. The answer to idle is
// [now, [[call, ok, value or message], ...]]. A message that is none of these
// ends the test, and so does one that goes beyond the bounds.
func (r *round) take(text []byte) (done, ok bool) {
	var m []json.RawMessage
	var kind string
	if json.Unmarshal(text, &m) != nil || len(m) < 2 || json.Unmarshal(m[0], &kind) != nil {
		return false, false
	}
	number := func() (int64, bool) {
		var n *int64
		err := json.Unmarshal(m[1], &n)
		if err != nil || n == nil {
			return 0, false
		}
		return *n, true
	}
	switch {
	case kind == "task" && len(m) == 2:
		id, ok := number()
		if !ok || id < 0 || id >= int64(len(r.tasks)) {
			return false, false
		}
		return false, r.call(r.tasks[id], id)
	case kind == "fetch" && len(m) == 3:
		id, ok := number()
		var argument string
		if !ok || id < 0 || id >= int64(len(r.fetches)) || json.Unmarshal(m[2], &argument) != nil || len(argument) > maxArgument {
			return false, false
		}
		s, known := r.fetches[id][argument]
		if !known {
			unknown, at := "there is no "+argument, int64(0)
			s = spec{Millis: &at, Error: &unknown}
		}
		return false, r.call(s, argument)
	case kind == "cancel" && len(m) == 2:
		n, ok := number()
		if !ok || n < 0 || n >= int64(len(r.calls)) {
			return false, false
		}
		if c := r.calls[n]; c.live {
			c.live = false
			r.note("cancel", c.what)
		}
		return false, true
	case kind == "peek" && len(m) == 2:
		if next := r.next(); next <= endOfTime {
			_, _ = fmt.Fprintf(r.to, "[%d]\n", next)
		} else {
			_, _ = r.to.WriteString("[null]\n")
		}
		return false, true
	case kind == "idle" && len(m) == 2:
		until := never
		if n, has := number(); has {
			until = moment(n)
		}
		return r.idle(until)
	case kind == "return" && len(m) == 2:
		if !json.Valid(m[1]) {
			return false, false
		}
		r.account.Value = m[1]
		return true, true
	case kind == "throw" && len(m) == 2:
		var message string
		if json.Unmarshal(m[1], &message) != nil {
			return false, false
		}
		r.account.Error = &message
		return true, true
	}
	return false, false
}
