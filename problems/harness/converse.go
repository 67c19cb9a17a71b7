package harness

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/docketjudge/docket/judge"
)

var _ judge.Interactor = (*World)(nil)

// World is what the callables of a concurrency problem do. It runs outside of
// the box, beside the checker: it alone knows when a call ends and with what,
// learns of every call as it is made, and keeps the clock. So the account that
// it writes of a case does not rest on the driver's word: a solution gets the
// result of a call only by making it, and a call counts from when it is made
// until the world ends it or the solution cancels it.
//
// Time is virtual. It stands still while the solution runs; only when the
// driver says that everything waits does it move on, to the next moment at
// which something happens here: a call ends, or the deadline passes. A
// solution's own timers are known beforehand only to Python's driver. Go's run
// on virtual time too, but what they bring about is seen at the world's next
// moment; Java's run on the host's clock. So a problem should not ask for timers
// beside its deadline.
type World struct {
	sig *Signature
}

// World returns the world of a concurrency problem's callables, or nil.
func (h *Harness) World() *World {
	if !h.sig.Concurrent() {
		return nil
	}
	return &World{sig: h.sig}
}

// Bounds of what comes out of a box.
const (
	maxMessage  = 4 << 20
	maxCalls    = 100_000 // in a case
	maxMessages = 1_000_000
)

// account is what happened in a case, as checkers see it.
type account struct {
	Millis int64 `json:"ms"` // when the solution returned, or got stuck
	// One of these three.
	Value json.RawMessage `json:"value,omitempty"`
	Error *string         `json:"error,omitempty"`
	Stuck bool            `json:"stuck,omitempty"`
	// Events in order of time: [ms, "start" | "end" | "fail" | "cancel", what],
	// those of one moment by kind and what. What is a task's index, or the
	// argument of a fetch.
	Events [][3]any `json:"events"`
	// Running are the calls that were neither over nor cancelled when the
	// solution returned.
	Running []any `json:"running,omitempty"`
}

// spec is what becomes of a call.
type spec struct {
	Millis *int64          `json:"ms"`
	Value  json.RawMessage `json:"value"`
	Error  *string         `json:"error"`
}

type calling struct {
	spec
	what any
	due  int64
	live bool
}

// round is a case under way.
type round struct {
	tasks    []spec
	fetches  []map[string]spec
	deadline int64
	now      int64
	calls    []*calling
	account  account
}

// Converse implements [judge.Interactor].
func (w *World) Converse(tests io.Reader, to io.Writer, from io.Reader, output io.Writer) error {
	in, said := bufio.NewReaderSize(tests, 64<<10), bufio.NewReaderSize(from, 64<<10)
	messages := 0
	for {
		text, err := line(in, nil, math.MaxInt)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("reading the test: %w", err)
		}
		r, args, err := w.begin(text)
		if err != nil {
			return fmt.Errorf("the test: %w", err)
		}
		if _, err := to.Write(args); err != nil {
			return nil //nolint:nilerr // the program is gone
		}
		for over := false; !over; {
			messages++
			message, err := line(said, nil, maxMessage)
			if err != nil || messages > maxMessages {
				return nil //nolint:nilerr // the program is gone, or says no more that counts
			}
			reply, done, ok := r.take(message)
			if !ok {
				return nil // nobody can tell what it meant
			}
			if len(reply) > 0 {
				if _, err := to.Write(reply); err != nil {
					return nil //nolint:nilerr // the program is gone
				}
			}
			over = done
		}
		if err := r.write(output); err != nil {
			return nil //nolint:nilerr // the checker has seen enough
		}
		if r.account.Stuck {
			return nil
		}
	}
}

// begin reads a case and makes what the driver is to know of it: callables are
// numbers there, deadlines moments.
func (w *World) begin(text []byte) (*round, []byte, error) {
	var args []json.RawMessage
	if err := json.Unmarshal(text, &args); err != nil {
		return nil, nil, err
	}
	params := w.sig.Calls[0].Params
	if len(args) != len(params) {
		return nil, nil, fmt.Errorf("a case has %d arguments, not %d", len(args), len(params))
	}
	r := &round{deadline: math.MaxInt64, account: account{Events: [][3]any{}}}
	for i, p := range params {
		var err error
		switch t := p.Type; {
		case t.Kind == Task:
			var s spec
			err = json.Unmarshal(args[i], &s)
			args[i] = fmt.Appendf(nil, "%d", len(r.tasks))
			r.tasks = append(r.tasks, s)
		case t.Kind == Array && t.Elem.Kind == Task:
			var all []spec
			err = json.Unmarshal(args[i], &all)
			ids := make([]int, len(all))
			for j := range all {
				ids[j] = len(r.tasks) + j
			}
			r.tasks = append(r.tasks, all...)
			args[i], _ = json.Marshal(ids) // numbers can be written
		case t.Kind == Fetch:
			table := map[string]spec{}
			err = json.Unmarshal(args[i], &table)
			args[i] = fmt.Appendf(nil, "%d", len(r.fetches))
			r.fetches = append(r.fetches, table)
		case t.Kind == Deadline:
			err = json.Unmarshal(args[i], &r.deadline)
		}
		if err != nil {
			return nil, nil, fmt.Errorf("argument %s: %w", p.Name, err)
		}
	}
	out, err := json.Marshal(args)
	return r, append(out, '\n'), err
}

// take acts on a message of the driver:
//
//	["task", id]             a task is called; calls are numbered as they come
//	["fetch", id, argument]  a fetch is called
//	["cancel", call]
//	["idle", ms]             everything waits, for a timer of its own at ms; or null
//	["return", value]        the solution is done
//	["throw", message]       the same, with an error
//
// The answer to idle is [now, [[call, ok, value or message], ...]]. A message
// that is none of these ends the test.
func (r *round) take(text []byte) (reply []byte, done, ok bool) {
	var m []json.RawMessage
	var kind string
	if json.Unmarshal(text, &m) != nil || len(m) < 2 || json.Unmarshal(m[0], &kind) != nil {
		return nil, false, false
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
			return nil, false, false
		}
		return nil, false, r.call(r.tasks[id], id)
	case kind == "fetch" && len(m) == 3:
		id, ok := number()
		var argument string
		if !ok || id < 0 || id >= int64(len(r.fetches)) || json.Unmarshal(m[2], &argument) != nil {
			return nil, false, false
		}
		s, known := r.fetches[id][argument]
		if !known {
			unknown, at := "there is no "+argument, int64(0)
			s = spec{Millis: &at, Error: &unknown}
		}
		return nil, false, r.call(s, argument)
	case kind == "cancel" && len(m) == 2:
		n, ok := number()
		if !ok || n < 0 || n >= int64(len(r.calls)) {
			return nil, false, false
		}
		if c := r.calls[n]; c.live {
			c.live = false
			r.event("cancel", c.what)
		}
		return nil, false, true
	case kind == "idle" && len(m) == 2:
		until, has := number()
		if !has {
			until = math.MaxInt64
		}
		reply, done = r.idle(until)
		return reply, done, true
	case kind == "return" && len(m) == 2:
		if !json.Valid(m[1]) {
			return nil, false, false
		}
		r.account.Value = m[1]
		return nil, true, true
	case kind == "throw" && len(m) == 2:
		var message string
		if json.Unmarshal(m[1], &message) != nil {
			return nil, false, false
		}
		r.account.Error = &message
		return nil, true, true
	}
	return nil, false, false
}

func (r *round) call(s spec, what any) bool {
	if len(r.calls) >= maxCalls {
		return false
	}
	c := &calling{spec: s, what: what, due: math.MaxInt64, live: true}
	if s.Millis != nil {
		c.due = r.now + *s.Millis
	}
	r.calls = append(r.calls, c)
	r.event("start", what)
	return true
}

func (r *round) event(kind string, what any) {
	r.account.Events = append(r.account.Events, [3]any{r.now, kind, what})
}

// idle moves on to the next moment at which something happens. When there is
// none, the solution waits for ever.
func (r *round) idle(until int64) (reply []byte, stuck bool) {
	next := max(until, r.now)
	if r.deadline > r.now {
		next = min(next, r.deadline)
	}
	for _, c := range r.calls {
		if c.live {
			next = min(next, c.due)
		}
	}
	if next == math.MaxInt64 {
		r.account.Stuck = true
		return nil, true
	}
	r.now = next
	var b bytes.Buffer
	_, _ = fmt.Fprintf(&b, "[%d,[", r.now)
	first := true
	for i, c := range r.calls {
		if !c.live || c.due > r.now {
			continue
		}
		c.live = false
		if !first {
			b.WriteByte(',')
		}
		first = false
		if c.Error != nil {
			r.event("fail", c.what)
			message, _ := json.Marshal(*c.Error) // a string can be written
			_, _ = fmt.Fprintf(&b, "[%d,false,%s]", i, message)
		} else {
			r.event("end", c.what)
			_, _ = fmt.Fprintf(&b, "[%d,true,%s]", i, c.Value)
		}
	}
	b.WriteString("]]\n")
	return b.Bytes(), false
}

// order is that of events of one moment: what ended came before what that
// brought about.
var order = map[any]int{"end": 0, "fail": 1, "cancel": 2, "start": 3}

// write appends the account of the case.
func (r *round) write(output io.Writer) error {
	a := &r.account
	a.Millis = r.now
	for _, c := range r.calls {
		if c.live {
			a.Running = append(a.Running, c.what)
		}
	}
	slices.SortStableFunc(a.Running, compareWhat)
	slices.SortStableFunc(a.Events, func(x, y [3]any) int {
		if tx, ty := x[0].(int64), y[0].(int64); tx != ty { //nolint:forcetypeassert // event puts it there
			return int(min(max(tx-ty, -1), 1))
		}
		if d := order[x[1]] - order[y[1]]; d != 0 {
			return d
		}
		return compareWhat(x[2], y[2])
	})
	text, err := json.Marshal(a)
	if err != nil {
		return err
	}
	_, err = output.Write(append(text, '\n'))
	return err
}

// compareWhat orders indices and arguments.
func compareWhat(x, y any) int {
	if a, ok := x.(int64); ok {
		if b, ok := y.(int64); ok {
			return int(min(max(a-b, -1), 1))
		}
		return -1
	}
	if _, ok := y.(int64); ok {
		return 1
	}
	return strings.Compare(x.(string), y.(string)) //nolint:forcetypeassert // what is one of the two
}
