package mutate

import "slices"

// statements takes out those that only do something and changes what return
// statements hand back.
func (j *javaFile) statements() {
	for i := range j.tokens {
		if j.skip[i] || !j.begins(i) {
			continue
		}
		end := j.statementEnd(i)
		if end == 0 {
			continue
		}
		switch {
		case j.is(i, "return") && end > i+1:
			if other := j.other(i, i+1, end-1); other != "" {
				j.replace(i+1, end-1, other, Result)
			}
		case j.is(i, "return"), j.does(i, end):
			// The semicolon stays as an empty statement, for a body that is
			// nothing but this.
			j.replace(i, end, hollow(j.between(i, end))+";", Statement)
		}
	}
}

// begins reports whether a statement begins at i.
func (j *javaFile) begins(i int) bool {
	if i == 0 || j.tokens[i].generic {
		return false
	}
	switch before := j.tokens[i-1]; before.text {
	case "{", "}", ";", "else", "do":
		return !j.inFor(i)
	case "->":
		return j.caseArrow(i - 1)
	case ":":
		return j.caseColon(i - 1)
	case ")":
		open := j.pair[i-1]
		return open > 0 && j.is(open-1, "if", "while", "for")
	}
	return false
}

// inFor reports whether the semicolon before i is one of a for statement's
// own.
func (j *javaFile) inFor(i int) bool {
	if !j.is(i-1, ";") {
		return false
	}
	for k := i - 1; k >= 0; k-- {
		switch p := j.pair[k]; {
		case p >= 0 && p < k:
			k = p
		case j.is(k, "(") && p > k:
			return j.is(k-1, "for", "try")
		case j.is(k, "{"):
			return false
		}
	}
	return false
}

// caseArrow reports whether an arrow is that of a switch rather than of a
// lambda.
func (j *javaFile) caseArrow(i int) bool { return j.afterCase(i, "->") }

// caseColon reports whether a colon ends a case or a label rather than being
// that of a condition.
func (j *javaFile) caseColon(i int) bool {
	return j.afterCase(i, ":") || j.word(i-1) && j.is(i-2, "{", "}", ";")
}

// afterCase reports whether what precedes i, back to the statement before, is
// a case.
func (j *javaFile) afterCase(i int, sign string) bool {
	for k := i - 1; k >= 0; k-- {
		switch p := j.pair[k]; {
		case j.is(k, "case", "default"):
			return true
		case j.is(k, "{", "}", ";", "?", sign):
			return false
		case p >= 0 && p < k:
			k = p
		case p > k:
			return false // an opening bracket: this is inside an expression
		}
	}
	return false
}

// statementEnd is the place of the semicolon of the statement that begins at
// i, or 0 when it has none of its own, as a block has not.
func (j *javaFile) statementEnd(i int) int {
	expression := false // a brace from here on belongs to an expression
	for k := i; k < len(j.tokens); k++ {
		switch {
		case j.is(k, ";"):
			return k
		case j.is(k, "}", ")", "]"):
			return 0
		case j.is(k, "{") && !expression:
			return 0
		}
		expression = expression || j.is(k, "=", "new", "return")
		if p := j.pair[k]; p > k {
			k = p
		}
	}
	return 0
}

// notDone are the words that begin statements which are more than something
// done, or whose absence does not compile.
var notDone = wordSet(`return throw if for while do switch try else case default import package class enum interface
	record assert yield break continue synchronized public private protected static final abstract native transient
	volatile strictfp sealed void int long double float short byte char boolean var super new`)

// does reports whether the statement from i to its semicolon is an
// assignment, a call or a step.
func (j *javaFile) does(i, end int) bool {
	first := j.tokens[i]
	switch {
	case first.text == "++" || first.text == "--":
		return true
	case first.kind != javaWord && first.text != "(", notDone[first.text]:
		return false
	case first.text == "this" && j.is(i+1, "("):
		return false // another constructor
	}
	// A declaration has a type and then a name.
	for k := i + 1; k < end; k++ {
		if j.is(k, "=") && !j.tokens[k].generic {
			return true
		}
		before := j.tokens[k-1]
		if j.tokens[k].kind == javaWord && !j.tokens[k].generic && !j.is(k, "instanceof") &&
			(before.kind == javaWord || before.text == "]" || before.text == ">" && before.generic && !j.is(k-1, ".")) &&
			!j.explicit(k) {
			return false
		}
		if changes[j.tokens[k].text] != nil && !binary(j.tokens[k].text) && !j.tokens[k].generic {
			return true
		}
		if p := j.pair[k]; p > k {
			k = p
		}
	}
	return j.is(end-1, ")")
}

// explicit reports whether the name at i follows a method's type arguments,
// as in Stream.<String>of.
func (j *javaFile) explicit(i int) bool {
	for k := i - 1; k >= 0 && j.tokens[k].generic; k-- {
		if j.is(k-1, ".") && !j.tokens[k-1].generic {
			return true
		}
	}
	return false
}

// other is an expression that differs from that of the tokens from one to
// another, which the return at i hands back, or "".
func (j *javaFile) other(i, from, to int) string {
	text := j.between(from, to)
	if from == to && (j.tokens[from].kind == javaNumber || j.is(from, "true", "false", "null")) || text == `""` ||
		to == from+1 && j.is(from, "-") && j.tokens[to].kind == javaNumber {
		return ""
	}
	typ, ok := j.resultType(i)
	if !ok {
		return ""
	}
	switch typ {
	case "int", "long", "double", "float", "short", "byte", "char":
		return "(" + text + ") + 1"
	case "boolean":
		if j.decides(from, to) {
			return ""
		}
		return "!(" + text + ")"
	}
	return "null"
}

// decides reports whether an expression is a comparison, a negation or made
// of conditions, all of which have changes of their own.
func (j *javaFile) decides(from, to int) bool {
	if j.is(from, "!") {
		return true
	}
	for i := from; i <= to; i++ {
		if t := j.tokens[i]; !t.generic && (isComparison(t.text) || t.text == "&&" || t.text == "||") {
			return true
		}
		if j.pair[i] > i {
			i = j.pair[i]
		}
	}
	return false
}

// resultType is the type of the innermost method around i, or "" for one
// that is not a number or truth value. It returns false inside a lambda.
func (j *javaFile) resultType(i int) (string, bool) {
	for k := i; k > 0; k-- {
		if p := j.pair[k]; p >= 0 && p < k {
			k = p
			continue
		}
		if !j.is(k, "{") {
			continue
		}
		if j.is(k-1, "->") && !j.caseArrow(k-1) {
			return "", false
		}
		if typ, ok := j.methodType(k); ok {
			return typ, true
		}
	}
	return "", false
}

// methodType is the result type of the method whose body opens at i. It
// returns false when the brace opens something else.
func (j *javaFile) methodType(i int) (string, bool) {
	k := i - 1
	for j.word(k) || j.is(k, ",", ".", "throws") { // the exceptions
		k--
	}
	if !j.is(k, ")") || j.pair[k] < 2 {
		return "", false
	}
	name := j.pair[k] - 1
	typ := j.tokens[name-1]
	switch {
	case !j.word(name):
		return "", false
	case typ.generic, typ.text == "]":
		return "", true
	case j.word(name - 1):
		return "", true
	case typ.kind == javaWord && slices.Contains([]string{"int", "long", "double", "float", "short", "byte", "char", "boolean"}, typ.text):
		return typ.text, true
	}
	return "", false // the class of new, a constructor, or void
}
