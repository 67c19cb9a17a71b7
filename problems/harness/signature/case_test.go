package signature_test

import (
	"strings"
	"testing"

	"github.com/docketjudge/docket/problems/harness/signature/signaturetest"
)

func TestCasesOfFunctions(t *testing.T) {
	for _, c := range []struct{ kind, value, want string }{
		{"int", "2147483647", ""},
		{"int", "-2147483648", ""},
		{"int", "2147483648", "f: value: 2147483648 is no int"},
		{"int", "-2147483649", "is no int"},
		{"int", "1.0", "1.0 is no int"},
		{"int", "1e3", "1e3 is no int"},
		{"int", "true", "true is no int"},
		{"int", `"1"`, `"1" is no int`},
		{"int", "null", "null is no int"},
		{"long", "9223372036854775807", ""},
		{"long", "-9223372036854775808", ""},
		{"long", "9223372036854775808", "is no long"},
		{"double", "1", ""},
		{"double", "-1.5e-300", ""},
		{"double", "1e400", "1e400 is no double"},
		{"double", `"1"`, "is no double"},
		{"double", "false", "is no double"},
		{"bool", "true", ""},
		{"bool", "0", "0 is no bool"},
		{"string", `"\ud834\udd1e \\ud834"`, ""},
		{"string", `"\ud834"`, "a string has half of a surrogate pair"},
		{"string", `"\udd1e\ud834"`, "a string has half of a surrogate pair"},
		{"string", `"\ud834x\udd1e"`, "a string has half of a surrogate pair"},
		{"string", `"\\\ud834"`, "a string has half of a surrogate pair"},
		{"string", "\"\xff\"", "not UTF-8"},
		{"string", "\"a\nb\"", "not JSON"},
		{"string", "1", "1 is no string"},
		{"int?", "null", ""},
		{"int?", "5", ""},
		{"int?", `""`, `"" is no int`},
		{"int[]", "[]", ""},
		{"int[]", "[1,2.5]", "element 1: 2.5 is no int"},
		{"int[]", "{}", "{} is no int[]"},
		{"int[]", "[null]", "element 0: null is no int"},
		{"int[][]", "[[1],[2,null]]", "element 1: element 1: null is no int"},
		{"map<int>", `{"a":1}`, ""},
		{"map<int>", `{"a":"b"}`, `key "a": "b" is no int`},
		{"map<int>", `{"a":1,"a":1}`, `the key "a" stands twice`},
		{"map<map<int>>", `{"a":{"b":1,"c":2,"b":1}}`, `the key "b" stands twice`},
		{"map<int>", "[]", "[] is no map<int>"},
		{"list_node", "[1,2]", ""},
		{"list_node", "[]", ""},
		{"list_node", "null", "null is no int[]"},
		{"list_node", "[1,null]", "element 1: null is no int"},
		{"tree_node", "[]", ""},
		{"tree_node", "[1,null,2]", ""},
		{"tree_node", "[1,2,3,null,4]", ""},
		{"tree_node", "[1,null,2,null,null,3]", "element 5: no node of the level above has a place for it"},
		{"tree_node", "[1,null,null,2]", "element 3: no node of the level above has a place for it"},
		{"tree_node", "[1,null]", "the level order of a tree neither begins nor ends with null"},
		{"tree_node", "[null]", "the level order of a tree neither begins nor ends with null"},
		{"tree_node", "[1,2.5]", "element 1: 2.5 is no int"},
		{"tree_node", `"x"`, `"x" is no tree_node`},
		{"string", `"` + strings.Repeat("x", 1000) + ``, "not JSON"},
	} {
		sig := signaturetest.Function(t, "f(value "+c.kind+") int")
		checkCase(t, sig.Case([]byte("["+c.value+"]")), c.kind+" "+c.value, c.want)
	}
	sig := signaturetest.Function(t, "f(a int, b string) int")
	for text, want := range map[string]string{
		`[1,"x"]`:         "",
		" [ 1 , \"x\" ] ": "",
		`[1]`:             "f takes 2 arguments, not 1",
		`[1,"x",2]`:       "f takes 2 arguments, not 3",
		`{"a":1}`:         "must be an array, like [a,b]",
		`1`:               "must be an array, like [a,b]",
		``:                "not JSON",
		`[1,"x"`:          "not JSON",
		`[1,"x"] 2`:       "not one JSON value",
		`[1,"x"]]`:        "not one JSON value",
		strings.Repeat("[", 20000) + strings.Repeat("]", 20000): "not JSON",
	} {
		checkCase(t, sig.Case([]byte(text)), text, want)
	}
}

func TestCasesOfClasses(t *testing.T) {
	sig := signaturetest.Class(t, "Codec(key string)", "encode(root tree_node) token", "decode(data token) tree_node", "size() int")
	for text, want := range map[string]string{
		`[["Codec","k"]]`: "",
		`[["Codec","k"],["encode",[1]],["decode",1],["Codec","l"],["decode",1]]`: "",
		`[]`:                                         `there are no calls; it must be like [["Codec",key],["encode",root]]`,
		`[["size"]]`:                                 "the first call must be Codec, which constructs",
		`[["Codec","k"],["length"]]`:                 `call 2: there is no "length"; the calls are Codec, encode, decode, size`,
		`[["Codec","k"],[5]]`:                        "call 2: there is no 5",
		`[["Codec","k"],"size"]`:                     "call 2 must be an array that begins with a name",
		`[["Codec","k"],[]]`:                         "call 2 must be an array that begins with a name",
		`[["Codec"]]`:                                "call 1: Codec takes 1 arguments, not 0",
		`[["Codec",1]]`:                              "call 1: Codec: key: 1 is no string",
		`[["Codec","k"],["decode",0]]`:               "call 2: decode: data must be the index, from 0, of an earlier call that returned a token",
		`[["Codec","k"],["decode",1]]`:               "must be the index, from 0, of an earlier call",
		`[["Codec","k"],["decode",-1]]`:              "must be the index, from 0, of an earlier call",
		`[["Codec","k"],["decode",2],["encode",[]]]`: "call 2: decode: data must be the index, from 0, of an earlier call",
		`[["Codec","k"],["encode",[1]],["decode","text"]]`: "call 3: decode: data must be the index, from 0, of an earlier call",
		`[["Codec","k"],["size",1]]`:                       "call 2: size takes 0 arguments, not 1",
	} {
		checkCase(t, sig.Case([]byte(text)), text, want)
	}
}

func TestCasesOfConcurrency(t *testing.T) {
	sig := signaturetest.Function(t, "f(jobs task<int>[], get fetch<string>, until deadline) int")
	for text, want := range map[string]string{
		`[[{"ms":0,"value":1},{"ms":null,"error":"x"}],{"a":{"ms":5,"value":"b"}},100]`: "",
		`[[],{},1]`:                               "",
		`[[],{},0]`:                               "0 is no deadline",
		`[[],{},-5]`:                              "is no deadline",
		`[[],{},1.5]`:                             "is no deadline",
		`[[],{},1e3]`:                             "is no deadline",
		`[[],{},1099511627777]`:                   "is no deadline",
		`[[{"ms":1}],{},1]`:                       `element 0: {"ms":1} is no task`,
		`[[{"ms":-1,"value":1}],{},1]`:            "is no task",
		`[[{"ms":1,"value":"x"}],{},1]`:           `element 0: "x" is no int`,
		`[[{"ms":1,"error":2}],{},1]`:             "is no task",
		`[[{"ms":1,"value":1,"error":"x"}],{},1]`: "is no task",
		`[[{"value":1,"error":"x"}],{},1]`:        "is no task",
		`[[7],{},1]`:                              "7 is no task",
		`[[],[],1]`:                               "[] is no fetch",
		`[[],{"a":{"ms":1,"value":2}},1]`:         `argument "a": 2 is no string`,
	} {
		checkCase(t, sig.Case([]byte(text)), text, want)
	}
}

func checkCase(t *testing.T, err error, text, want string) {
	t.Helper()
	switch {
	case want == "" && err != nil:
		t.Errorf("%.80s: %v", text, err)
	case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
		t.Errorf("%.80s: %v, want %s", text, err, want)
	}
}
