package judge

import (
	"context"
	"encoding/json"
	"fmt"
	"time"
)

// Bytes is an amount of memory or data.
type Bytes int64

// The usual multiples.
const (
	KiB Bytes = 1 << 10
	MiB Bytes = 1 << 20
	GiB Bytes = 1 << 30
)

// KiB is b in whole kibibytes, rounded up.
func (b Bytes) KiB() int64 { return (int64(b) + 1023) >> 10 }

// String prints b in the largest unit that keeps it short.
func (b Bytes) String() string {
	switch {
	case b >= GiB:
		return fmt.Sprintf("%.1f GiB", float64(b)/float64(GiB))
	case b >= MiB:
		return fmt.Sprintf("%.1f MiB", float64(b)/float64(MiB))
	case b >= KiB:
		return fmt.Sprintf("%.1f KiB", float64(b)/float64(KiB))
	}
	return fmt.Sprintf("%d B", int64(b))
}

// Limits bound one run of a program. Zero fields mean the default.
type Limits struct {
	// CPU is the processor time, summed over every process and thread of the
	// run. Defaults to 2 s.
	CPU time.Duration
	// Wall is the elapsed time. Defaults to 3 x CPU + 1 s, so that only a
	// program that sleeps or waits meets it first.
	Wall time.Duration
	// Memory is what the program itself may use; the runner and the artifact
	// do not count. Defaults to 256 MiB.
	Memory Bytes
	// Output bounds what the program may print to its standard output.
	// Defaults to 16 MiB.
	Output Bytes
}

// Defaults and bounds of Limits.
const (
	DefaultCPU    = 2 * time.Second
	DefaultMemory = 256 * MiB
	DefaultOutput = 16 * MiB

	MaxCPU    = 60 * time.Second
	MaxMemory = 2 * GiB
	MaxOutput = 256 * MiB
	MinMemory = 16 * MiB
)

// WithDefaults fills the zero fields of l.
func (l Limits) WithDefaults() Limits {
	if l.CPU == 0 {
		l.CPU = DefaultCPU
	}
	if l.Wall == 0 {
		l.Wall = 3*l.CPU + time.Second
	}
	if l.Memory == 0 {
		l.Memory = DefaultMemory
	}
	if l.Output == 0 {
		l.Output = DefaultOutput
	}
	return l
}

// idleTime is for how long a client's own program may sleep or wait.
const idleTime = 5 * time.Second

// Attended is l for a run that a client asked for and waits for: who may ask
// for a minute of processor time must not hold a slot for three by sleeping.
// The elapsed time is at most CPU + 5 s.
func (l Limits) Attended() Limits {
	l = l.WithDefaults()
	l.Wall = min(l.Wall, l.CPU+idleTime)
	return l
}

// Validate reports the first limit that is out of bounds.
func (l Limits) Validate() error {
	switch {
	case l.CPU < 0 || l.CPU > MaxCPU:
		return Invalid("limits.cpu_ms", "must be between 1 and %d", MaxCPU.Milliseconds())
	case l.Wall < 0 || l.Wall > 4*MaxCPU:
		return Invalid("limits.wall_ms", "must be between 1 and %d", (4 * MaxCPU).Milliseconds())
	case l.Memory != 0 && (l.Memory < MinMemory || l.Memory > MaxMemory):
		return Invalid("limits.memory_kib", "must be between %d and %d", MinMemory.KiB(), MaxMemory.KiB())
	case l.Output < 0 || l.Output > MaxOutput:
		return Invalid("limits.output_kib", "must be between 1 and %d", MaxOutput.KiB())
	}
	return nil
}

// Scaled is l with its times multiplied, for a host on which programs take
// that many times as long as on the one that l was found on. The zero fields
// are filled first, so that a default is scaled as well.
func (l Limits) Scaled(factor float64) Limits {
	l = l.WithDefaults()
	l.CPU = time.Duration(float64(l.CPU) * factor).Round(time.Millisecond)
	l.Wall = time.Duration(float64(l.Wall) * factor).Round(time.Millisecond)
	return l
}

// CPUStop is the processor time at which a run is stopped. It lies a tenth
// above the limit, so that a run that was slowed by its neighbours can be
// told from one that never ends; see [Limits.Doubtful].
func (l Limits) CPUStop() time.Duration { return l.CPU + l.CPU/10 }

// Doubtful reports whether a run may owe its end to the host rather than to
// itself: it ended by itself between the time limit and the point at which it
// would have been stopped, or it was stopped for elapsed time, as a sleeper is
// but also a program that a crowded host did not let run. Such a run is
// repeated once. The second counts, unless it is TLE again and took no less time.
func (l Limits) Doubtful(r Result) bool {
	return r.Stopped == StoppedForWall ||
		r.Stopped == NotStopped && r.CPU > l.CPU && r.CPU <= l.CPUStop()
}

// Allowance is the memory that a language's own runtime may use on top of a
// problem's limit: the code cache, metaspace, class data and collector of a
// JVM are not the program's doing.
func (l Language) Allowance() Bytes {
	if l == Java {
		return 96 * MiB
	}
	return 0
}

// WithAllowance is l with the allowance of a language's runtime added.
func (l Limits) WithAllowance(lang Language) Limits {
	l.Memory += lang.Allowance()
	return l
}

// limitsJSON is how limits cross the API: milliseconds and kibibytes.
type limitsJSON struct {
	CPU    int64 `json:"cpu_ms"`
	Wall   int64 `json:"wall_ms,omitempty"`
	Memory int64 `json:"memory_kib"`
	Output int64 `json:"output_kib,omitempty"`
}

// MarshalJSON writes l in milliseconds and kibibytes.
func (l Limits) MarshalJSON() ([]byte, error) {
	return json.Marshal(limitsJSON{
		CPU: l.CPU.Milliseconds(), Wall: l.Wall.Milliseconds(),
		Memory: l.Memory.KiB(), Output: l.Output.KiB(),
	})
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (l *Limits) UnmarshalJSON(b []byte) error {
	var j limitsJSON
	if err := json.Unmarshal(b, &j); err != nil {
		return err
	}
	*l = Limits{
		CPU: time.Duration(j.CPU) * time.Millisecond, Wall: time.Duration(j.Wall) * time.Millisecond,
		Memory: Bytes(j.Memory) * KiB, Output: Bytes(j.Output) * KiB,
	}
	return nil
}

// HostFactor is what the time limits of problems are multiplied by in a
// language, so that a slower host judges the same. It may wait for a
// measurement.
type HostFactor func(context.Context, Language) (float64, error)

// FixedFactor is a factor that nobody measures.
func FixedFactor(f float64) HostFactor {
	return func(context.Context, Language) (float64, error) { return f, nil }
}
