package signature_test

import (
	"strings"
	"testing"

	"github.com/docketjudge/docket/problems/harness/signature"
)

func TestParseType(t *testing.T) {
	for _, text := range []string{
		"int", "long", "double", "bool", "string", "list_node", "tree_node", "token", "deadline",
		"int[]", "int[][]", "string?[]", "int[]?", "map<int>", "map<map<long?>>[]", "list_node[]", "map<tree_node>",
		"task<int>", "task<int>[]", "fetch<map<string>>",
	} {
		got, err := signature.ParseType(text)
		if err != nil || got.String() != text {
			t.Errorf("ParseType(%q) = %s, %v", text, got, err)
		}
	}
	for text, want := range map[string]string{
		"":                      "is not a type",
		"integer":               `"integer" is not a type: those are int, long`,
		"Int":                   `"Int" is not a type`,
		"int []":                `"int " is not a type`,
		"[]int":                 `"[]int" is not a type`,
		"map<int":               `"map<int" is not a type`,
		"map<>":                 `"" is not a type`,
		"map<string, int>":      `"string, int" is not a type`,
		"int??":                 "int? may be absent as it is; it takes no ?",
		"list_node?":            "list_node may be absent as it is",
		"tree_node?":            "tree_node may be absent as it is",
		"token?":                "token may be absent as it is",
		"array":                 `"array" is not a type`,
		"optional":              `"optional" is not a type`,
		"int[][][][][][][][][]": "the type is nested too deeply",
		strings.Repeat("map<", 1e5) + "int" + strings.Repeat(">", 1e5): "the type is nested too deeply",
	} {
		if got, err := signature.ParseType(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("ParseType(%.40q) = %s, %.200v; want %s", text, got, err, want)
		}
	}
}

func TestGoodSignatures(t *testing.T) {
	for _, text := range []string{
		"f() int",
		"shortestPath(nodes int, links int[][], source int, target int) int[]",
		"  spaced  ( a   int ,b long )  double ",
		"merge(lists list_node[]) list_node",
		"runAll(jobs task<int>[], limit int) int[]",
		"first(get fetch<string>, keys string[], until deadline) map<string>",
		"one(job task<string[]>) string[]",
	} {
		s, err := signature.ParseFunction(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if s.Class || len(s.Calls) != 1 || s.Calls[0].Result == nil {
			t.Errorf("%s: %+v", text, s)
		}
	}
	s, err := signature.ParseClass("Codec(key string)", []string{"encode(root tree_node) token", "decode(data token) tree_node", "clear()"})
	if err != nil {
		t.Fatal(err)
	}
	if !s.Class || len(s.Calls) != 4 || s.Calls[0].Name != "Codec" || s.Calls[0].Result != nil || s.Calls[3].Result != nil ||
		s.Calls[2].Params[0].Type.Kind != signature.Token || s.Calls[1].Params[0].Name != "root" {
		t.Errorf("%+v", s)
	}
}

func TestBadFunctions(t *testing.T) {
	for text, want := range map[string]string{
		"":                                 "is not of the form name(parameter type, ...) type",
		"f":                                "is not of the form",
		"f(a int":                          "is not of the form",
		"f(a int) int int":                 "is not of the form",
		"2f() int":                         "is not of the form",
		"my_sum(a int) int":                "is not of the form",
		"f()":                              "function f: it must return something",
		"Sum(a int) int":                   "function Sum: its name must begin with a lower-case letter",
		"f(a) int":                         `f: parameter "a" is not of the form name type`,
		"f(a int, ) int":                   `f: parameter "" is not of the form name type`,
		"f(int a) int":                     `f: parameter int: "a" is not a type`,
		"f(a number) int":                  `f: parameter a: "number" is not a type`,
		"f(a int) number":                  `f: result: "number" is not a type`,
		"f(A int) int":                     "f: parameter A: its name must be letters and digits, the first a lower-case letter",
		"f(a_b int) int":                   "f: parameter a_b: its name must be letters and digits",
		"f(a int, a int) int":              "f: two parameters are named a",
		"f(userID int, userId int) int":    "f: two parameters are named userId",
		"f(range int) int":                 "f: parameter range is a word of Go, Java or Python",
		"f(isNot int, lambda int) int":     "f: parameter lambda is a word of Go, Java or Python",
		"import(a int) int":                "import: this name is a word of Go, Java or Python",
		"f(a token) int":                   "f: it takes a token, but no method returns one",
		"f(a token[]) int":                 "f: parameter a: a token cannot be part of another type",
		"f(a int) token[]":                 "f: a token cannot be part of another type",
		"f(a task<int>) task<int>":         "f: task<int> cannot be a result",
		"f(a task<int>) deadline":          "f: deadline cannot be a result",
		"f(a fetch<int>[]) int":            "f: only tasks can be in an array",
		"f(a task<int>?) int":              "f: task<int>? has a callable inside of another type",
		"f(a map<task<int>>) int":          "f: map<task<int>> has a callable inside of another type",
		"f(a task<int>[][]) int":           "f: task<int>[][] has a callable inside of another type",
		"f(a task<task<int>>) int":         "f: task<task<int>> has a callable inside of another type",
		"f(a task<deadline>) int":          "f: task<deadline> has a callable inside of another type",
		"f(a task<int>, b deadline[]) int": "f: deadline[] has a callable inside of another type",
		"f(a deadline) int":                "a deadline is for functions that are given a task or a fetch",
		"f(a task<int>, b deadline, c deadline) int": "there are two deadlines",
		"f(ctx int, jobs task<int>[]) int":           "f: parameter ctx: so is the context named that solutions in Go are given",
	} {
		if s, err := signature.ParseFunction(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %+v, %v; want %s", text, s, err, want)
		}
	}
}

func TestBadClasses(t *testing.T) {
	for _, c := range []struct {
		constructor string
		methods     []string
		want        string
	}{
		{"lruCache()", []string{"get() int"}, "class lruCache: its name must begin with an upper-case letter"},
		{"Cache() int", []string{"get() int"}, "class Cache: a constructor has no result type"},
		{"Cache()", nil, "class Cache: it has no methods"},
		{"Cache", []string{"get() int"}, "is not of the form"},
		{"Cache()", []string{"get"}, "is not of the form"},
		{"Cache()", []string{"Get() int"}, "method Get: its name must begin with a lower-case letter"},
		{"Cache()", []string{"get() int", "get(a int) int"}, "get: two methods have the same name"},
		{"Cache()", []string{"getUrl() int", "getURL() int"}, "getURL: two methods have the same name in some language"},
		{"Cache()", []string{"cache() int"}, "cache: two methods have the same name in some language"},
		{"Cache()", []string{"toString() string"}, "toString: this name is a word of"},
		{"Solution()", []string{"get() int"}, "Solution: this name is a word of"},
		{"DocketMain()", []string{"get() int"}, "DocketMain: this name is a word of"},
		{"HashMap()", []string{"get() int"}, "HashMap: this name is a word of"},
		{"Cache()", []string{"use(data token)"}, "use: it takes a token, but no method returns one"},
		{"Cache()", []string{"run(job task<int>) int"}, "run: task<int> is for functions"},
		{"Cache(end deadline)", []string{"get() int"}, "Cache: deadline is for functions"},
	} {
		if s, err := signature.ParseClass(c.constructor, c.methods); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s %v: %+v, %v; want %s", c.constructor, c.methods, s, err, c.want)
		}
	}
}
