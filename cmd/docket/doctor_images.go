package main

import (
	"context"
	"fmt"

	"github.com/docketjudge/docket/sandbox/engine"
	"github.com/docketjudge/docket/sandbox/images"
)

// buildImages is the command that mends a missing or outdated image.
const buildImages = "docket images build"

// examineImages says for each language image whether the engine has the one
// of this build.
func examineImages(ctx context.Context) []finding {
	all, err := engine.Images(ctx)
	if err != nil {
		return []finding{{"images", failing, err.Error(), buildImages}}
	}
	findings := make([]finding, 0, len(all))
	for _, status := range all {
		findings = append(findings, judgeImage(status))
	}
	return findings
}

func judgeImage(s images.Status) finding {
	check := "image " + string(s.Name)
	if !s.Present {
		return finding{check, failing, s.Ref + " is missing: it was never built, or for another build of docket", buildImages}
	}
	return finding{check, healthy, fmt.Sprintf("%s, %.19s, %s, %s", s.Ref, s.ID, size(s.Size), s.Toolchain), ""}
}
