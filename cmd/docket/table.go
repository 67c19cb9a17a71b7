package main

import (
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/docketjudge/docket/judge"
)

// colour is the SGR code that a cell is painted with, or "".
type colour string

const (
	plain  colour = ""
	bold   colour = "1"
	faint  colour = "2"
	red    colour = "31;1"
	green  colour = "32"
	yellow colour = "33"
)

// on paints s if colour is wanted.
func (c colour) on(s string, wanted bool) string {
	if !wanted || c == plain || s == "" {
		return s
	}
	return "\x1b[" + string(c) + "m" + s + "\x1b[0m"
}

// colourOf is how a verdict looks.
func colourOf(v judge.Verdict) colour {
	switch v {
	case judge.AC:
		return green
	case judge.JE:
		return yellow
	}
	return red
}

// table is columns of text under a header. Columns whose header begins with
// ">" are aligned to the right. Cells are made printable.
type table struct {
	header []string
	rows   [][]string
	paint  map[[2]int]colour // by row and column
}

func newTable(header ...string) *table {
	return &table{header: header, paint: make(map[[2]int]colour)}
}

func (t *table) row(cells ...string) {
	for i, c := range cells {
		cells[i] = printableLine(c)
	}
	t.rows = append(t.rows, cells)
}

// painted sets the colour of a column of the last row.
func (t *table) painted(column int, c colour) { t.paint[[2]int{len(t.rows) - 1, column}] = c }

// print writes the table, two spaces between columns and none at the ends of
// lines.
func (t *table) print(w io.Writer, colourful bool) error {
	width := make([]int, len(t.header))
	for i, h := range t.header {
		width[i] = utf8.RuneCountInString(strings.TrimPrefix(h, ">"))
		for _, row := range t.rows {
			if i < len(row) {
				width[i] = max(width[i], utf8.RuneCountInString(row[i]))
			}
		}
	}
	var b strings.Builder
	line := func(cells []string, paint func(column int) colour) {
		gap := 0 // spaces that are owed before the next cell
		for i, cell := range cells {
			free := width[i] - utf8.RuneCountInString(cell)
			right := strings.HasPrefix(t.header[i], ">")
			if right {
				gap += free
			}
			if cell != "" {
				b.WriteString(strings.Repeat(" ", gap))
				b.WriteString(paint(i).on(cell, colourful))
				gap = 0
			}
			if !right {
				gap += free
			}
			gap += 2
		}
		b.WriteByte('\n')
	}
	header := make([]string, len(t.header))
	for i, h := range t.header {
		header[i] = strings.TrimPrefix(h, ">")
	}
	line(header, func(int) colour { return faint })
	for r, row := range t.rows {
		line(row, func(column int) colour { return t.paint[[2]int{r, column}] })
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// printable makes outside text safe for a terminal: what could move its
// cursor, change its colours or reorder its text is shown as an escape. Line
// feeds and tabs stay.
func printable(s string) string {
	var b strings.Builder
	for _, r := range strings.ToValidUTF8(strings.ReplaceAll(s, "\r\n", "\n"), "\ufffd") {
		switch {
		case r == '\n' || r == '\t' || unicode.IsGraphic(r):
			b.WriteRune(r)
		case r < 0x80:
			_, _ = fmt.Fprintf(&b, "\\x%02x", r)
		default:
			_, _ = fmt.Fprintf(&b, "\\u%04x", r)
		}
	}
	return b.String()
}

// printableLine is printable text on one line.
func printableLine(s string) string {
	return strings.NewReplacer("\n", "\\n", "\t", " ").Replace(printable(s))
}

// indent puts two spaces before every line of outside text.
func indent(s string) string {
	return "  " + strings.ReplaceAll(strings.TrimRight(printable(s), "\n"), "\n", "\n  ") + "\n"
}

func inMillis(n int64) string { return fmt.Sprintf("%d ms", n) }

func inMiB(kib int64) string { return fmt.Sprintf("%.1f MiB", float64(kib)/1024) }

// plural is "1 test", "2 tests".
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
