package harness

import (
	"bytes"
	"cmp"
	"container/heap"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
)

// moment is a time in microseconds from the beginning of a case.
type moment int64

const (
	never = moment(math.MaxInt64)
	// endOfTime is after all calls and deadlines that tests can have. Nobody
	// waits for what comes later.
	endOfTime = maxMillis * millisecond

	millisecond = moment(1000)
)

// MarshalJSON writes milliseconds, with as many digits after the point as it
// takes.
func (m moment) MarshalJSON() ([]byte, error) {
	text := strconv.AppendInt(nil, int64(m/millisecond), 10)
	if rest := m % millisecond; rest != 0 {
		text = bytes.TrimRight(fmt.Appendf(text, ".%03d", rest), "0")
	}
	return text, nil
}

// account is what happened in a case, as checkers see it.
type account struct {
	Time moment `json:"ms"` // when the solution returned, or got stuck
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
	number int
	what   any
	due    moment
	live   bool
}

// agenda is a heap of the calls that will end, the first to do so on top. Calls
// that were cancelled leave it when they get there.
type agenda []*calling

func (a agenda) Len() int      { return len(a) }
func (a agenda) Swap(i, j int) { a[i], a[j] = a[j], a[i] }
func (a agenda) Less(i, j int) bool {
	if a[i].due != a[j].due {
		return a[i].due < a[j].due
	}
	return a[i].number < a[j].number
}
func (a *agenda) Push(c any) { *a = append(*a, c.(*calling)) } //nolint:forcetypeassert // there are only calls
func (a *agenda) Pop() any {
	last := len(*a) - 1
	c := (*a)[last]
	(*a)[last], *a = nil, (*a)[:last]
	return c
}
func (a *agenda) top() *calling { return (*a)[0] }

// schedule is an agenda, as a heap.
type schedule interface {
	heap.Interface
	top() *calling
}

// round is a case under way.
type round struct {
	tasks    []spec
	fetches  []map[string]spec
	deadline moment
	now      moment
	calls    []*calling
	ahead    schedule
	account  account
}

func (r *round) call(s spec, what any) bool {
	if len(r.calls) >= maxCalls {
		return false
	}
	c := &calling{spec: s, number: len(r.calls), what: what, due: never, live: true}
	if s.Millis != nil {
		c.due = r.now + moment(*s.Millis)*millisecond
		heap.Push(r.ahead, c)
	}
	r.calls = append(r.calls, c)
	r.event("start", what)
	return true
}

func (r *round) event(kind string, what any) {
	r.account.Events = append(r.account.Events, [3]any{r.now, kind, what})
}

// next is when something happens by itself.
func (r *round) next() moment {
	next := never
	if r.deadline > r.now {
		next = r.deadline
	}
	for r.ahead.Len() > 0 {
		if c := r.ahead.top(); c.live {
			return min(next, c.due)
		}
		heap.Pop(r.ahead)
	}
	return next
}

// idle moves on to the next moment at which something happens. When there is
// none, the solution waits for ever.
func (r *round) idle(until moment) (reply []byte, stuck bool) {
	next := min(r.next(), max(until, r.now))
	if next > endOfTime {
		r.account.Stuck = true
		return nil, true
	}
	r.now = next
	var b bytes.Buffer
	_, _ = fmt.Fprintf(&b, "[%d,[", r.now)
	first := true
	for r.ahead.Len() > 0 && (!r.ahead.top().live || r.ahead.top().due <= r.now) {
		c := heap.Pop(r.ahead).(*calling) //nolint:forcetypeassert // there are only calls
		if !c.live {
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
			_, _ = fmt.Fprintf(&b, "[%d,false,%s]", c.number, message)
		} else {
			r.event("end", c.what)
			_, _ = fmt.Fprintf(&b, "[%d,true,%s]", c.number, c.Value)
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
	a.Time = r.now
	for _, c := range r.calls {
		if c.live {
			a.Running = append(a.Running, c.what)
		}
	}
	slices.SortStableFunc(a.Running, compareWhat)
	slices.SortStableFunc(a.Events, func(x, y [3]any) int {
		if d := cmp.Compare(x[0].(moment), y[0].(moment)); d != 0 { //nolint:forcetypeassert // event puts it there
			return d
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
			return cmp.Compare(a, b)
		}
		return -1
	}
	if _, ok := y.(int64); ok {
		return 1
	}
	return strings.Compare(x.(string), y.(string)) //nolint:forcetypeassert // what is one of the two
}
