package mutate

import (
	"math/big"
	"strconv"
	"strings"
)

// change is what an operator becomes, and by which kind of mistake.
type change struct {
	to   string
	kind Operator
}

// changes are those of the operators that Go and Java share, by spelling. A
// comparison for order is not made one for inequality: at the end of a loop
// both are the same.
var changes = map[string][]change{
	"<":  {{"<=", Boundary}, {">=", Comparison}},
	"<=": {{"<", Boundary}, {">", Comparison}},
	">":  {{">=", Boundary}, {"<=", Comparison}},
	">=": {{">", Boundary}, {"<", Comparison}},
	"==": {{"!=", Comparison}},
	"!=": {{"==", Comparison}},

	"&&": {{"||", Logical}},
	"||": {{"&&", Logical}},

	"+": {{"-", Arithmetic}},
	"-": {{"+", Arithmetic}},
	"*": {{"/", Arithmetic}},
	"/": {{"*", Arithmetic}},
	"%": {{"*", Arithmetic}},

	"&":   {{"|", Bitwise}},
	"|":   {{"&", Bitwise}},
	"^":   {{"&", Bitwise}},
	"&^":  {{"&", Bitwise}}, // Go
	"<<":  {{">>", Bitwise}},
	">>":  {{"<<", Bitwise}},
	">>>": {{"<<", Bitwise}}, // Java

	"++": {{"--", Arithmetic}},
	"--": {{"++", Arithmetic}},
	"+=": {{"-=", Arithmetic}},
	"-=": {{"+=", Arithmetic}},
	"*=": {{"/=", Arithmetic}},
	"/=": {{"*=", Arithmetic}},
	"%=": {{"*=", Arithmetic}},
	"&=": {{"|=", Bitwise}},
	"|=": {{"&=", Bitwise}},
	"^=": {{"&=", Bitwise}},

	"&^=":  {{"&=", Bitwise}},
	"<<=":  {{">>=", Bitwise}},
	">>=":  {{"<<=", Bitwise}},
	">>>=": {{"<<=", Bitwise}},
}

// binary reports whether an operator stands between two operands; the others
// of the table are statements.
func binary(op string) bool {
	return changes[op] != nil && op != "++" && op != "--" && (!strings.HasSuffix(op, "=") || isComparison(op))
}

func isComparison(op string) bool {
	switch op {
	case "<", "<=", ">", ">=", "==", "!=":
		return true
	}
	return false
}

// grows reports whether the change of an operator makes a length larger.
// Places that nobody uses do no harm.
func grows(op string) bool { return op == "-" || op == "/" || op == "%" || op == ">>" }

// wiggle is a literal number off by one. Zero only grows: what is right for -1
// as for 0 is as a rule right for what cannot be negative. A suffix such as
// that of Java's long stays. It returns nothing for what it does not know.
func wiggle(literal string) []string {
	digits := strings.ReplaceAll(literal, "_", "")
	suffix := ""
	if last := len(digits) - 1; last > 0 && strings.ContainsRune("lL", rune(digits[last])) {
		digits, suffix = digits[:last], digits[last:]
	}
	n, ok := new(big.Int).SetString(octal(digits), 0)
	if !ok {
		return wiggleFloat(digits)
	}
	one := big.NewInt(1)
	up := new(big.Int).Add(n, one).String() + suffix
	if n.Sign() == 0 {
		return []string{up}
	}
	return []string{new(big.Int).Sub(n, one).String() + suffix, up}
}

// octal leaves a leading zero to mean what Java and old Go mean by it, and
// takes it from Python's 00, which is nothing but zero.
func octal(digits string) string {
	if strings.Trim(digits, "0") == "" {
		return "0"
	}
	return digits
}

func wiggleFloat(literal string) []string {
	suffix := ""
	if !strings.HasPrefix(strings.ToLower(literal), "0x") {
		if last := len(literal) - 1; last > 0 && strings.ContainsRune("fFdD", rune(literal[last])) {
			literal, suffix = literal[:last], literal[last:]
		}
	}
	f, err := strconv.ParseFloat(literal, 64)
	if err != nil {
		return nil
	}
	text := strconv.FormatFloat(f+1, 'g', -1, 64)
	if !strings.ContainsAny(text, ".e") {
		text += ".0"
	}
	return []string{text + suffix}
}

// opposite is the other truth value, or "".
func opposite(word string) string {
	switch word {
	case "true":
		return "false"
	case "false":
		return "true"
	}
	return ""
}

// hollow is what is left of a text that is taken out: its line feeds, so that
// the lines after it keep their numbers.
func hollow(text string) string { return strings.Repeat("\n", strings.Count(text, "\n")) }
