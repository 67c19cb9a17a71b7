package judge

import (
	"fmt"
	"strconv"
	"strings"
)

// How validators of the ICPC problem package format answer, by their exit code.
const (
	ValidatorAccepts = 42
	ValidatorRejects = 43
)

const feedbackDir = WorkDir + "/feedback/"

// The files, of those that a validator's run collects, in which an output validator
// says why it rejects: to the judges, and to those who sent the output.
const (
	JudgeMessage = "feedback/judgemessage.txt"
	TeamMessage  = "feedback/teammessage.txt"
)

// ValidatorRun is the run of an output validator on a test. Its standard input
// is the output to validate.
func ValidatorRun(input, answer Data, flags []string) Run {
	return Run{
		Args: append([]string{AttachmentDir + "/input", AttachmentDir + "/answer", feedbackDir}, flags...),
		Attachments: []Attachment{
			{Name: "input", Size: input.Size, Open: input.Open},
			{Name: "answer", Size: answer.Size, Open: answer.Open},
		},
		Collect: []string{JudgeMessage, TeamMessage},
	}
}

// ValidatorFinding is what an input or output validator found, by its exit code
// and its message. Anything but accept and reject is the problem author's fault,
// and so an error.
func ValidatorFinding(r Result) (Finding, error) {
	read := func(file string) string {
		return strings.TrimSpace(strings.ToValidUTF8(string(r.Collected[file]), "\ufffd"))
	}
	switch {
	case r.Stopped != NotStopped || r.Signal != 0:
		return Finding{}, fmt.Errorf("was stopped (for %q, signal %d): %s", r.Stopped, r.Signal, LastWords(r.Stderr))
	case r.ExitCode == ValidatorAccepts:
		return Finding{}, nil
	case r.ExitCode == ValidatorRejects:
		message := read(JudgeMessage)
		if message == "" {
			message = "rejected by the validator"
		}
		return Finding{Reason: message, Outline: read(TeamMessage)}, nil
	}
	return Finding{}, fmt.Errorf("ended with exit code %d, neither %d nor %d: %s",
		r.ExitCode, ValidatorAccepts, ValidatorRejects, LastWords(r.Stderr))
}

// LastWords quotes the last 400 bytes of a standard error, where traces say what
// happened.
func LastWords(stderr []byte) string {
	const most = 400
	return strconv.Quote(string(stderr[max(0, len(stderr)-most):]))
}

// InteractiveFinding is what an output validator found in its talk with a program.
// Program is the verdict on the program's own end (see [Classify]). A stopped
// validator found nothing against the program in two cases: the validator had
// read a cut-off output to its end and asked for more, or the program met its
// output limit.
func InteractiveFinding(validator Result, program Verdict) (Finding, error) {
	if validator.Stopped == StoppedForInput || validator.Stopped != NotStopped && program == OLE {
		return Finding{}, nil
	}
	return ValidatorFinding(validator)
}
