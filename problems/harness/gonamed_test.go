//go:build !quick

package harness_test

import (
	"strings"
	"testing"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems/harness"
)

// A solution may give names to the types of its parameters and results, and to
// their elements.
func TestGoSolutionsMayNameTheirTypes(t *testing.T) {
	for name, c := range map[string]struct {
		harness               *harness.Harness
		source, input, answer string
	}{
		"a named slice": {function(t, "sum(grid int[][]) int"), `package solution

type Grid [][]int

func (g Grid) rows() int { return len(g) }

func Sum(g Grid) int {
	n := 0
	for i := range g.rows() {
		for _, v := range g[i] {
			n += v
		}
	}
	return n
}
`, "[[[1,2],[3]]]\n", "6\n"},
		"named elements, and a named result": {function(t, "order(rows double[][], names string[], more map<long[]>) map<bool?>"), `package solution

type (
	Row   []Score
	Score float64
	Name  string
	Table = []Row
	Found map[Name]*Yes
	Yes   bool
)

func Order(rows Table, names []Name, more map[string][]int64) Found {
	yes := Yes(rows[1][0] == 2.5 && more["a"][1] == 7)
	return Found{names[0]: &yes, names[1]: nil}
}
`, `[[[1],[2.5]],["x","y"],{"a":[1,7]}]` + "\n", `{"x":true,"y":null}` + "\n"},
		"a type with parameters": {function(t, "first(values int[]) int"), `package solution

type List[T any] []T

func First(l List[int]) int { return l[0] }
`, "[[4,5]]\n", "4\n"},
		"a type of the library": {function(t, "first(values int[]) int"), `package solution

import "sort"

func First(s sort.IntSlice) int { s.Sort(); return s[0] }
`, "[[9,4,5]]\n", "4\n"},
		"a list": {function(t, "values(head list_node) int[]"), `package solution

type ListNode struct {
	Val  int
	Next *ListNode
}

type (
	List  = *ListNode
	Found []int
)

func Values(l List) (found Found) {
	for ; l != nil; l = l.Next {
		found = append(found, l.Val)
	}
	return found
}
`, "[[3,4]]\n", "[3,4]\n"},
		"a class": {class(t, "Box(size int)", "put(values int[])", "all() int[]", "size() int"), `package solution

type Size int

type Values []int

type Box struct {
	size   Size
	values Values
}

func NewBox(size Size) *Box { return &Box{size: size} }

func (b *Box) Put(v Values) { b.values = append(b.values, v...) }
func (b Box) All() Values   { return b.values }
func (b *Box) Size() int    { return int(b.size) }
`, `[["Box",3],["put",[1,2]],["all"],["size"]]` + "\n", "[null,null,[1,2],3]\n"},
		"tasks": {function(t, "sum(jobs task<int>[]) int"), `package solution

import "context"

type Job func(context.Context) (Value, error)

type Value int

func Sum(ctx context.Context, jobs []Job) (Value, error) {
	var sum Value
	for _, job := range jobs {
		v, err := job(ctx)
		if err != nil {
			return 0, err
		}
		sum += v
	}
	return sum, nil
}
`, `[[{"ms":5,"value":1},{"ms":6,"value":2}]]` + "\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			o := run(t, c.harness, judge.Go, c.source, c.input, c.answer)
			if c.answer == "" {
				if judge.Classify(o.result, o.limits) != judge.AC || !o.build.OK || !strings.Contains(o.output, `"value":3`) {
					t.Errorf("%s %v %q %s", o.build.Output, o.refused, o.output, o.result.Stderr)
				}
				return
			}
			if o.verdict() != judge.AC {
				t.Errorf("%s: %v %s %+v\n%s%s", o.verdict(), o.refused, o.build.Output, o.finding, o.output, o.result.Stderr)
			}
		})
	}
	// What has another structure is refused, with the signature.
	o := run(t, function(t, "sum(grid int[][]) int"), judge.Go, "package solution\n\ntype Grid [][]string\n\nfunc Sum(g Grid) int { return 0 }\n", "[[[1]]]\n", "0\n")
	if o.build.OK || !strings.Contains(o.build.Output, "func Sum(grid [][]int) int") {
		t.Errorf("a grid of strings: built %v, %s", o.build.OK, o.build.Output)
	}
}
