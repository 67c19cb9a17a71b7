package problems

import (
	"fmt"
	"strconv"

	"github.com/docketjudge/docket/problems/harness"
	"github.com/docketjudge/docket/problems/harness/passes"
	"github.com/docketjudge/docket/problems/harness/results"
	"github.com/docketjudge/docket/problems/harness/signature"
	"github.com/docketjudge/docket/problems/harness/world"
)

const signatureFile = "signature.yaml"

// signature reads what makes a function problem: the function or the class
// that solutions are.
func (l *loader) signature() {
	root, ok := l.yaml(signatureFile, false)
	if !ok {
		return
	}
	m := root.Mapping(signatureFile, "function", "class", "methods")
	if l.legacy() || l.pkg.Interactive {
		l.refuse(signatureFile, 0, "is for pass-fail problems of the format 2025-09")
		return
	}
	var sig *signature.Signature
	var err error
	switch {
	case m.Has("function") && (m.Has("class") || m.Has("methods")):
		m.Fail("function", "there is a function and a class; a problem asks for one of them")
		return
	case m.Has("function"):
		sig, err = signature.ParseFunction(m.Text("function"))
	case m.Has("class"):
		sig, err = signature.ParseClass(m.Text("class"), m.Texts("methods"))
	default:
		l.refuse(signatureFile, 0, "names neither a function nor a class")
		return
	}
	if err != nil {
		l.refuse(signatureFile, 0, "%s", err)
		return
	}
	l.sig = sig
	l.pkg.Problem.Harness = harness.New(sig)
	if w := world.New(sig); w != nil {
		l.pkg.Problem.Interactor = w
	}
	if r := passes.New(sig); r != nil {
		l.pkg.Problem.Relay = r
	}
}

// caseChecker is the checker of a function problem. Of the flags of the
// default output validator only the tolerance has a meaning there.
func caseChecker(sig *signature.Signature, flags []string) (results.Checker, error) {
	switch {
	case len(flags) == 0:
		return results.New(sig, 0), nil
	case len(flags) == 2 && flags[0] == "float_tolerance":
		if eps, err := strconv.ParseFloat(flags[1], 64); err == nil && eps > 0 && eps < 1 {
			return results.New(sig, eps), nil
		}
	}
	return results.Checker{}, fmt.Errorf("the results of a function problem are compared by value; the only flag is float_tolerance with a number between 0 and 1")
}
