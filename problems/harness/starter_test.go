//go:build !quick

package harness_test

import (
	"go/format"
	"strings"
	"testing"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems/harness"
)

// Starter code compiles as it stands, is formatted as Go is, and runs without
// an error: it returns something of the right type, which is wrong.
func TestStarterCode(t *testing.T) {
	for _, c := range []struct {
		name          string
		h             *harness.Harness
		input, answer string
	}{
		{"numbers", function(t, "mix(a int, b long, c double, d bool) int"), "[1,2,3.5,true]\n", "7\n"},
		{"long", function(t, "mix(userId long) long"), "[1]\n", "7\n"},
		{"double", function(t, "mix(ttlMs double) double"), "[1]\n", "7.5\n"},
		{"bool", function(t, "mix(a bool) bool"), "[true]\n", "true\n"},
		{"string", function(t, "mix(baseUrl string, key string) string"), "[\"a\",\"b\"]\n", "\"x\"\n"},
		{"arrays", function(t, "mix(a int[], b int[][], c long[], d double[][], e bool[]) int[]"), "[[1],[[2]],[3],[[4]],[true]]\n", "[7]\n"},
		{"grid", function(t, "mix(a string[][], b bool[][]) int[][]"), "[[[\"a\"]],[[true]]]\n", "[[7]]\n"},
		{"cube", function(t, "mix(a double[]) long[][][]"), "[[]]\n", "[[[7]]]\n"},
		{"words", function(t, "mix(a string[], b int?[], c map<int>[]) string[]"), "[[\"a\"],[null],[{}]]\n", "[\"x\"]\n"},
		{"optionals", function(t, "mix(a int?, b string?, c long?, d double?, e bool?) int?"), "[1,\"a\",null,2.5,false]\n", "7\n"},
		{"optional-array", function(t, "mix(a int[]?, b map<int>?) string[]?"), "[[1],{\"a\":1}]\n", "[\"x\"]\n"},
		{"maps", function(t, "mix(a map<int>, b map<string[]>, c map<map<double>>) map<int[]>"), "[{\"a\":1},{\"b\":[]},{\"c\":{\"d\":1}}]\n", "{\"x\":[7]}\n"},
		{"list", function(t, "mix(head list_node, k int) list_node"), "[[1,2],1]\n", "[7]\n"},
		{"tree", function(t, "mix(root tree_node) tree_node"), "[[1,null,2]]\n", "[7]\n"},
		{"lists", function(t, "mix(lists list_node[], t tree_node) list_node"), "[[[1],[]],[]]\n", "[7]\n"},
		{"tree-to-number", function(t, "mix(root tree_node) int"), "[[1,null,2]]\n", "7\n"},
		{"no-parameters", function(t, "mix() int"), "[]\n", "7\n"},
		{
			"class", class(t, "LRUCache(capacity int)", "get(key int) int", "put(key int, value int)", "getUrl(id string) string", "size() long"),
			`[["LRUCache",1],["put",1,2],["get",1],["getUrl","a"],["size"]]` + "\n", "[null,null,2,\"x\",1]\n",
		},
		{
			"plain-class", class(t, "Timer()", "tick()", "nowMs() long", "all() map<string>"),
			`[["Timer"],["tick"],["nowMs"],["all"],["Timer"],["nowMs"]]` + "\n", "[null,null,1,{},null,1]\n",
		},
		{
			"token-class", class(t, "Codec()", "serialize(root tree_node) token", "deserialize(data token) tree_node"),
			`[["Codec"],["serialize",[1,2]],["deserialize",1]]` + "\n", "[null,null,[1,2]]\n",
		},
		{
			"receiver-taken", class(t, "Table(t int)", "touch(t int) int"),
			`[["Table",1],["touch",2]]` + "\n", "[null,3]\n",
		},
		{
			"pool", function(t, poolSignature),
			`[[{"ms":1,"value":7}],1]` + "\n", `{"ms":1,"value":[7],"events":[[0,"start",0],[1,"end",0]]}` + "\n",
		},
		{
			"fetches", function(t, "gather(fetch fetch<string>, urls string[], limit int, until deadline) map<string>"),
			`[{"a":{"ms":1,"value":"b"}},["a"],1,10]` + "\n", `{"ms":1,"value":{"a":"b"},"events":[[0,"start","a"],[1,"end","a"]]}` + "\n",
		},
		{
			"one-task", function(t, "retry(job task<map<int>>) map<int>"),
			`[{"ms":1,"value":{"a":1}}]` + "\n", `{"ms":1,"value":{"a":1},"events":[[0,"start",0],[1,"end",0]]}` + "\n",
		},
	} {
		for line := range strings.Lines(c.input) {
			if err := c.h.Signature().Case([]byte(line)); err != nil {
				t.Fatalf("%s: the case is refused: %v", c.name, err)
			}
		}
		for _, lang := range judge.Languages() {
			t.Run(c.name+"/"+string(lang), func(t *testing.T) {
				starter := c.h.Starter(lang)
				if lang == judge.Go {
					if out, err := format.Source([]byte(starter.Content)); err != nil || string(out) != starter.Content {
						t.Errorf("not as gofmt has it (%v):\n%s", err, starter.Content)
					}
				}
				o := runFiles(t, c.h, lang, []judge.File{starter}, c.input, c.answer)
				if o.verdict() != judge.WA || o.build.Output != "" || len(o.result.Stderr) > 0 {
					t.Errorf("%s: %+v\n%s\n%s", o.verdict(), o.finding, o.said(), starter.Content)
				}
				if strings.Contains(o.finding.Reason, "no result") || strings.Contains(o.finding.Reason, "JSON") {
					t.Errorf("the result is none: %+v", o.finding)
				}
			})
		}
	}
}
