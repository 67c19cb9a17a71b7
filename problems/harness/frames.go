package harness

import (
	"regexp"
	"strings"

	"github.com/docketjudge/docket/judge"
)

var _ judge.Trimmer = (*Harness)(nil)

var (
	goroutineForm = regexp.MustCompile(`^goroutine \d+ .*:\n?$`)
	// What is told of a stack that overflowed: the runtime's own beside it, and
	// where both lie in memory.
	runtimeStackForm = regexp.MustCompile(`(?m)^runtime stack:\n(?:.+\n)*\n`)
	frameAddressForm = regexp.MustCompile(`(?m) fp=0x[0-9a-f]+ sp=0x[0-9a-f]+ pc=0x[0-9a-f]+$`)
	stackPlaceForm   = regexp.MustCompile(`(?m)^runtime: sp=0x[0-9a-f]+ stack=\[.*\]\n`)
	driverFrameForm  = regexp.MustCompile(`^(?:created by )?(?:main|docket/\w+)\.\S`)
)

// Trim implements [judge.Trimmer]. The drivers leave their own frames out of
// what they print themselves. When the runtime of Go ends a process, for a
// deadlock, a map that two goroutines write to, a recursion without end or a panic
// in a goroutine of the solution's own, it asks nobody.
func (h *Harness) Trim(lang judge.Language, stderr string) string {
	if lang != judge.Go || !strings.Contains(stderr, "goroutine ") {
		return stderr
	}
	stderr = stackPlaceForm.ReplaceAllString(stderr, "")
	stderr = frameAddressForm.ReplaceAllString(stderr, "")
	stderr = runtimeStackForm.ReplaceAllString(stderr, "")
	var out strings.Builder
	lines := strings.SplitAfter(stderr, "\n")
	for i := 0; i < len(lines); i++ {
		if !goroutineForm.MatchString(lines[i]) {
			out.WriteString(lines[i])
			continue
		}
		end := i + 1
		var frames strings.Builder
		for end < len(lines) && strings.TrimSpace(lines[end]) != "" {
			if driverFrameForm.MatchString(lines[end]) {
				// A frame is a call, and the place where it is.
				if end++; end < len(lines) && strings.HasPrefix(lines[end], "\t") {
					end++
				}
				continue
			}
			frames.WriteString(lines[end])
			end++
		}
		if frames.Len() > 0 {
			out.WriteString(lines[i] + frames.String())
		} else if end < len(lines) {
			end++ // a goroutine of the driver's alone, and the blank line behind it
		}
		i = end - 1
	}
	return out.String()
}
