package problems

import (
	"time"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/problems/strictyaml"
)

// CalibrationRecord says where the limits of a package come from.
type CalibrationRecord struct {
	Date  string // 2006-01-02
	Host  string // its CPU, in the vendor's words
	Cores int
	Runs  int // of each submission
	// Languages are those that were measured.
	Languages map[judge.Language]CalibrationFigures
}

// CalibrationFigures are a language's part of a record. Times are processor
// times on the reference host.
type CalibrationFigures struct {
	Toolchain       string
	HostRatio       float64 // by which measured times were divided
	TimeLimit       time.Duration
	SlowestAccepted time.Duration
	FastestTooSlow  time.Duration // at least; 0 when there is none
	// Spread is how far the runs of the slowest accepted submission lay apart,
	// as a share of their median. Nil when the record does not say.
	Spread *float64
}

// calibrated reads the record of docket.yaml.
func (l *loader) calibrated(v strictyaml.Value) {
	m := v.Mapping("calibrated", "date", "host", "cores", "runs", "languages")
	r := &CalibrationRecord{Date: m.Text("date"), Host: m.Text("host"), Cores: int(m.Count("cores")), Runs: int(m.Count("runs")),
		Languages: map[judge.Language]CalibrationFigures{}}
	if _, err := time.Parse(time.DateOnly, r.Date); err != nil {
		m.Fail("date", "date of calibrated must be a day such as 2026-01-31")
	}
	if r.Host == "" || r.Cores == 0 || r.Runs == 0 {
		v.Fail("calibrated must say host, cores and runs")
	}
	langs := m.Get("languages").Mapping("languages of calibrated", "go", "java", "python")
	for _, key := range langs.Keys {
		one := langs.Get(key).Mapping("calibrated "+key, "toolchain", "host_ratio", "time_limit", "slowest_accepted", "spread", "fastest_too_slow")
		f := CalibrationFigures{
			Toolchain: one.Text("toolchain"), HostRatio: one.Positive("host_ratio"), TimeLimit: Seconds(one.Positive("time_limit")),
			SlowestAccepted: Seconds(one.Positive("slowest_accepted")), FastestTooSlow: Seconds(one.Positive("fastest_too_slow")),
		}
		if one.Has("spread") {
			f.Spread = new(one.Percent("spread"))
		}
		lang := judge.Language(key)
		if f.Toolchain == "" || f.HostRatio == 0 || f.TimeLimit == 0 || f.SlowestAccepted == 0 {
			langs.Fail(key, "calibrated %s must say toolchain, host_ratio, time_limit and slowest_accepted", key)
		} else if present := l.pkg.Problem.LimitsFor(lang).CPU; f.TimeLimit != present {
			l.warn("%s: %s was calibrated for %s and its limit is %s", DocketFile, lang.Name(), f.TimeLimit, present)
		}
		r.Languages[lang] = f
	}
	l.pkg.Calibrated = r
}
