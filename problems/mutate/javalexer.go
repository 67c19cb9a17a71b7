package mutate

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// javaKind is the kind of a token of Java.
type javaKind int

const (
	javaWord     javaKind = iota // identifier or keyword
	javaNumber                   // with its suffix
	javaText                     // character, string or text block
	javaOperator                 // or separator
)

// javaToken is a token of Java. Comments and white space are none.
type javaToken struct {
	kind       javaKind
	start, end int
	text       string
	// generic marks the angle brackets of type parameters and arguments, and
	// all that is between them.
	generic bool
}

// javaOperators are those of more than one character, longest first. Those
// that begin with > are not among them: only the tokens around tell whether
// two of those are a shift or the end of nested type arguments.
var javaOperators = []string{
	"<<=", "...", "->", "::", "++", "--", "&&", "||", "==", "!=", "<=",
	"+=", "-=", "*=", "/=", "&=", "|=", "^=", "%=", "<<",
}

// javaTokens splits a text into tokens. It takes any text: what is not Java
// becomes tokens all the same.
func javaTokens(text string) []javaToken {
	var out []javaToken
	for at := 0; at < len(text); {
		kind, n := javaNext(text[at:])
		if n > 0 {
			out = append(out, javaToken{kind: kind, start: at, end: at + n, text: text[at : at+n]})
			at += n
			continue
		}
		at += -n
	}
	markGenerics(out)
	return joinAngles(out)
}

// javaNext returns the kind and length of the token that s begins with, or
// the length of the white space or comment as a negative number.
func javaNext(s string) (javaKind, int) {
	switch {
	case strings.HasPrefix(s, "//"):
		if i := strings.IndexByte(s, '\n'); i >= 0 {
			return 0, -i
		}
		return 0, -len(s)
	case strings.HasPrefix(s, "/*"):
		if i := strings.Index(s[2:], "*/"); i >= 0 {
			return 0, -(i + 4)
		}
		return 0, -len(s)
	case strings.HasPrefix(s, `"""`):
		return javaText, quoted(s, `"""`)
	case s[0] == '"' || s[0] == '\'':
		return javaText, quoted(s, s[:1])
	case isDigit(s[0]), s[0] == '.' && len(s) > 1 && isDigit(s[1]):
		return javaNumber, numberLength(s)
	}
	r, size := utf8.DecodeRuneInString(s)
	switch {
	case unicode.IsSpace(r):
		return 0, -size
	case isJavaLetter(r):
		n := strings.IndexFunc(s, func(r rune) bool { return !isJavaLetter(r) && !unicode.IsDigit(r) })
		if n < 0 {
			n = len(s)
		}
		return javaWord, n
	}
	for _, op := range javaOperators {
		if strings.HasPrefix(s, op) {
			return javaOperator, len(op)
		}
	}
	return javaOperator, size
}

// quoted is the length of a literal with its quotes. One that is not closed
// ends at the end of its line, and a text block at the end of the text.
func quoted(s, quote string) int {
	for i := len(quote); i < len(s); i++ {
		switch {
		case s[i] == '\\':
			i++
		case strings.HasPrefix(s[i:], quote):
			return i + len(quote)
		case s[i] == '\n' && len(quote) == 1:
			return i
		}
	}
	return len(s)
}

// numberLength is the length of a number: digits of any base, underscores,
// suffixes, one point, and the sign of an exponent.
func numberLength(s string) int {
	hex := len(s) > 1 && s[0] == '0' && (s[1] == 'x' || s[1] == 'X')
	i := 0
	for ; i < len(s); i++ {
		c := s[i]
		switch {
		case isDigit(c), c == '_', c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z':
		case c == '.' && !strings.Contains(s[:i], "."):
		case (c == '+' || c == '-') && i > 0 && isExponent(s[i-1], hex):
		default:
			return i
		}
	}
	return i
}

func isExponent(c byte, hex bool) bool {
	if hex {
		return c == 'p' || c == 'P'
	}
	return c == 'e' || c == 'E'
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isJavaLetter(r rune) bool { return r == '_' || r == '$' || unicode.IsLetter(r) }

// markGenerics marks type parameters and arguments. An angle bracket opens
// them when it stands where a type, a method's type arguments or a
// declaration of type parameters can be, and when everything up to the
// bracket that closes it is part of a type.
func markGenerics(tokens []javaToken) {
	for i := range tokens {
		if tokens[i].text != "<" || tokens[i].generic || i > 0 && !beforeGeneric(tokens[i-1]) {
			continue
		}
		if end := closeGeneric(tokens, i); end > 0 {
			for j := i; j <= end; j++ {
				tokens[j].generic = true
			}
		}
	}
}

// beforeGeneric reports whether type arguments may follow a token: the name
// of a type, which begins with a capital as everybody writes it, a point, or
// what precedes the type parameters of a method.
func beforeGeneric(t javaToken) bool {
	if t.kind == javaWord {
		r, _ := utf8.DecodeRuneInString(t.text)
		return unicode.IsUpper(r) || javaModifiers[t.text]
	}
	switch t.text {
	case ".", "::", "{", "}", ";", ")":
		return true
	}
	return false
}

var javaModifiers = map[string]bool{
	"public": true, "private": true, "protected": true, "static": true, "final": true, "abstract": true,
	"synchronized": true, "native": true, "strictfp": true, "default": true, "sealed": true,
}

// closeGeneric returns the place of the bracket that closes the one at open,
// or 0.
func closeGeneric(tokens []javaToken, open int) int {
	depth := 0
	for i := open; i < len(tokens); i++ {
		t := tokens[i]
		switch {
		case t.text == "<":
			depth++
		case t.text == ">":
			if depth--; depth == 0 {
				return i
			}
		case t.kind == javaWord && t.text != "instanceof" && t.text != "return" && t.text != "new":
		case slices.Contains([]string{".", ",", "?", "&", "[", "]", "@"}, t.text):
		default:
			return 0
		}
	}
	return 0
}

// joinAngles makes one operator of the brackets that are none of a type.
func joinAngles(tokens []javaToken) []javaToken {
	var out []javaToken
	for i := 0; i < len(tokens); i++ {
		t := tokens[i]
		if t.text == ">" && !t.generic {
			for i+1 < len(tokens) && len(t.text) < 4 && tokens[i+1].start == t.end && !tokens[i+1].generic &&
				(tokens[i+1].text == "=" || tokens[i+1].text == ">" && t.text != ">>>") {
				i++
				t.text += tokens[i].text
				t.end = tokens[i].end
				if tokens[i].text == "=" {
					break
				}
			}
		}
		out = append(out, t)
	}
	return out
}
