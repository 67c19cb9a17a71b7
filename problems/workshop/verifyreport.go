package workshop

import (
	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems"
)

// VerifyReport is the outcome of verifying a package.
type VerifyReport struct {
	Problem judge.Slug  `json:"problem"`
	Rows    []VerifyRow `json:"rows"`
	// Checks are the findings about data and validators. Those that hold
	// have no Reason.
	Checks   []problems.Check `json:"checks"`
	Warnings []string         `json:"warnings,omitempty"`
}

// Surprise reports whether anything was not as the package claims.
func (r VerifyReport) Surprise() bool {
	for _, row := range r.Rows {
		if row.Surprise != "" {
			return true
		}
	}
	for _, c := range r.Checks {
		if c.Reason != "" {
			return true
		}
	}
	return false
}

// VerifyRow is what became of one submission.
type VerifyRow struct {
	Problem     judge.Slug     `json:"problem"`
	Submission  string         `json:"submission"`
	Language    judge.Language `json:"language"`
	Expected    string         `json:"expected"` // "AC", "WA", "RTE|TLE"
	Got         judge.Verdict  `json:"got"`
	Passed      int            `json:"passed"`
	Total       int            `json:"total"`
	CPUMillis   int64          `json:"cpu_ms"`       // of the slowest test
	LimitMillis int64          `json:"cpu_limit_ms"` // what a test may take on this host
	HostFactor  float64        `json:"host_factor"`  // what the problem's own limit was multiplied by
	MemoryKiB   int64          `json:"memory_kib"`   // of the largest test
	Surprise    string         `json:"surprise,omitempty"`
}

// Margin is how many times the slowest test of an accepted submission fits into
// the limit. It is 0 for the others, and where nothing was measured.
func (r VerifyRow) Margin() float64 {
	if r.Expected != string(judge.AC) || r.Got != judge.AC || r.CPUMillis == 0 {
		return 0
	}
	return float64(r.LimitMillis) / float64(r.CPUMillis)
}
