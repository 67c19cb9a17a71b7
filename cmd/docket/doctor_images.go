package main

import "context"

// imageStatus says for each language image whether it is there, under which
// digest, and whether its runner is the one of this build.
var imageStatus func(ctx context.Context) ([]finding, error)

func examineImages(ctx context.Context) []finding {
	const mend = "docket images build"
	if imageStatus == nil {
		return nil
	}
	findings, err := imageStatus(ctx)
	if err != nil {
		return []finding{{"images", failing, err.Error(), mend}}
	}
	return findings
}
