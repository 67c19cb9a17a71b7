package results

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/docketjudge/docket/problems/harness/jsonline"
	"github.com/docketjudge/docket/problems/harness/signature"
	"github.com/docketjudge/docket/problems/harness/world"
)

// accounts says in words how the account of a case, see [world.World], is not the one
// that is wanted, or is empty. What differs first in time is told.
func (c Checker) accounts(got, want any) string {
	plain := c.compare(got, want, nil)
	if plain == "" {
		return ""
	}
	g, okGot := storyOf(got)
	w, okWant := storyOf(want)
	if !okGot || !okWant {
		return plain
	}
	if why := g.events(w); why != "" {
		return why
	}
	switch {
	case g.stuck && !w.stuck:
		return fmt.Sprintf("the solution waits for ever from %s on, expected it to %s at %s", ms(g.time), w.ending(), ms(w.time))
	case !g.stuck && w.stuck:
		return fmt.Sprintf("the solution %s at %s, expected it to wait for ever", g.ended(), ms(g.time))
	case g.failed != w.failed:
		return fmt.Sprintf("the solution %s at %s, expected it to %s", g.ended(), ms(g.time), w.ending())
	}
	if why := c.compare(g.outcome, w.outcome, c.result(w)); why != "" {
		if g.failed {
			return fmt.Sprintf("the solution failed with %s, expected %s", jsonline.Short(g.outcome), jsonline.Short(w.outcome))
		}
		return "the result: " + why
	}
	if why := c.compare(g.time, w.time, nil); why != "" {
		return fmt.Sprintf("the solution %s at %s, expected at %s", g.ended(), ms(g.time), ms(w.time))
	}
	if left := without(g.running, w.running); len(left) > 0 {
		return fmt.Sprintf("%s still runs when the solution returns", left[0])
	}
	if left := without(w.running, g.running); len(left) > 0 {
		return fmt.Sprintf("%s does not run any more when the solution returns, expected it to", left[0])
	}
	return plain
}

// result is the type of a case's outcome, where it has one.
func (c Checker) result(w story) *signature.Type {
	if w.failed || w.stuck {
		return nil
	}
	return c.sig.Calls[0].Result
}

// story is an account, taken apart.
type story struct {
	time    json.Number
	outcome any // the value, or the message
	failed  bool
	stuck   bool
	told    []event
	running []string
}

type event struct {
	time json.Number
	at   float64
	kind string
	what string // "task 3", or `the fetch of "x"`
}

// storyOf takes an account apart. It returns false for what is none.
func storyOf(v any) (s story, ok bool) {
	m, ok := v.(map[string]any)
	if !ok {
		return s, false
	}
	if s.time, ok = m["ms"].(json.Number); !ok {
		return s, false
	}
	s.stuck = m["stuck"] == true
	if message, has := m["error"]; has {
		s.outcome, s.failed = message, true
	} else {
		s.outcome = m["value"]
	}
	list, ok := m["events"].([]any)
	if !ok {
		return s, false
	}
	for _, one := range list {
		parts, ok := one.([]any)
		if !ok || len(parts) != 3 {
			return s, false
		}
		e := event{what: subject(parts[2])}
		if e.kind, ok = parts[1].(string); !ok {
			return s, false
		}
		if e.time, ok = parts[0].(json.Number); !ok {
			return s, false
		}
		var err error
		if e.at, err = e.time.Float64(); err != nil {
			return s, false
		}
		s.told = append(s.told, e)
	}
	running, _ := m["running"].([]any)
	for _, what := range running {
		s.running = append(s.running, subject(what))
	}
	return s, true
}

// subject names a call.
func subject(what any) string {
	if n, ok := what.(json.Number); ok {
		return "task " + jsonline.Short(n)
	}
	return "the fetch of " + jsonline.Short(what)
}

func (s story) ended() string {
	if s.failed {
		return "failed"
	}
	return "returned"
}

func (s story) ending() string {
	if s.failed {
		return "fail"
	}
	return "return"
}

func ms(n json.Number) string { return jsonline.Short(n) + " ms" }

// without returns the elements of all that are not in but, counting repetitions.
func without(all, but []string) (left []string) {
	count := map[string]int{}
	for _, s := range but {
		count[s]++
	}
	for _, s := range all {
		if count[s]--; count[s] < 0 {
			left = append(left, s)
		}
	}
	return left
}

// verbs are what happens to a call, in words.
var verbs = map[string]string{"start": "started", "end": "over", "fail": "over, with a failure,", "cancel": "cancelled"}

// events says what happened otherwise than wanted, the first in time.
func (s story) events(want story) string {
	got, wanted := unmatched(s.told, want.told), unmatched(want.told, s.told)
	if len(got) == 0 && len(wanted) == 0 {
		return ""
	}
	if len(wanted) == 0 || len(got) > 0 && earlier(got[0], wanted[0]) {
		return s.surplus(first(got), wanted, want)
	}
	e := first(wanted)
	other, ok := find(got, e)
	switch {
	case ok:
		return fmt.Sprintf("%s was %s at %s, expected at %s", e.what, verbs[e.kind], ms(other.time), ms(e.time))
	case e.kind == "cancel":
		return fmt.Sprintf("%s was not cancelled, expected at %s", e.what, ms(e.time))
	case e.kind == "start" && !slices.ContainsFunc(s.told, func(o event) bool { return o.kind == "start" && o.what == e.what }):
		return fmt.Sprintf("%s was never started, expected at %s", e.what, ms(e.time))
	case s.stuck:
		return fmt.Sprintf("the solution waits for ever from %s on; %s was expected to be %s at %s", ms(s.time), e.what, verbs[e.kind], ms(e.time))
	}
	return fmt.Sprintf("%s was not %s at %s, as expected", e.what, verbs[e.kind], ms(e.time))
}

// surplus says what an event is that is not wanted.
func (s story) surplus(e event, wanted []event, want story) string {
	if e.kind == "start" {
		if most, now := peak(want.told), runningAt(s.told, e); now > most && most > 0 {
			return fmt.Sprintf("more than %d %s at %s", most, runs(e.what, most), ms(e.time))
		}
	}
	if other, ok := find(wanted, e); ok {
		return fmt.Sprintf("%s was %s at %s, expected at %s", e.what, verbs[e.kind], ms(e.time), ms(other.time))
	}
	before := func(o event) bool { return o.kind == e.kind && o.what == e.what }
	if e.kind == "start" && slices.ContainsFunc(want.told, before) {
		return fmt.Sprintf("%s was started once more at %s", e.what, ms(e.time))
	}
	return fmt.Sprintf("%s was %s at %s, expected not to be", e.what, verbs[e.kind], ms(e.time))
}

func runs(what string, n int) string {
	noun, verb := "fetches", "run"
	if strings.HasPrefix(what, "task ") {
		noun = "tasks"
	}
	if n == 1 {
		noun, verb = "fetch", "runs"
		if strings.HasPrefix(what, "task ") {
			noun = "task"
		}
	}
	return noun + " " + verb
}

// unmatched are the events of a story that another does not have.
func unmatched(all, but []event) (left []event) {
	type key struct {
		at         float64
		kind, what string
	}
	count := map[key]int{}
	for _, e := range but {
		count[key{e.at, e.kind, e.what}]++
	}
	for _, e := range all {
		k := key{e.at, e.kind, e.what}
		if count[k]--; count[k] < 0 {
			left = append(left, e)
		}
	}
	slices.SortStableFunc(left, func(x, y event) int {
		return cmp.Or(cmp.Compare(x.at, y.at), world.CompareKinds(x.kind, y.kind))
	})
	return left
}

// first is the first of some events, or the start of the same call at that
// moment: a call that takes no time ends before it starts in an account.
func first(all []event) event {
	for _, e := range all {
		if e.kind == "start" && e.what == all[0].what && e.at == all[0].at {
			return e
		}
	}
	return all[0]
}

func earlier(x, y event) bool { return x.at < y.at }

// find returns the first of some events that is like another but for its time.
func find(all []event, like event) (event, bool) {
	i := slices.IndexFunc(all, func(e event) bool { return e.kind == like.kind && e.what == like.what })
	if i < 0 {
		return event{}, false
	}
	return all[i], true
}

// peak is how many calls run at most at one time.
func peak(all []event) (most int) {
	now := 0
	for _, e := range all {
		now += change(e)
		most = max(most, now)
	}
	return most
}

// runningAt is how many calls run when all has happened that does at the moment
// of an event.
func runningAt(all []event, e event) (n int) {
	for _, o := range all {
		if o.at <= e.at {
			n += change(o)
		}
	}
	return n
}

func change(e event) int {
	if e.kind == "start" {
		return 1
	}
	return -1
}
