package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"golang.org/x/term"
)

// statusLine says what is going on at the moment: on a terminal in one line
// that is drawn again and again, elsewhere line after line.
type statusLine struct {
	w        io.Writer
	terminal bool
	drawn    bool // a line is on the terminal, and the cursor behind it
}

// newStatusLine writes to standard error, so that standard output holds the
// result alone.
func newStatusLine(p *process) statusLine {
	return statusLine{w: p.stderr, terminal: isTerminal(p.stderr)}
}

// say shows a line: head as painted, which takes as much room as head, and
// text, which is cut to the terminal's width.
func (l *statusLine) say(head, painted, text string) {
	// Who does not listen misses nothing: errors are of no interest.
	if !l.terminal {
		_, _ = fmt.Fprintln(l.w, strings.TrimRight(head+text, " "))
		return
	}
	// A line that wraps could not be taken back.
	room := max(columns(l.w)-utf8.RuneCountInString(head)-1, 0)
	if runes := []rune(text); len(runes) > room {
		text = string(runes[:room])
	}
	_, _ = fmt.Fprint(l.w, "\r\x1b[K", painted, text)
	l.drawn = true
}

// clear takes the line off the terminal.
func (l *statusLine) clear() {
	if l.drawn {
		_, _ = fmt.Fprint(l.w, "\r\x1b[K")
		l.drawn = false
	}
}

// columns is the width of a terminal.
func columns(w io.Writer) int {
	if file, ok := w.(*os.File); ok {
		if n, _, err := term.GetSize(int(file.Fd())); err == nil && n > 0 {
			return n
		}
	}
	return 80
}

func isTerminal(f any) bool {
	file, ok := f.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

// colourfulOn reports whether a stream is a terminal that wants colour.
func colourfulOn(p *process, w io.Writer) bool {
	no, _ := p.env("NO_COLOR")
	return no == "" && isTerminal(w)
}
