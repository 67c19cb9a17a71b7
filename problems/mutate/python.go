package mutate

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"

	"github.com/docketjudge/docket/judge"
)

//go:embed lister.py
var lister string

// pythonEdits lists the changes of a Python file.
func pythonEdits(ctx context.Context, text string, python Python) ([]edit, error) {
	src := judge.Source{Language: judge.Python, Files: []judge.File{{Name: "lister.py", Content: lister}}}
	out, err := python(ctx, src, text)
	if err != nil {
		return nil, err
	}
	var listed []listed
	if err := json.Unmarshal(out, &listed); err != nil {
		return nil, fmt.Errorf("reading the list of changes: %w", err)
	}
	edits := make([]edit, len(listed))
	for i, l := range listed {
		if l.start < 0 || l.end < l.start || l.end > len(text) {
			return nil, fmt.Errorf("reading the list of changes: bytes %d to %d are not in a text of %d", l.start, l.end, len(text))
		}
		edits[i] = edit(l)
	}
	return edits, nil
}

// listed is an edit as the lister prints it: an array.
type listed edit

// UnmarshalJSON reads start, end, text and operator.
func (l *listed) UnmarshalJSON(b []byte) error {
	return json.Unmarshal(b, &[]any{&l.start, &l.end, &l.text, &l.operator})
}
