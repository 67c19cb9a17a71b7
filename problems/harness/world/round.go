package world

import (
	"bufio"
	"bytes"
	"cmp"
	"container/heap"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/docketjudge/docket/problems/harness/signature"
)

// moment is a time in microseconds from the beginning of a case.
type moment int64

const (
	never = moment(math.MaxInt64)
	// endOfTime is after all calls and deadlines that tests can have. Nobody
	// waits for what comes later.
	endOfTime = signature.MaxMillis * millisecond

	millisecond = moment(1000)
)

// text is the moment in milliseconds, with as many digits after the point as it
// takes.
func (m moment) text() []byte {
	text := strconv.AppendInt(nil, int64(m/millisecond), 10)
	if rest := m % millisecond; rest != 0 {
		text = bytes.TrimRight(fmt.Appendf(text, ".%03d", rest), "0")
	}
	return text
}

// account is what happened in a case, as checkers see it.
type account struct {
	Time moment // "ms": when the solution returned, or got stuck
	// One of these three, as "value", "error" and "stuck".
	Value json.RawMessage
	Error *string
	Stuck bool
	// Events in order of time: [ms, "start" | "end" | "fail" | "cancel", what],
	// those of one moment by kind and what. What is a task's index, or the
	// argument of a fetch.
	Events []event
	// Running are the calls that were neither over nor cancelled when the
	// solution returned; where there are none, the account is without them.
	Running []any
}

// event is something that happened in a case.
type event struct {
	at   moment
	kind string
	what any
}

// spec is what becomes of a call.
type spec struct {
	Millis *int64          `json:"ms"`
	Value  json.RawMessage `json:"value"`
	Error  *string         `json:"error"`
}

type invocation struct {
	spec
	number int
	what   any
	due    moment
	live   bool
}

// agenda is a heap of the calls that will end, the first to do so on top. Calls
// that were cancelled leave it when they get there.
type agenda []*invocation

func (a agenda) Len() int      { return len(a) }
func (a agenda) Swap(i, j int) { a[i], a[j] = a[j], a[i] }
func (a agenda) Less(i, j int) bool {
	if a[i].due != a[j].due {
		return a[i].due < a[j].due
	}
	return a[i].number < a[j].number
}
func (a *agenda) Push(c any) { *a = append(*a, c.(*invocation)) } //nolint:forcetypeassert // there are only calls
func (a *agenda) Pop() any {
	last := len(*a) - 1
	c := (*a)[last]
	(*a)[last], *a = nil, (*a)[:last]
	return c
}
func (a *agenda) top() *invocation { return (*a)[0] }

// schedule is an agenda, as a heap.
type schedule interface {
	heap.Interface
	top() *invocation
}

// round is a case under way.
type round struct {
	tasks    []spec
	fetches  []map[string]spec
	deadline moment
	now      moment
	calls    []*invocation
	ahead    schedule
	account  account

	to *bufio.Writer // replies
	// replied and told are how many bytes replies and the account have, at
	// least, see maxReplies and maxAccount.
	replied, told int
}

func (r *round) call(s spec, what any) bool {
	// A call is in the account when it starts and when it ends, or runs on.
	r.told += 2 * (perEvent + len(quoted(what)))
	if len(r.calls) >= maxCalls || r.told > maxAccount {
		return false
	}
	c := &invocation{spec: s, number: len(r.calls), what: what, due: never, live: true}
	if s.Millis != nil {
		c.due = r.now + moment(*s.Millis)*millisecond
		heap.Push(r.ahead, c)
	}
	r.calls = append(r.calls, c)
	r.note("start", what)
	return true
}

func (r *round) note(kind string, what any) {
	r.account.Events = append(r.account.Events, event{r.now, kind, what})
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

// idle moves on to the next moment at which something happens, and replies with
// what does. When there is none, the solution waits for ever. It returns false
// when the replies are too long.
func (r *round) idle(until moment) (stuck, ok bool) {
	next := min(r.next(), max(until, r.now))
	if next > endOfTime {
		r.account.Stuck = true
		return true, true
	}
	r.now = next
	// A reply is whole or none, so how long it is comes first.
	var over []*invocation
	for r.ahead.Len() > 0 && (!r.ahead.top().live || r.ahead.top().due <= r.now) {
		c := heap.Pop(r.ahead).(*invocation) //nolint:forcetypeassert // there are only calls
		if !c.live {
			continue
		}
		c.live = false
		over = append(over, c)
		if r.replied += perEvent + len(c.outcome()); r.replied > maxReplies {
			return false, false
		}
	}
	_, _ = fmt.Fprintf(r.to, "[%d,[", r.now)
	for i, c := range over {
		if i > 0 {
			_ = r.to.WriteByte(',')
		}
		kind := "end"
		if c.Error != nil {
			kind = "fail"
		}
		r.note(kind, c.what)
		_, _ = fmt.Fprintf(r.to, "[%d,%t,", c.number, c.Error == nil)
		_, _ = r.to.Write(c.outcome())
		_ = r.to.WriteByte(']')
	}
	_, _ = r.to.WriteString("]]\n")
	return false, true
}

// outcome is the JSON of the value, or of the message.
func (c *invocation) outcome() []byte {
	if c.Error != nil {
		return quoted(*c.Error)
	}
	return c.Value
}

// quoted is the JSON of a string or a number. Unlike that of json.Marshal it
// is no longer than it has to be: no sign is escaped for the sake of HTML.
func quoted(v any) []byte {
	if n, ok := v.(int64); ok {
		return strconv.AppendInt(nil, n, 10)
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(v) // strings and numbers can be written
	return bytes.TrimSuffix(b.Bytes(), []byte{'\n'})
}

// CompareKinds orders events of one moment by their kind: what ended came before
// what that brought about.
func CompareKinds(x, y string) int { return order[x] - order[y] }

var order = map[string]int{"end": 0, "fail": 1, "cancel": 2, "start": 3}

// write appends the account of the case. What fails shows when the output is
// flushed.
func (r *round) write(output *bufio.Writer) {
	a := &r.account
	a.Time = r.now
	for _, c := range r.calls {
		if c.live {
			a.Running = append(a.Running, c.what)
		}
	}
	slices.SortStableFunc(a.Running, compareWhat)
	slices.SortStableFunc(a.Events, func(x, y event) int {
		if d := cmp.Compare(x.at, y.at); d != 0 {
			return d
		}
		if d := CompareKinds(x.kind, y.kind); d != 0 {
			return d
		}
		return compareWhat(x.what, y.what)
	})
	_, _ = fmt.Fprintf(output, `{"ms":%s`, a.Time.text())
	if a.Value != nil {
		_, _ = output.WriteString(`,"value":`)
		compact(output, a.Value)
	}
	if a.Error != nil {
		_, _ = fmt.Fprintf(output, `,"error":%s`, quoted(*a.Error))
	}
	if a.Stuck {
		_, _ = output.WriteString(`,"stuck":true`)
	}
	_, _ = output.WriteString(`,"events":[`)
	for i, e := range a.Events {
		if i > 0 {
			_ = output.WriteByte(',')
		}
		_, _ = fmt.Fprintf(output, "[%s,%q,%s]", e.at.text(), e.kind, quoted(e.what))
	}
	_ = output.WriteByte(']')
	if len(a.Running) > 0 {
		_, _ = output.WriteString(`,"running":`)
		for i, what := range a.Running {
			_ = output.WriteByte("[,"[min(i, 1)])
			_, _ = output.Write(quoted(what))
		}
		_ = output.WriteByte(']')
	}
	_, _ = output.WriteString("}\n")
}

// compact writes JSON that is valid without the blanks between its parts.
func compact(output *bufio.Writer, text json.RawMessage) {
	var b bytes.Buffer
	_ = json.Compact(&b, text)
	_, _ = output.Write(b.Bytes())
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
