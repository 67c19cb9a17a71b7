package main

import (
	"strings"

	"github.com/alecthomas/kong"
)

// variables maps each flag to the environment variables that stand for it:
// DOCKET_ and the flag's name, or what its env tag says. Kong would read them
// from the process itself; here they are read from the process that run was
// given. An empty variable counts as unset.
type variables map[*kong.Value][]string

// take moves the names of the variables out of kong's hands.
func (v variables) take(k *kong.Kong) error {
	return kong.Visit(k.Model, func(node kong.Visitable, next kong.Next) error {
		if flag, ok := node.(*kong.Flag); ok && flag.Name != "help" {
			v[flag.Value] = flag.Tag.Envs
			flag.Envs, flag.Tag.Envs = nil, nil
		} else if ok {
			flag.Envs, flag.Tag.Envs = nil, nil
		}
		return next(nil)
	})
}

func (v variables) resolver(lookup func(string) (string, bool)) kong.Resolver {
	return kong.ResolverFunc(func(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
		for _, name := range v[flag.Value] {
			if value, set := lookup(name); set && value != "" {
				return value, nil
			}
		}
		return nil, nil
	})
}

// help adds the names of its variables to the help of a flag.
func (v variables) help(value *kong.Value) string {
	names := v[value]
	if len(names) == 0 {
		return value.Help
	}
	return strings.TrimSuffix(value.Help, ".") + " ($" + strings.Join(names, ", $") + ")."
}
