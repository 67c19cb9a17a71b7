package driver

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"
)

// record has something of everything that drivers read and write.
type record struct {
	Long    int64
	Double  float64
	Bool    bool
	String  string
	Longs   [][]int64
	Strings []string
	Absent  *int64
	Maybe   []*string
	Map     map[string][]bool
	OrNil   []int64
}

func (r record) write(e *Encoder) {
	long := (*Encoder).Long
	e.Raw('[')
	e.Long(r.Long)
	e.Raw(',')
	e.Double(r.Double)
	e.Raw(',')
	e.Bool(r.Bool)
	e.Raw(',')
	e.String(r.String)
	e.Raw(',')
	WriteSlice(e, r.Longs, func(e *Encoder, s []int64) { WriteSlice(e, s, long) })
	e.Raw(',')
	WriteSlice(e, r.Strings, (*Encoder).String)
	e.Raw(',')
	WriteOptional(e, r.Absent, long)
	e.Raw(',')
	WriteSlice(e, r.Maybe, func(e *Encoder, s *string) { WriteOptional(e, s, (*Encoder).String) })
	e.Raw(',')
	WriteMap(e, r.Map, func(e *Encoder, b []bool) { WriteSlice(e, b, (*Encoder).Bool) })
	e.Raw(',')
	if r.OrNil == nil {
		e.Null()
	} else {
		WriteSlice(e, r.OrNil, long)
	}
	e.Raw(']')
	e.Raw('\n')
}

func read(d *Decoder) (r record) {
	long := (*Decoder).Long
	d.Open()
	r.Long = d.Long()
	r.Double = d.Double()
	r.Bool = d.Bool()
	r.String = d.String()
	r.Longs = Slice(d, func(d *Decoder) []int64 { return Slice(d, long) })
	r.Strings = Slice(d, (*Decoder).String)
	r.Absent = Optional(d, long)
	r.Maybe = Slice(d, func(d *Decoder) *string { return Optional(d, (*Decoder).String) })
	r.Map = Map(d, func(d *Decoder) []bool { return Slice(d, (*Decoder).Bool) })
	r.OrNil = OrNil(d, func(d *Decoder) []int64 { return Slice(d, long) })
	d.Close()
	return r
}

func draw(t *rapid.T) record {
	longs := rapid.SliceOfN(rapid.Int64(), 0, 5)
	return record{
		Long: rapid.Int64().Draw(t, "long"), Double: rapid.Float64().Filter(finite).Draw(t, "double"),
		Bool: rapid.Bool().Draw(t, "bool"), String: rapid.String().Draw(t, "string"),
		Longs: rapid.SliceOfN(longs, 0, 3).Draw(t, "longs"), Strings: rapid.SliceOfN(rapid.String(), 0, 3).Draw(t, "strings"),
		Absent: rapid.Ptr(rapid.Int64(), true).Draw(t, "absent"),
		Maybe:  rapid.SliceOfN(rapid.Ptr(rapid.String(), true), 0, 3).Draw(t, "maybe"),
		Map:    rapid.MapOfN(rapid.String(), rapid.SliceOfN(rapid.Bool(), 0, 3), 0, 3).Draw(t, "map"),
		OrNil:  rapid.OneOf(longs, rapid.Just[[]int64](nil)).Draw(t, "or nil"),
	}
}

func finite(f float64) bool { return !math.IsNaN(f) && !math.IsInf(f, 0) }

// What is written is JSON, means to others what it means to us, and is read
// back as it was, however the input comes in.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := rapid.SliceOfN(rapid.Custom(draw), 1, 3).Draw(t, "records")
		var b bytes.Buffer
		e := NewEncoder(&b)
		for _, r := range all {
			r.write(e)
		}
		e.Flush()
		for line := range bytes.Lines(bytes.TrimSuffix(b.Bytes(), []byte("\n"))) {
			var fields []json.RawMessage
			if err := json.Unmarshal(line, &fields); err != nil {
				t.Fatalf("%q: %v", line, err)
			}
			want := all[0]
			var got record
			v, g := reflect.ValueOf(want), reflect.ValueOf(&got).Elem()
			for i := range v.NumField() {
				if err := json.Unmarshal(fields[i], g.Field(i).Addr().Interface()); err != nil {
					t.Fatalf("%q: %v", fields[i], err)
				}
			}
			same(t, got, want)
			all = append(all[1:], all[0])
		}
		for _, d := range []*Decoder{NewDecoder(bytes.NewReader(b.Bytes())), NewDecoder(iotest.OneByteReader(bytes.NewReader(b.Bytes())))} {
			for _, want := range all {
				if !d.More() {
					t.Fatal("a record is missing")
				}
				same(t, read(d), want)
			}
			if d.More() {
				t.Fatal("there is more than was written")
			}
		}
	})
}

func same(t *rapid.T, got, want record) {
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("got  %+v\nwant %+v", got, want)
	}
}

// What encoding/json writes is read, with blanks and escapes of all kinds.
func TestDecoderReadsJSON(t *testing.T) {
	d := NewDecoder(strings.NewReader("\t[ -0 ,\r\n 1.5E+3 , false,\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD834\\udd1e\u2028\" , [ [ ] , [ -9223372036854775808 ] ] ,[\"\"],null , [ null ] , { \"a\" : [ true ] , \"\" : [ ] },null ] \n "))
	got := read(d)
	want := record{
		Double: 1500, String: "\"\\/\b\f\n\r\té𝄞\u2028", Longs: [][]int64{{}, {math.MinInt64}}, Strings: []string{""},
		Maybe: []*string{nil}, Map: map[string][]bool{"a": {true}, "": {}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if d.More() {
		t.Error("there is more")
	}
}

func TestLongStringsCrossBuffers(t *testing.T) {
	long := strings.Repeat("aé\n", 100_000)
	var b bytes.Buffer
	e := NewEncoder(&b)
	e.String(long)
	e.Flush()
	if got := NewDecoder(&b).String(); got != long {
		t.Errorf("%d bytes came back, not %d", len(got), len(long))
	}
}

// Input that breaks the judge's promise ends the process with a word on it.
func TestDecoderRefuses(t *testing.T) {
	for input, one := range map[string]func(*Decoder){
		"5":             (*Decoder).Open,
		"[":             (*Decoder).Close,
		"":              func(d *Decoder) { d.Open() },
		"x":             func(d *Decoder) { d.Long() },
		"-x":            func(d *Decoder) { d.Long() },
		"\"a":           func(d *Decoder) { _ = d.String() },
		`"\ud834"`:      func(d *Decoder) { _ = d.String() },
		`"\ud834\n"`:    func(d *Decoder) { _ = d.String() },
		`"\u00g0"`:      func(d *Decoder) { _ = d.String() },
		"tru":           func(d *Decoder) { d.Bool() },
		"folse":         func(d *Decoder) { d.Bool() },
		"nil":           func(d *Decoder) { d.Null() },
		"1.2.3":         func(d *Decoder) { d.Double() },
		"a":             func(d *Decoder) { d.Double() },
		"1" + " " + "2": func(d *Decoder) { d.Long(); d.Open() },
	} {
		func() {
			defer func() {
				if _, ok := recover().(broken); !ok {
					t.Errorf("%q is read", input)
				}
			}()
			one(NewDecoder(strings.NewReader(input)))
		}()
	}
}

func TestEncoderOnOddValues(t *testing.T) {
	for want, one := range map[string]func(*Encoder){
		`"NaN"`:                              func(e *Encoder) { e.Double(math.NaN()) },
		`"+Inf"`:                             func(e *Encoder) { e.Double(math.Inf(1)) },
		"3.0":                                func(e *Encoder) { e.Double(3) },
		"-0.0":                               func(e *Encoder) { e.Double(math.Copysign(0, -1)) },
		"1e+21":                              func(e *Encoder) { e.Double(1e21) },
		"-9223372036854775808":               func(e *Encoder) { e.Long(math.MinInt64) },
		`"\udcff\udcffa"`:                    func(e *Encoder) { e.String("\xff\xc0a") },
		"\"\uFFFD\"":                         func(e *Encoder) { e.String("\uFFFD") },
		`"\u0000\u001f` + "\x7f" + `\n\"\\"`: func(e *Encoder) { e.String("\x00\x1f\x7f\n\"\\") },
		"[]":                                 func(e *Encoder) { WriteSlice(e, nil, (*Encoder).Int) },
		"{}":                                 func(e *Encoder) { WriteMap(e, nil, (*Encoder).Int) },
		`{"a":1,"b":2}`:                      func(e *Encoder) { WriteMap(e, map[string]int{"b": 2, "a": 1}, (*Encoder).Int) },
	} {
		var b bytes.Buffer
		e := NewEncoder(&b)
		one(e)
		e.Flush()
		if b.String() != want {
			t.Errorf("got %s, want %s", b.String(), want)
		}
		if !json.Valid(b.Bytes()) {
			t.Errorf("%s is not JSON", b.String())
		}
	}
}

// A token is shown only where its call is marked, and read as an index or as a
// text.
func TestTokens(t *testing.T) {
	d := NewDecoder(strings.NewReader(`[7,"a\u00e9",true][0][1,false]`))
	made := map[int]string{7: "seven", 0: "none", 1: "one"}
	for _, want := range []struct {
		tokens   []string
		handedOn bool
	}{{[]string{"seven", "aé"}, true}, {[]string{"none"}, false}, {[]string{"one"}, false}} {
		d.Open()
		for _, w := range want.tokens {
			if got := d.Token(made); got != w {
				t.Errorf("read %q, want %q", got, w)
			}
		}
		if got := d.HandedOn(); got != want.handedOn {
			t.Errorf("after %q: handed on %v", want.tokens, got)
		}
		d.Close()
	}
	for _, c := range []struct {
		token    string
		handedOn bool
		want     string
	}{
		{"a\n\"\u2028", true, `"a\n\"` + "\u2028" + `"`},
		{"", true, `""`},
		{"a", false, "null"},
		{"\xff", false, "null"},
		{"\xff", true, `"\udcff"`},
		{"a\xc3", true, `"a\udcff"`},
		{"\xed\xa0\x80", true, `"\udcff\udcff\udcff"`}, // half of a surrogate pair, as if it were UTF-8
	} {
		var b bytes.Buffer
		e := NewEncoder(&b)
		e.Token(c.token, c.handedOn)
		e.Flush()
		if b.String() != c.want {
			t.Errorf("%q is written %s, want %s", c.token, b.String(), c.want)
		}
	}
}

// A result that was begun is dropped, unless a part of it had to go before.
func TestUnfinishedResults(t *testing.T) {
	var b bytes.Buffer
	e := NewEncoder(&b)
	e.begin()
	e.Int(1)
	e.Raw('\n')
	e.begin()
	e.Raw('[')
	e.Int(2)
	e.whole()
	e.Flush()
	if b.String() != "1\n" {
		t.Errorf("%q", b.String())
	}
	b.Reset()
	e.begin()
	WriteSlice(e, slices.Repeat([]int{7}, flushAt+1000), (*Encoder).Int)
	e.whole()
	e.Flush()
	if got := b.String(); !strings.HasPrefix(got, "[7,7") || len(got) < flushAt || len(got) >= 2*(flushAt+1000) {
		t.Errorf("%d bytes: %.10q", len(got), got)
	}
}

type failing struct{ writes int }

func (f *failing) Write([]byte) (int, error) {
	f.writes++
	return 0, errors.New("closed")
}

func TestEncoderGivesUpOnAFailedWrite(t *testing.T) {
	var f failing
	e := NewEncoder(&f)
	for i := range 10 {
		e.String(strconv.Itoa(i))
		e.Flush()
	}
	if f.writes != 1 {
		t.Errorf("%d writes were tried", f.writes)
	}
}

// The Decoder is fed by the judge alone; it ends on anything else, and reads
// values as encoding/json does.
func FuzzDecoder(f *testing.F) {
	for _, s := range []string{`{"a":["b","\ud834\udd1e"]}`, `{"":[]}`, `{"a":["\/"]}`, `{"a":[`, `{"a":["\ud834"]}`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var want map[string][]string
		valid := json.Unmarshal([]byte(text), &want) == nil && !strings.Contains(text, "null")
		for k, v := range want {
			// encoding/json mends halves of surrogate pairs and of characters.
			valid = valid && !strings.Contains(k+strings.Join(v, ""), "\uFFFD")
		}
		got, read := readMap(text)
		switch {
		case !valid:
		case !read:
			t.Errorf("%q is refused", text)
		case !maps.EqualFunc(got, want, slices.Equal[[]string]):
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	})
}

// readMap returns false when the input is refused.
func readMap(text string) (got map[string][]string, read bool) {
	defer func() {
		if reason := recover(); reason != nil {
			if _, ok := reason.(broken); !ok {
				panic(reason)
			}
		}
	}()
	got = Map(NewDecoder(strings.NewReader(text)), func(d *Decoder) []string { return Slice(d, (*Decoder).String) })
	return got, true
}
