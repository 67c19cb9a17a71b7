package mutate

import (
	"slices"
	"strings"
)

// javaEdits lists the changes of a Java file. It works on tokens and guesses
// where the grammar would know; a wrong guess does not compile, or is a
// change that is not made.
func javaEdits(text string) []edit {
	j := &javaFile{text: text, tokens: javaTokens(text)}
	j.match()
	j.mark()
	for i, t := range j.tokens {
		if t.generic || j.skip[i] {
			continue
		}
		j.token(i, t)
	}
	j.conditions()
	j.statements()
	return j.edits
}

type javaFile struct {
	text   string
	tokens []javaToken
	edits  []edit
	pair   []int // of every bracket, the place of its partner, or -1
	skip   []bool
	uses   []use
}

// is reports whether the token at i has one of the texts.
func (j *javaFile) is(i int, texts ...string) bool {
	return i >= 0 && i < len(j.tokens) && slices.Contains(texts, j.tokens[i].text)
}

func (j *javaFile) word(i int) bool {
	return i >= 0 && i < len(j.tokens) && j.tokens[i].kind == javaWord && !javaKeywords[j.tokens[i].text]
}

// between is the text of the tokens from one to another, both included.
func (j *javaFile) between(from, to int) string {
	return j.text[j.tokens[from].start:j.tokens[to].end]
}

func (j *javaFile) replace(from, to int, text string, op Operator) {
	j.edits = append(j.edits, edit{j.tokens[from].start, j.tokens[to].end, text, op})
}

// match finds the partners of brackets.
func (j *javaFile) match() {
	j.pair = make([]int, len(j.tokens))
	var open []int
	for i := range j.pair {
		j.pair[i] = -1
		switch j.tokens[i].text {
		case "(", "[", "{":
			open = append(open, i)
		case ")", "]", "}":
			if n := len(open); n > 0 {
				j.pair[i], j.pair[open[n-1]] = open[n-1], i
				open = open[:n-1]
			}
		}
	}
}

// capacities are the types whose constructors take the room that they begin
// with.
var capacities = []string{
	"ArrayList", "ArrayDeque", "HashMap", "HashSet", "LinkedHashMap", "LinkedHashSet", "StringBuilder", "StringBuffer",
	"PriorityQueue", "ByteArrayOutputStream", "ConcurrentHashMap", "Vector", "IdentityHashMap",
	"BufferedReader", "BufferedWriter", "BufferedInputStream", "BufferedOutputStream",
}

// mark finds the places where nothing is changed and those of lengths.
func (j *javaFile) mark() {
	j.skip = make([]bool, len(j.tokens))
	j.uses = make([]use, len(j.tokens))
	for i := range j.tokens {
		switch {
		case j.is(i, "import", "package"):
			j.forget(i, j.until(i, ";"))
		case j.is(i, "@") && !j.is(i+1, "interface"):
			if end := i + 2; j.is(end, "(") && j.pair[end] > 0 {
				j.forget(i, j.pair[end])
			}
		case j.is(i, "throw"):
			j.forget(i, j.until(i, ";")) // the words of a message
		case j.is(i, "new"):
			j.creation(i)
		case j.is(i, "ensureCapacity", "trimToSize") && j.is(i+1, "(") && j.pair[i+1] > 0:
			j.forget(i+1, j.pair[i+1])
		}
	}
}

func (j *javaFile) forget(from, to int) {
	for i := from; i <= to; i++ {
		j.skip[i] = true
	}
}

// until is the place of the next token of that text, or the last.
func (j *javaFile) until(i int, text string) int {
	for i < len(j.tokens)-1 && j.tokens[i].text != text {
		i++
	}
	return i
}

// creation marks the lengths and capacities of a new object, whose keyword is
// at i.
func (j *javaFile) creation(i int) {
	typ := ""
	for i++; i < len(j.tokens) && (j.tokens[i].kind == javaWord || j.tokens[i].generic || j.is(i, ".")); i++ {
		if !j.tokens[i].generic {
			typ = j.tokens[i].text
		}
	}
	for ; j.is(i, "[") && j.pair[i] > 0; i = j.pair[i] + 1 {
		for k := i; k < j.pair[i]; k++ {
			j.uses[k] = length
		}
	}
	if j.is(i, "(") && j.pair[i] > 0 && slices.Contains(capacities, typ) {
		args := j.arguments(i)
		// The buffer of a stream comes after the stream.
		first := 0
		if strings.HasPrefix(typ, "Buffered") {
			first = 1
		}
		for k, a := range args {
			// A lone comparison, as of a queue, has no arithmetic in it, and
			// one with a body has more to say than a capacity.
			if k >= first && k < 2 && !strings.Contains(j.between(a[0], a[1]), "->") {
				j.forget(a[0], a[1])
			}
		}
	}
}

// arguments are the first and last tokens of what is between the brackets
// that open at i.
func (j *javaFile) arguments(i int) [][2]int {
	var out [][2]int
	end := j.pair[i]
	from := i + 1
	for k := from; k <= end; k++ {
		if k == end || j.is(k, ",") && !j.tokens[k].generic {
			if k > from {
				out = append(out, [2]int{from, k - 1})
			}
			from = k + 1
		} else if j.pair[k] > k {
			k = j.pair[k]
		}
	}
	return out
}

// token makes the changes of one token by itself.
func (j *javaFile) token(i int, t javaToken) {
	switch {
	case t.kind == javaNumber:
		for _, other := range lengths(wiggle(t.text), j.uses[i]) {
			j.replace(i, i, other, Constant)
		}
	case t.kind == javaWord && opposite(t.text) != "":
		j.replace(i, i, opposite(t.text), Constant)
	case t.text == "break" || t.text == "continue":
		other := map[string]string{"break": "continue", "continue": "break"}[t.text]
		j.replace(i, i, other, Jump)
	case t.text == "!":
		j.replace(i, i, "", Negation)
	case t.text == "-" && !j.operandBefore(i):
		j.replace(i, i, "", Negation)
	case t.kind == javaOperator && (!binary(t.text) || j.operandBefore(i)):
		for _, c := range changes[t.text] {
			if j.uses[i] != length || !grows(t.text) {
				j.replace(i, i, c.to, c.kind)
			}
		}
	}
}

// operandBefore reports whether an operator at i has a left operand.
func (j *javaFile) operandBefore(i int) bool {
	if i == 0 {
		return false
	}
	before := j.tokens[i-1]
	switch {
	case before.kind == javaNumber || before.kind == javaText:
		return true
	case before.kind == javaWord:
		return !javaKeywords[before.text] || slices.Contains([]string{"this", "class", "true", "false", "null"}, before.text)
	case before.text == ")":
		return !j.isCast(i - 1)
	}
	return before.text == "]" || before.text == "++" || before.text == "--"
}

// isCast reports whether the bracket that closes at i is that of a cast to a
// number.
func (j *javaFile) isCast(i int) bool {
	return j.pair[i] == i-2 && slices.Contains([]string{"int", "long", "double", "float", "short", "byte", "char"}, j.tokens[i-1].text)
}

// conditions negates what is neither a comparison nor made of other
// conditions: between the brackets of if and while, between the semicolons of
// for, beside logical operators and before question marks.
func (j *javaFile) conditions() {
	for i, t := range j.tokens {
		if t.generic || j.skip[i] {
			continue
		}
		switch {
		case j.is(i, "if", "while") && j.is(i+1, "(") && j.pair[i+1] > 0:
			j.negate(i+2, j.pair[i+1]-1)
		case j.is(i, "for") && j.is(i+1, "(") && j.pair[i+1] > 0:
			first := j.end(i+2, j.pair[i+1], ";")
			if second := j.end(first+1, j.pair[i+1], ";"); j.is(second, ";") {
				j.negate(first+1, second-1)
			}
		case t.text == "&&" || t.text == "||":
			j.negate(j.operandStart(i), i-1)
			j.negate(i+1, j.operandEnd(i))
		case t.text == "?":
			j.negate(j.operandStart(i), i-1)
		}
	}
}

// end is the place of the first token of that text from i on, before limit
// and outside of brackets, or limit.
func (j *javaFile) end(i, limit int, texts ...string) int {
	for ; i < limit; i++ {
		if j.is(i, texts...) && !j.tokens[i].generic {
			return i
		}
		if j.pair[i] > i {
			i = j.pair[i]
		}
	}
	return limit
}

var operandEnds = []string{"(", ")", "[", "]", "{", "}", ",", ";", "&&", "||", "=", "?", ":", "->", "return", "&=", "|=", "^="}

func (j *javaFile) operandStart(i int) int {
	for i--; i >= 0; i-- {
		if p := j.pair[i]; p >= 0 && p < i {
			i = p
		} else if j.is(i, operandEnds...) && !j.tokens[i].generic {
			return i + 1
		}
	}
	return 0
}

func (j *javaFile) operandEnd(i int) int {
	for i++; i < len(j.tokens); i++ {
		if j.pair[i] > i {
			i = j.pair[i]
		} else if j.is(i, operandEnds...) && !j.tokens[i].generic {
			return i - 1
		}
	}
	return len(j.tokens) - 1
}

// negate negates the condition of the tokens from one to another.
func (j *javaFile) negate(from, to int) {
	if from > to || j.is(from, "!") || j.is(from, "true", "false") {
		return
	}
	if j.is(from, "(") && j.pair[from] == to {
		j.negate(from+1, to-1)
		return
	}
	for i := from; i <= to; i++ {
		t := j.tokens[i]
		if !t.generic && (isComparison(t.text) || slices.Contains(operandEnds, t.text) && t.text != "(" && t.text != ")" &&
			t.text != "[" && t.text != "]" && t.text != "{" && t.text != "}") {
			return
		}
		if j.pair[i] > i {
			i = j.pair[i]
		}
	}
	j.replace(from, to, "!("+j.between(from, to)+")", Negation)
}

var javaKeywords = wordSet(`abstract assert boolean break byte case catch char class const continue default do double
	else enum extends final finally float for goto if implements import instanceof int interface long native new package
	private protected public return short static strictfp super switch synchronized this throw throws transient try void
	volatile while true false null`)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}
