package judging

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/docketjudge/docket/judge"
)

// tally counts the cases of a test on which an output validator decides. The
// validator's message begins with the number of the case that it rejects. Decided
// says that the validator ran.
func tally(t *judge.Test, f *judge.Finding, decided bool) error {
	lines, err := countLines(t)
	if err != nil {
		return err
	}
	f.Total = lines
	switch n := caseOf(f.Reason); {
	case n > 0:
		f.Passed = min(n-1, lines)
	case decided && f.Reason == "":
		f.Passed = lines
	}
	return nil
}

// caseOf reads the number of a case at the beginning of a validator's words.
func caseOf(reason string) int {
	rest, ok := strings.CutPrefix(reason, "case ")
	if !ok {
		return 0
	}
	number, _, ok := strings.Cut(rest, ":")
	n, err := strconv.Atoi(number)
	if !ok || err != nil || n < 1 {
		return 0
	}
	return n
}

// countLines counts the cases of a test.
func countLines(t *judge.Test) (int, error) {
	f, err := t.Input.Open()
	if err != nil {
		return 0, fmt.Errorf("counting cases: %w", err)
	}
	defer f.Close() //nolint:errcheck // only read
	buf := make([]byte, 64<<10)
	for n := 0; ; {
		k, err := f.Read(buf)
		n += bytes.Count(buf[:k], []byte{'\n'})
		if errors.Is(err, io.EOF) {
			return n, nil
		}
		if err != nil {
			return 0, fmt.Errorf("counting cases: %w", err)
		}
	}
}

// headOf is the start of a test's input.
func headOf(t *judge.Test) (string, error) {
	f, err := t.Input.Open()
	if err != nil {
		return "", fmt.Errorf("opening input: %w", err)
	}
	defer f.Close() //nolint:errcheck // only read
	b, err := io.ReadAll(io.LimitReader(f, int64(maxCaseText)+1))
	return clip(printableText(string(b)), int(maxCaseText)), err
}

// caseText is the start of one of a test's cases, which count from 1.
func caseText(t *judge.Test, number int) (string, error) {
	f, err := t.Input.Open()
	if err != nil {
		return "", fmt.Errorf("opening input: %w", err)
	}
	defer f.Close() //nolint:errcheck // only read
	r := bufio.NewReaderSize(f, 64<<10)
	var text []byte
	for at := 1; ; {
		part, err := r.ReadSlice('\n')
		if at == number && len(text) <= int(maxCaseText) {
			text = append(text, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
		case err != nil && !errors.Is(err, io.EOF):
			return "", fmt.Errorf("reading input: %w", err)
		case at == number || errors.Is(err, io.EOF):
			return clip(printableText(strings.TrimSuffix(string(text), "\n")), int(maxCaseText)), nil
		default:
			at++
		}
	}
}

func readAll(d judge.Data) ([]byte, error) {
	f, err := d.Open()
	if err != nil {
		return nil, err
	}
	b, err := io.ReadAll(f)
	return b, errors.Join(err, f.Close())
}

func textLines(b []byte) []string {
	s := strings.TrimSuffix(string(b), "\n")
	if s == "" {
		return nil
	}
	return strings.Split(s, "\n")
}

// held is data in memory.
func held(b []byte) judge.Data {
	return judge.Data{Size: judge.Bytes(len(b)), Open: func() (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(b)), nil
	}}
}
