package hostspeed

import (
	_ "embed" // the reference
	"encoding/json"
	"fmt"
	"math"
	"sync"
	"time"

	"github.com/docketjudge/docket/judge"
)

// Host says what a host is and how fast it was found to be.
type Host struct {
	Name     string                    `json:"host"` // its CPU, in the vendor's words
	CPUs     int                       `json:"cpus"`
	Date     string                    `json:"date"`     // of the measurement: 2006-01-02
	Workload string                    `json:"workload"` // the digest of what was run
	Figures  map[judge.Language]Figure `json:"figures"`
}

// Figure is a host's speed in one language.
type Figure struct {
	Millis    float64   `json:"cpu_ms"`          // the least processor time of the workload
	Toolchain string    `json:"toolchain"`       // what built and ran it
	At        time.Time `json:"at,omitzero"`     // when it was measured
	Quiet     bool      `json:"quiet"`           // whether a quiet measurement found this or a slower host
	Before    *Move     `json:"before,omitzero"` // what it moved from last, if ever
}

// Move is a figure that a new one replaced because the host's speed had
// changed.
type Move struct {
	Millis float64   `json:"cpu_ms"`
	Until  time.Time `json:"until"`
}

// FigureOf is the figure of a measured time.
func FigureOf(least time.Duration, toolchain string) Figure {
	return Figure{Millis: float64(least.Round(10*time.Microsecond)) / float64(time.Millisecond), Toolchain: toolchain}
}

// docket problems calibrate --reference writes it.
//
//go:embed reference.json
var referenceJSON []byte

// Reference is the host for which the limits of problems are stated.
var Reference = sync.OnceValue(func() Host {
	var h Host
	if err := json.Unmarshal(referenceJSON, &h); err != nil {
		panic(fmt.Sprintf("hostspeed: reference.json: %v", err)) // a test reads it
	}
	return h
})

// Ratio is how many times as long as on the reference host a program takes on
// a host with that figure: above 1 on a slower host, below on a faster one. It
// is 1 where either figure is missing.
func Ratio(l judge.Language, f Figure) float64 {
	reference := Reference().Figures[l].Millis
	if !(reference > 0 && f.Millis > 0) {
		return 1
	}
	return f.Millis / reference
}

// MaxFactor is the most that limits are multiplied by. A host that is slower
// still is broken, or so busy that its figures mean nothing.
const MaxFactor = 4

// FactorOf is what time limits are multiplied by on a host with that ratio. It
// is never below 1: a problem states its limit, and a program that kept to it
// must not be refused because the host could have done better. That costs
// little, for what is too slow is so by half the limit at least. It is rounded
// to a tenth, which is as much as a measurement can tell, so that hosts of a
// kind have the same.
func FactorOf(ratio float64) float64 {
	if math.IsNaN(ratio) {
		return 1
	}
	return min(max(math.Round(ratio*10)/10, 1), MaxFactor)
}
