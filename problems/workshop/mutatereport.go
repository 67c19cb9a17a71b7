package workshop

import (
	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems/mutate"
)

// MutateReport is how many mutants of a package's accepted submissions its
// hidden tests found.
type MutateReport struct {
	Problem     judge.Slug          `json:"problem"`
	Counts      MutantCounts        `json:"counts"`
	Submissions []MutatedSubmission `json:"submissions"`
	// KilledBy counts, by the name of the test, the mutants that it was the
	// first to find. Which test comes first is a matter of what it costs.
	KilledBy map[string]int `json:"killed_by"`
	// Surprises are what is wrong beside too low a rate: wrong entries of
	// docket.yaml, and mutants on which the package's own programs failed.
	Surprises []string `json:"surprises,omitempty"`
	Seconds   float64  `json:"seconds"` // taken by trying the mutants
}

// PerSecond is how many mutants were tried in a second.
func (r MutateReport) PerSecond() float64 {
	return float64(r.Counts.Tried()) / max(r.Seconds, 0.001)
}

// Add adds the numbers of another problem's report.
func (r *MutateReport) Add(other MutateReport) {
	r.Counts.add(other.Counts)
	r.Seconds += other.Seconds
}

// MutatedSubmission is what became of the mutants of one submission.
type MutatedSubmission struct {
	Submission string         `json:"submission"`
	Language   judge.Language `json:"language"`
	Counts     MutantCounts   `json:"counts"`
	Survivors  []Survivor     `json:"survivors"`
}

// Survivor is a mutant that passes all hidden tests.
type Survivor struct {
	mutate.Mutant
	// Equivalent is why no test can find it, or empty.
	Equivalent string `json:"equivalent,omitempty"`
	// Slow says that it took several times as long as the original on a small
	// test, though not longer than the problem allows.
	Slow bool `json:"slow,omitempty"`
}

// MutantCounts are numbers of mutants.
type MutantCounts struct {
	Killed int `json:"killed"`
	// KilledAs counts the killed by the verdict of the test that found them.
	KilledAs map[judge.Verdict]int `json:"killed_as"`
	Survived int                   `json:"survived"` // without those listed as equivalent
	// Equivalent ones are listed in docket.yaml and count neither way.
	Equivalent int `json:"equivalent"`
	// Stillborn ones do not compile and count neither way.
	Stillborn int `json:"stillborn"`
	// Failed ones could not be judged; see the surprises.
	Failed int `json:"failed"`
	// Again is how many of all took so long on small tests that they were
	// judged again, under the limits of the problem.
	Again int `json:"judged_again"`
}

func (c *MutantCounts) kill(v judge.Verdict) {
	c.Killed++
	if c.KilledAs == nil {
		c.KilledAs = map[judge.Verdict]int{}
	}
	c.KilledAs[v]++
}

// Tried is how many mutants were built.
func (c MutantCounts) Tried() int {
	return c.Killed + c.Survived + c.Equivalent + c.Stillborn + c.Failed
}

// Rate is the share of killed mutants among those that count, in percent, or
// 100 where none counts.
func (c MutantCounts) Rate() float64 {
	if c.Killed+c.Survived == 0 {
		return 100
	}
	return 100 * float64(c.Killed) / float64(c.Killed+c.Survived)
}

func (c *MutantCounts) add(d MutantCounts) {
	for v, n := range d.KilledAs {
		for range n {
			c.kill(v)
		}
	}
	c.Survived += d.Survived
	c.Equivalent += d.Equivalent
	c.Stillborn += d.Stillborn
	c.Failed += d.Failed
	c.Again += d.Again
}
