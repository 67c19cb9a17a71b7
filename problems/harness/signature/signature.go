package signature

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// MaxInstances bounds how often a case of a signature with tokens constructs,
// since each instance is a process.
const MaxInstances = 8

// Signature is what a solution must have: a function, or a class.
type Signature struct {
	Class bool
	// Calls are the function alone, or the constructor, which bears the class's
	// name, and the methods.
	Calls []Call
}

// Call is a function, a constructor or a method.
type Call struct {
	Name   string
	Params []Param
	Result *Type // nil when it returns nothing
}

// Param is a parameter of a call.
type Param struct {
	Name string
	Type Type
}

var (
	callForm  = regexp.MustCompile(`^\s*([A-Za-z][A-Za-z0-9]*)\s*\(([^()]*)\)\s*(\S*)\s*$`)
	camelForm = regexp.MustCompile(`^[a-z][A-Za-z0-9]*$`)
	classForm = regexp.MustCompile(`^[A-Z][A-Za-z0-9]*$`)
)

// ParseFunction reads the signature of a function problem.
func ParseFunction(text string) (*Signature, error) {
	c, err := parseCall(text)
	if err != nil {
		return nil, err
	}
	if !camelForm.MatchString(c.Name) {
		return nil, fmt.Errorf("function %s: its name must begin with a lower-case letter", c.Name)
	}
	if c.Result == nil {
		return nil, fmt.Errorf("function %s: it must return something", c.Name)
	}
	s := &Signature{Calls: []Call{c}}
	return s, s.check()
}

// ParseClass reads the signature of a class problem: the constructor, which
// bears the class's name, and the methods.
func ParseClass(constructor string, methods []string) (*Signature, error) {
	c, err := parseCall(constructor)
	if err != nil {
		return nil, err
	}
	switch {
	case !classForm.MatchString(c.Name):
		return nil, fmt.Errorf("class %s: its name must begin with an upper-case letter", c.Name)
	case c.Result != nil:
		return nil, fmt.Errorf("class %s: a constructor has no result type", c.Name)
	case len(methods) == 0:
		return nil, fmt.Errorf("class %s: it has no methods", c.Name)
	}
	s := &Signature{Class: true, Calls: []Call{c}}
	for _, text := range methods {
		m, err := parseCall(text)
		if err != nil {
			return nil, err
		}
		if !camelForm.MatchString(m.Name) {
			return nil, fmt.Errorf("method %s: its name must begin with a lower-case letter", m.Name)
		}
		s.Calls = append(s.Calls, m)
	}
	return s, s.check()
}

func parseCall(text string) (Call, error) {
	m := callForm.FindStringSubmatch(text)
	if m == nil {
		return Call{}, fmt.Errorf("%q is not of the form name(parameter type, ...) type", text)
	}
	c := Call{Name: m[1]}
	if strings.TrimSpace(m[2]) != "" {
		for _, p := range strings.Split(m[2], ",") {
			words := strings.Fields(p)
			if len(words) != 2 {
				return c, fmt.Errorf("%s: parameter %q is not of the form name type", c.Name, strings.TrimSpace(p))
			}
			t, err := ParseType(words[1])
			if err != nil {
				return c, fmt.Errorf("%s: parameter %s: %w", c.Name, words[0], err)
			}
			if !camelForm.MatchString(words[0]) {
				return c, fmt.Errorf("%s: parameter %s: its name must be letters and digits, the first a lower-case letter", c.Name, words[0])
			}
			c.Params = append(c.Params, Param{Name: words[0], Type: t})
		}
	}
	if m[3] != "" {
		t, err := ParseType(m[3])
		if err != nil {
			return c, fmt.Errorf("%s: result: %w", c.Name, err)
		}
		c.Result = &t
	}
	return c, nil
}

// check refuses what no language, or not all of them, could have.
func (s *Signature) check() error {
	seen := map[string]bool{}
	tokens := 0
	for _, c := range s.Calls {
		if seen[Snake(c.Name)] {
			return fmt.Errorf("%s: two methods have the same name in some language", c.Name)
		}
		seen[Snake(c.Name)] = true
		if Reserved(c.Name) || Reserved(Snake(c.Name)) {
			return fmt.Errorf("%s: this name is a word of Go, Java or Python, or one of the driver's own", c.Name)
		}
		params := map[string]bool{}
		for _, p := range c.Params {
			if Reserved(p.Name) || Reserved(Snake(p.Name)) {
				return fmt.Errorf("%s: parameter %s is a word of Go, Java or Python", c.Name, p.Name)
			}
			if p.Name == "ctx" && s.Concurrent() {
				return fmt.Errorf("%s: parameter ctx: so is the context named that solutions in Go are given", c.Name)
			}
			if params[Snake(p.Name)] {
				return fmt.Errorf("%s: two parameters are named %s", c.Name, p.Name)
			}
			params[Snake(p.Name)] = true
			if p.Type.Kind != Token && p.Type.Has(Token) {
				return fmt.Errorf("%s: parameter %s: a token cannot be part of another type", c.Name, p.Name)
			}
		}
		if c.Result != nil && c.Result.Kind == Token {
			tokens++
		} else if c.Result != nil && c.Result.Has(Token) {
			return fmt.Errorf("%s: a token cannot be part of another type", c.Name)
		}
	}
	if err := s.checkCallables(); err != nil {
		return err
	}
	for _, c := range s.Calls {
		if slices.ContainsFunc(c.Params, func(p Param) bool { return p.Type.Kind == Token }) && tokens == 0 {
			return fmt.Errorf("%s: it takes a token, but no method returns one", c.Name)
		}
	}
	return nil
}

// checkCallables holds callables to where drivers have them: a parameter of a
// function, or an array of tasks.
func (s *Signature) checkCallables() error {
	deadlines := 0
	for _, c := range s.Calls {
		for _, t := range resultAndParams(c) {
			inner := t
			if t.Kind == Array {
				inner = *t.Elem
			}
			if inner.Kind == Fetch && t.Kind == Array {
				return fmt.Errorf("%s: only tasks can be in an array", c.Name)
			}
			if inner.callable() && s.Class {
				return fmt.Errorf("%s: %s is for functions", c.Name, t)
			}
			if inner.Kind == Deadline {
				deadlines++
			}
			if t.Kind == Deadline {
				continue
			}
			if inner.callable() && inner.Elem != nil {
				inner = *inner.Elem
			}
			if inner.HasCallable() {
				return fmt.Errorf("%s: %s has a callable inside of another type", c.Name, t)
			}
		}
		if c.Result != nil && c.Result.HasCallable() {
			return fmt.Errorf("%s: %s cannot be a result", c.Name, c.Result)
		}
	}
	if deadlines > 1 {
		return errors.New("there are two deadlines")
	}
	if deadlines > 0 && !s.Concurrent() {
		return errors.New("a deadline is for functions that are given a task or a fetch")
	}
	return nil
}

func resultAndParams(c Call) []Type {
	var out []Type
	for _, p := range c.Params {
		out = append(out, p.Type)
	}
	if c.Result != nil {
		out = append(out, *c.Result)
	}
	return out
}

// Concurrent reports whether the driver supplies callables.
func (s *Signature) Concurrent() bool { return s.Uses(Task) || s.Uses(Fetch) }

// Call finds a call by the name that tests use.
func (s *Signature) Call(name string) *Call {
	for i := range s.Calls {
		if s.Calls[i].Name == name {
			return &s.Calls[i]
		}
	}
	return nil
}

// Types lists every type that occurs, inner ones first and each once.
func (s *Signature) Types() []Type {
	var out []Type
	var add func(t Type)
	add = func(t Type) {
		if t.Elem != nil {
			add(*t.Elem)
		}
		if !slices.ContainsFunc(out, func(o Type) bool { return o.String() == t.String() }) {
			out = append(out, t)
		}
	}
	for _, c := range s.Calls {
		for _, p := range c.Params {
			add(p.Type)
		}
		if c.Result != nil {
			add(*c.Result)
		}
	}
	return out
}

// Uses reports whether a kind of type occurs anywhere.
func (s *Signature) Uses(k Kind) bool {
	return slices.ContainsFunc(s.Types(), func(t Type) bool { return t.Kind == k })
}
