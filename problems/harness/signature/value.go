package signature

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/docketjudge/docket/problems/harness/jsonline"
)

// Case reports how a case does not fit the signature.
func (s *Signature) Case(text []byte) error {
	if !utf8.Valid(text) {
		return fmt.Errorf("not UTF-8 text")
	}
	if jsonline.HalfPair(text) {
		return fmt.Errorf("a string has half of a surrogate pair")
	}
	v, err := jsonline.Parse(text)
	if err != nil {
		return err
	}
	list, ok := v.([]any)
	if !ok {
		return fmt.Errorf("must be an array, like %s", s.example())
	}
	if !s.Class {
		return arguments(&s.Calls[0], list, nil)
	}
	if len(list) == 0 {
		return fmt.Errorf("there are no calls; it must be like %s", s.example())
	}
	made := make([]bool, len(list)) // calls that returned a token
	instances := 0
	for i, one := range list {
		call, ok := one.([]any)
		if !ok || len(call) == 0 {
			return fmt.Errorf("call %d must be an array that begins with a name", i+1)
		}
		name, ok := call[0].(string)
		c := s.Call(name)
		if !ok || c == nil {
			return fmt.Errorf("call %d: there is no %s; the calls are %s", i+1, jsonline.Short(call[0]), s.callNames())
		}
		if i == 0 && name != s.Calls[0].Name {
			return fmt.Errorf("the first call must be %s, which constructs", s.Calls[0].Name)
		}
		if name == s.Calls[0].Name {
			instances++
		}
		if instances > MaxInstances && s.Uses(Token) {
			return fmt.Errorf("call %d: a case makes at most %d instances, each of which is a process", i+1, MaxInstances)
		}
		if err := arguments(c, call[1:], made[:i]); err != nil {
			return fmt.Errorf("call %d: %w", i+1, err)
		}
		made[i] = c.Result != nil && c.Result.Kind == Token
	}
	return nil
}

// example is what a case looks like.
func (s *Signature) example() string {
	var one = func(c *Call, named bool) string {
		var parts []string
		if named {
			parts = append(parts, strconv.Quote(c.Name))
		}
		for _, p := range c.Params {
			parts = append(parts, p.Name)
		}
		return "[" + strings.Join(parts, ",") + "]"
	}
	if !s.Class {
		return one(&s.Calls[0], false)
	}
	return "[" + one(&s.Calls[0], true) + "," + one(&s.Calls[1], true) + "]"
}

func (s *Signature) callNames() string {
	var names []string
	for _, c := range s.Calls {
		names = append(names, c.Name)
	}
	return strings.Join(names, ", ")
}

func arguments(c *Call, values []any, made []bool) error {
	if len(values) != len(c.Params) {
		return fmt.Errorf("%s takes %d arguments, not %d", c.Name, len(c.Params), len(values))
	}
	for i, p := range c.Params {
		if p.Type.Kind == Token {
			n, ok := integer(values[i])
			if !ok || n < 0 || n >= int64(len(made)) || !made[n] {
				return fmt.Errorf("%s: %s must be the index, from 0, of an earlier call that returned a token", c.Name, p.Name)
			}
			continue
		}
		if why := p.Type.misfit(values[i]); why != "" {
			return fmt.Errorf("%s: %s: %s", c.Name, p.Name, why)
		}
	}
	return nil
}

func integer(v any) (int64, bool) {
	n, ok := v.(json.Number)
	if !ok {
		return 0, false
	}
	i, err := strconv.ParseInt(string(n), 10, 64)
	return i, err == nil
}

// misfit says how a value is not of the type, or is empty.
func (t Type) misfit(v any) string {
	bad := func() string { return fmt.Sprintf("%s is no %s", jsonline.Short(v), t) }
	switch t.Kind {
	case Int, Long:
		n, ok := integer(v)
		if !ok || t.Kind == Int && (n < math.MinInt32 || n > math.MaxInt32) {
			return bad()
		}
	case Double:
		n, ok := v.(json.Number)
		if !ok {
			return bad()
		}
		if _, err := n.Float64(); err != nil {
			return bad()
		}
	case Bool:
		if _, ok := v.(bool); !ok {
			return bad()
		}
	case String, Token:
		if _, ok := v.(string); !ok {
			return bad()
		}
	case Optional:
		if v != nil {
			return t.Elem.misfit(v)
		}
	case Array:
		list, ok := v.([]any)
		if !ok {
			return bad()
		}
		for i, one := range list {
			if why := t.Elem.misfit(one); why != "" {
				return fmt.Sprintf("element %d: %s", i, why)
			}
		}
	case Map:
		m, ok := v.(map[string]any)
		if !ok {
			return bad()
		}
		for key, one := range m {
			if why := t.Elem.misfit(one); why != "" {
				return fmt.Sprintf("key %q: %s", key, why)
			}
		}
	case Task:
		return t.taskMisfit(v)
	case Fetch:
		m, ok := v.(map[string]any)
		if !ok {
			return jsonline.Short(v) + " is no fetch: that is an object from arguments to tasks"
		}
		for key, one := range m {
			if why := t.taskMisfit(one); why != "" {
				return fmt.Sprintf("argument %q: %s", key, why)
			}
		}
	case Deadline:
		if n, ok := integer(v); !ok || n <= 0 || n > MaxMillis {
			return jsonline.Short(v) + " is no deadline: that is a number of milliseconds"
		}
	case ListNode:
		return Type{Kind: Array, Elem: &Type{Kind: Int}}.misfit(v)
	case TreeNode:
		return treeMisfit(v)
	}
	return ""
}

// MaxMillis bounds moments of virtual time, in milliseconds.
const MaxMillis = 1 << 40

// taskMisfit checks what becomes of a call: after ms, or never where that is
// null, it gives a value or fails with an error.
func (t Type) taskMisfit(v any) string {
	const form = `a task is {"ms": 20, "value": ...} or {"ms": 20, "error": "..."}`
	m, ok := v.(map[string]any)
	if !ok || len(m) != 2 {
		return jsonline.Short(v) + " is no task: " + form
	}
	ms, ok := m["ms"]
	if n, isInt := integer(ms); !ok || ms != nil && (!isInt || n < 0 || n > MaxMillis) {
		return jsonline.Short(v) + " is no task: " + form
	}
	if value, ok := m["value"]; ok {
		return t.Elem.misfit(value)
	}
	if _, ok := m["error"].(string); !ok {
		return jsonline.Short(v) + " is no task: " + form
	}
	return ""
}

// treeMisfit checks a level order: no null stands where no node could, and
// none at the end.
func treeMisfit(v any) string {
	list, ok := v.([]any)
	if !ok {
		return jsonline.Short(v) + " is no tree_node: that is the array of its level order"
	}
	places := 1
	for i, one := range list {
		if places == 0 {
			return fmt.Sprintf("element %d: no node of the level above has a place for it", i)
		}
		places--
		if one == nil {
			continue
		}
		if why := (Type{Kind: Int}).misfit(one); why != "" {
			return fmt.Sprintf("element %d: %s", i, why)
		}
		places += 2
	}
	if len(list) > 0 && (list[len(list)-1] == nil || list[0] == nil) {
		return "the level order of a tree neither begins nor ends with null"
	}
	return ""
}
