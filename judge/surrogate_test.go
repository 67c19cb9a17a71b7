package judge_test

import (
	"encoding/json"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/docketjudge/docket/judge"
)

func TestLoneSurrogate(t *testing.T) {
	for text, want := range map[string]int{
		`"a"`: -1, `"\ud83d\ude00"`: -1, `"\uD83D\uDE00"`: -1, `"\\ud83d"`: -1, `"\u00e9\n\ufffd"`: -1, ``: -1, `\`: -1, `\u`: -1, `\ud83`: -1,
		`"\ud83d"`: 1, `"\ude00"`: 1, `"\\\ud83d"`: 3, `"\ud83d\n"`: 1, `"\ud83d\u0041"`: 1, `"\ud83dude00"`: 1,
		`"\ud83d\ude00\ude00"`: 13, `"\ud83d\ud83d\ude00"`: 1, `{"\udfff":1}`: 2, `["\ud83d","\ude00"]`: 2,
	} {
		if got := judge.LoneSurrogate([]byte(text)); got != want {
			t.Errorf("%s: %d, want %d", text, got, want)
		}
	}
}

// Where there is none, nothing is lost on the way through a decoder.
func TestLoneSurrogateIsWhatIsReplaced(t *testing.T) {
	piece := rapid.SampledFrom([]string{`\ud83d`, `\ude00`, `\uDBFF`, `\udc00`, `\\`, `\"`, `u`, `d83d`, `\u0041`, `é`})
	rapid.Check(t, func(t *rapid.T) {
		text := `"` + strings.Join(rapid.SliceOf(piece).Draw(t, "pieces"), "") + `"`
		var s string
		if err := json.Unmarshal([]byte(text), &s); err != nil {
			t.Fatal(err)
		}
		if lost := strings.ContainsRune(s, '\ufffd'); lost != (judge.LoneSurrogate([]byte(text)) >= 0) {
			t.Fatalf("%s: replaced is %v, found at %d", text, lost, judge.LoneSurrogate([]byte(text)))
		}
	})
}
