package judge

import (
	"bytes"
	"math"
	"strconv"
)

// Number is a decimal number as it was written, of any length and exponent.
type Number struct {
	text  []byte
	value float64 // nearest to it; infinite beyond the range of a double
}

// ParseNumber reads a number: decimal, with an optional sign, point and exponent.
// Hexadecimal numbers, underscores, inf and nan are no numbers. The Number
// aliases text.
func ParseNumber(text []byte) (Number, bool) {
	i := 0
	if i < len(text) && (text[i] == '+' || text[i] == '-') {
		i++
	}
	n := 0
	for ; i < len(text) && isDigit(text[i]); i++ {
		n++
	}
	if i < len(text) && text[i] == '.' {
		for i++; i < len(text) && isDigit(text[i]); i++ {
			n++
		}
	}
	if n == 0 {
		return Number{}, false
	}
	if i < len(text) && (text[i] == 'e' || text[i] == 'E') {
		if i++; i < len(text) && (text[i] == '+' || text[i] == '-') {
			i++
		}
		start := i
		for i < len(text) && isDigit(text[i]) {
			i++
		}
		if i == start {
			return Number{}, false
		}
	}
	if i < len(text) {
		return Number{}, false
	}
	// A number beyond the range of a double is still a number.
	f, _ := strconv.ParseFloat(string(text), 64)
	return Number{text: text, value: f}, true
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// Float is the double nearest to n, infinite where none is near.
func (n Number) Float() float64 { return n.value }

// Negative reports whether n is below zero.
func (n Number) Negative() bool {
	d := n.decimal()
	return d.neg && d.len() > 0
}

// Tolerance is how far a number may be from the answer, or exactly as far: by an
// amount, or by an amount times the answer; one of the two is enough. Where both
// are nil numbers must be equal.
type Tolerance struct {
	Absolute *Number
	Relative *Number
}

// Near reports whether a number is within the tolerance of the answer. It decides
// as if in decimal arithmetic: what is written counts, not the doubles nearest to
// it. The time that it takes grows with the length of what is written and not with
// the exponents, and it allocates nothing.
func (t *Tolerance) Near(got, want Number) bool {
	switch near, sure := t.byFloat(got.value, want.value); {
	case sure:
		return near
	default:
		return t.byDigits(got, want)
	}
}

// byFloat decides by doubles where their errors cannot matter.
func (t *Tolerance) byFloat(got, want float64) (near, sure bool) {
	const (
		rounding  = 1.0 / (1 << 50)             // some times what roundings change, relatively
		underflow = math.SmallestNonzeroFloat64 // twice what they change near zero
		tiny      = 1e-290                      // below it doubles have fewer digits
	)
	d := math.Abs(got - want)
	blur := (math.Abs(got)+math.Abs(want))*rounding + 8*underflow
	if math.IsInf(blur, 0) {
		return false, false
	}
	sure = true
	if t.Absolute != nil {
		bound := t.Absolute.value
		if d < bound-(bound*rounding+blur) {
			return true, true
		}
		sure = d > bound+(bound*rounding+blur)
	}
	if t.Relative != nil {
		bound := t.Relative.value * math.Abs(want)
		if t.Relative.value < tiny || math.Abs(want) < tiny {
			return false, false
		}
		if d < bound-(bound*rounding+blur) {
			return true, true
		}
		sure = sure && d > bound+(bound*rounding+blur)
	}
	return false, sure && d > blur
}

// byDigits decides digit by digit.
func (t *Tolerance) byDigits(got, want Number) bool {
	g, w := got.decimal(), want.decimal()
	if g.far && w.far {
		return bytes.EqualFold(got.text, want.text)
	}
	var zero decimal
	side := balance(&g, 1, &w, -1, &zero, false)
	if side == 0 {
		return true
	}
	// Near is what leaves something of the tolerance, or nothing.
	if t.Absolute != nil {
		e := t.Absolute.decimal()
		if balance(&g, -side, &w, side, &e, false) >= 0 {
			return true
		}
	}
	if t.Relative != nil {
		e := t.Relative.decimal()
		return balance(&g, -side, &w, side, &e, true) >= 0
	}
	return false
}

// decimal is a number taken apart. Its digits, without zeros at either end, are
// those of whole and then those of frac.
type decimal struct {
	neg         bool
	whole, frac []byte
	top         int64 // the first digit counts 10^(top-1)
	far         bool  // the exponent is cut to farthest
}

// farthest is the largest exponent that is told from others: sums of some are far
// from overflow, and digits do not reach from one to a number that is not far.
const farthest = 1 << 60

// decimal takes n apart without looking at most of its digits.
func (n Number) decimal() decimal {
	var d decimal
	b := n.text
	if len(b) > 0 && (b[0] == '+' || b[0] == '-') {
		d.neg = b[0] == '-'
		b = b[1:]
	}
	exponent := int64(0)
	if i := bytes.LastIndexAny(b, "eE"); i >= 0 {
		exponent = exponentOf(b[i+1:])
		b = b[:i]
	}
	d.whole, d.frac, _ = bytes.Cut(b, []byte("."))
	d.whole = bytes.TrimLeft(d.whole, "0")
	d.top = int64(len(d.whole))
	if d.top == 0 {
		all := len(d.frac)
		d.frac = bytes.TrimLeft(d.frac, "0")
		d.top = int64(len(d.frac) - all)
	}
	if d.frac = bytes.TrimRight(d.frac, "0"); len(d.frac) == 0 {
		d.whole = bytes.TrimRight(d.whole, "0")
	}
	if d.len() > 0 { // zero has no exponent
		d.far = exponent == farthest || exponent == -farthest
		d.top += exponent
	}
	return d
}

func exponentOf(b []byte) int64 {
	neg := len(b) > 0 && b[0] == '-'
	n := int64(0)
	for _, c := range bytes.TrimLeft(b, "+-") {
		if n = 10*n + int64(c-'0'); n >= farthest {
			n = farthest
			break
		}
	}
	if neg {
		return -n
	}
	return n
}

func (d *decimal) len() int { return len(d.whole) + len(d.frac) }

// at is the digit i, counted from the first, or 0 where there is none.
func (d *decimal) at(i int64) int64 {
	switch whole := int64(len(d.whole)); {
	case i < 0:
		return 0
	case i < whole:
		return int64(d.whole[i] - '0')
	case i < whole+int64(len(d.frac)):
		return int64(d.frac[i-whole] - '0')
	}
	return 0
}

// balance is the sign of g*gs + w*ws + e, or with e times the absolute value of w
// in the place of e. The signs gs and ws are 1 or -1, and e is not negative.
//
// It adds up digits from the highest place down, and stops once what is below
// cannot change the sign. Places at which nothing has a digit are passed over.
func balance(g *decimal, gs int64, w *decimal, ws int64, e *decimal, times bool) int64 {
	if g.neg {
		gs = -gs
	}
	if w.neg {
		ws = -ws
	}
	gl, wl, el := int64(g.len()), int64(w.len()), int64(e.len())
	// Of the three terms these are the places: from below top down to low.
	top := [3]int64{g.top, w.top, e.top}
	low := [3]int64{g.top - gl, w.top - wl, e.top - el}
	most := int64(9 + 9 + 9) // that the digits at one place add up to
	if times {
		// A digit of the product is a sum of products: it may be more than 9.
		top[2], low[2] = 0, 0
		if el > 0 && wl > 0 {
			top[2] = e.top + w.top - 1
			low[2] = top[2] - (el + wl - 1)
		}
		most = 9 + 9 + 81*min(el, wl)
	}
	enough := most/9 + 1 // of a place is more than all below can be
	sum := int64(0)
	place := int64(math.MaxInt64) // all from here on are summed up
	for {
		next, more := int64(math.MinInt64), false
		for i := range top {
			if low[i] < top[i] && low[i] < place {
				next, more = max(next, min(top[i], place)), true
			}
		}
		switch {
		case !more:
			return sign(sum)
		case sum == 0:
			place = next
		}
		place--
		sum = 10*sum + gs*g.at(g.top-1-place) + ws*w.at(w.top-1-place)
		if k := top[2] - 1 - place; !times {
			sum += e.at(k)
		} else if k >= 0 && k < top[2]-low[2] {
			for i := max(0, k-wl+1); i <= min(k, el-1); i++ {
				sum += e.at(i) * w.at(k-i)
			}
		}
		if sum >= enough || sum <= -enough {
			return sign(sum)
		}
	}
}

func sign(n int64) int64 {
	switch {
	case n > 0:
		return 1
	case n < 0:
		return -1
	}
	return 0
}
