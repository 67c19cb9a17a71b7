package checker

import (
	"fmt"
	"math"
	"strconv"

	"github.com/docketjudge/docket/judge"
)

// rules are what the flags say.
type rules struct {
	exact    bool
	cased    bool
	spaced   bool
	floats   bool
	absolute float64 // -1 when it is not set
	relative float64
}

// New makes a checker from the flags of a default output validator. Its
// error names the flag at fault.
func New(flags []string) (judge.Checker, error) {
	r := rules{absolute: -1, relative: -1}
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
			eps, ok := parseFloat([]byte(flags[i]))
			if !ok || eps < 0 || math.IsInf(eps, 0) {
				return nil, fmt.Errorf("checker flag %s: %s is not a number that is zero or more", name, quote([]byte(flags[i])))
			}
			abs, rel := name != "float_relative_tolerance", name != "float_absolute_tolerance"
			if abs && r.absolute >= 0 || rel && r.relative >= 0 || both {
				return nil, fmt.Errorf("checker flag %s sets a tolerance that was set already", name)
			}
			both = abs && rel
			if abs {
				r.absolute = eps
			}
			if rel {
				r.relative = eps
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

// parseFloat reads a number as the format writes it: decimal, with an
// optional sign and exponent. Hexadecimal numbers, underscores, inf and nan
// are no numbers here.
func parseFloat(b []byte) (float64, bool) {
	i := 0
	if i < len(b) && (b[i] == '+' || b[i] == '-') {
		i++
	}
	n := 0
	for ; i < len(b) && isDigit(b[i]); i++ {
		n++
	}
	if i < len(b) && b[i] == '.' {
		for i++; i < len(b) && isDigit(b[i]); i++ {
			n++
		}
	}
	if n == 0 {
		return 0, false
	}
	if i < len(b) && (b[i] == 'e' || b[i] == 'E') {
		if i++; i < len(b) && (b[i] == '+' || b[i] == '-') {
			i++
		}
		start := i
		for i < len(b) && isDigit(b[i]) {
			i++
		}
		if i == start {
			return 0, false
		}
	}
	if i < len(b) {
		return 0, false
	}
	// A number beyond the range of a double is infinite, and still a number.
	f, _ := strconv.ParseFloat(string(b), 64)
	return f, true
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// near reports whether a number is within the tolerances of the answer.
func (r rules) near(got, want float64) bool {
	if got == want {
		return true
	}
	d := math.Abs(got - want)
	if math.IsInf(d, 0) || math.IsNaN(d) {
		return false
	}
	return d <= r.absolute || r.relative >= 0 && d <= r.relative*math.Abs(want)
}
