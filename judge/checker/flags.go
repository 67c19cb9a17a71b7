package checker

import (
	"fmt"
	"math"

	"github.com/docketjudge/docket/judge"
)

// rules are what the flags say.
type rules struct {
	exact  bool
	cased  bool
	spaced bool
	floats bool
	within judge.Tolerance // of floats
}

// New makes a checker from the flags of a default output validator. Its
// error names the flag at fault.
func New(flags []string) (judge.Checker, error) {
	var r rules
	both := false
	for i := 0; i < len(flags); i++ {
		switch name := flags[i]; name {
		case "exact":
			r.exact = true
		case "case_sensitive":
			r.cased = true
		case "space_change_sensitive":
			r.spaced = true
		case "float_absolute_tolerance", "float_relative_tolerance", "float_tolerance":
			if i+1 == len(flags) {
				return nil, fmt.Errorf("checker flag %s needs a number", name)
			}
			i++
			eps, ok := judge.ParseNumber([]byte(flags[i]))
			if !ok || len(flags[i]) > maxNumber || eps.Negative() || math.IsInf(eps.Float(), 0) {
				return nil, fmt.Errorf("checker flag %s: %s is not a number that is zero or more", name, quote([]byte(flags[i])))
			}
			abs, rel := name != "float_relative_tolerance", name != "float_absolute_tolerance"
			if abs && r.within.Absolute != nil || rel && r.within.Relative != nil || both {
				return nil, fmt.Errorf("checker flag %s sets a tolerance that was set already", name)
			}
			both = abs && rel
			if abs {
				r.within.Absolute = &eps
			}
			if rel {
				r.within.Relative = &eps
			}
			r.floats = true
		default:
			return nil, fmt.Errorf("checker flag %s is unknown", quote([]byte(name)))
		}
	}
	if r.exact && len(flags) > 1 {
		return nil, fmt.Errorf("checker flag exact leaves no room for others")
	}
	return r, nil
}
