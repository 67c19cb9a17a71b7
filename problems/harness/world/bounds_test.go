package world

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/docketjudge/docket/problems/harness/signature"
)

// chant says a message so many times, and then others.
func chant(message string, times int, then ...string) io.Reader {
	return io.MultiReader(&chanting{text: []byte(message + "\n"), left: times * (len(message) + 1)}, strings.NewReader(strings.Join(then, "\n")+"\n"))
}

type chanting struct {
	text []byte
	left int // bytes
	at   int
}

func (c *chanting) Read(p []byte) (int, error) {
	if c.left == 0 {
		return 0, io.EOF
	}
	n := 0
	for n < len(p) && c.left > 0 {
		k := copy(p[n:], c.text[c.at:])
		n, c.at, c.left = n+k, (c.at+k)%len(c.text), c.left-k
	}
	return n, nil
}

// The world hears so many messages in a test, whatever they are and in however
// many cases: none of the driver's own has it say more.
func TestMessagesAreBounded(t *testing.T) {
	sig, err := signature.ParseFunction("f(job task<int>) int")
	if err != nil {
		t.Fatal(err)
	}
	const test = `[{"ms":1,"value":1}]` + "\n"
	// A call, many cancels of it and a result in the first case, and a result in
	// the second, which is one message too many.
	said := io.MultiReader(strings.NewReader(`["task",0]`+"\n"), chant(`["cancel",0]`, maxMessages-2, `["return",1]`, `["return",2]`))
	var to, output bytes.Buffer
	if err := New(sig).Converse(strings.NewReader(test+test), &to, said, &output); err != nil {
		t.Fatal(err)
	}
	if want := `{"ms":0,"value":1,"events":[[0,"cancel",0],[0,"start",0]]}` + "\n"; output.String() != want {
		t.Errorf("accounts %.300s\nwant     %s", output.String(), want)
	}
}

// A solution makes so many calls in a case. The next ends the test.
func TestCallsAreBounded(t *testing.T) {
	for _, tt := range []struct {
		signature, test, call string
	}{
		{"f(job task<int>) int", `[{"ms":1,"value":1}]`, `["task",0]`},
		{"f(get fetch<int>) int", `[{}]`, `["fetch",0,""]`},
	} {
		for more, accounts := range []int{1, 0} {
			sig, err := signature.ParseFunction(tt.signature)
			if err != nil {
				t.Fatal(err)
			}
			var output bytes.Buffer
			said := chant(tt.call, maxCalls+more, `["return",1]`)
			if err := New(sig).Converse(strings.NewReader(tt.test+"\n"), io.Discard, said, &output); err != nil {
				t.Fatal(err)
			}
			if n := strings.Count(output.String(), "\n"); n != accounts {
				t.Errorf("%s with %d calls: %d accounts, want %d", tt.signature, maxCalls+more, n, accounts)
			}
			if n := strings.Count(output.String(), `"start"`); n != accounts*maxCalls {
				t.Errorf("%s: %d calls are in the account", tt.signature, n)
			}
		}
	}
}

// A message has so many bytes, the end of its line among them. A longer one
// ends the test.
func TestLengthsOfMessagesAreBounded(t *testing.T) {
	for more, accounts := range []int{1, 0} {
		frame := `["return",""]` + "\n"
		message := `["return","` + strings.Repeat("x", maxMessage-len(frame)+more) + `"]`
		_, account := talk(t, "f(job task<int>) string", `[{"ms":1,"value":1}]`+"\n", message)
		if n := strings.Count(account, "\n"); n != accounts {
			t.Errorf("a message of %d bytes: %d accounts, want %d", len(message), n, accounts)
		}
	}
}

// Cancelling a call that has ended, or failed, is no event: there is nothing to
// cancel any more.
func TestCancelsOfEndedCallsAreNoEvents(t *testing.T) {
	_, account := talk(t, "f(jobs task<int>[]) int", `[[{"ms":10,"value":1},{"ms":10,"error":"x"},{"ms":20,"value":3}]]`+"\n",
		`["task",0]`, `["task",1]`, `["task",2]`, `["idle",null]`, `["cancel",0]`, `["cancel",1]`, `["cancel",2]`, `["return",1]`)
	want := `{"ms":10,"value":1,"events":[[0,"start",0],[0,"start",1],[0,"start",2],[10,"end",0],[10,"fail",1],[10,"cancel",2]]}` + "\n"
	if account != want {
		t.Errorf("account %s\nwant    %s", account, want)
	}
}

// A message that names what there is not ends the test.
func TestMessagesNameWhatThereIs(t *testing.T) {
	const signature, test = "f(job task<int>, get fetch<int>) int", `[{"ms":1,"value":1},{}]` + "\n"
	for _, bad := range []string{
		`["task",1]`, `["task",-1]`, `["task",null]`, `["task",0.5]`, `["task","0"]`, `["task",0,0]`,
		`["fetch",1,"a"]`, `["fetch",-1,"a"]`, `["fetch",0]`, `["fetch",0,1]`, `["fetch",0,"a",0]`,
		`["cancel",1]`, `["cancel",-1]`, `["cancel",null]`, `["cancel",0,0]`,
		`["return"]`, `["return",1,2]`, `["throw"]`, `["throw",1]`, `["idle"]`, `["peek"]`, `["other",0]`, `[0,0]`, `[]`, `{}`, ``,
	} {
		if _, account := talk(t, signature, test, `["task",0]`, bad, `["return",1]`); account != "" {
			t.Errorf("%s: account %s", bad, account)
		}
	}
	if _, account := talk(t, signature, test, `["task",0]`, `["return",1]`); account == "" {
		t.Error("without any of them there is no account")
	}
}
