package main

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/hostspeed"
	"github.com/docketjudge/docket/sandbox"
	"github.com/docketjudge/docket/sandbox/engine"
)

// measureSpeed is the command that measures a host anew.
const measureSpeed = "docket doctor --measure"

// examineSpeed says how fast the engine's host is in each language, as a
// worker or an earlier doctor found it, or as it is found now.
func (c *doctorCmd) examineSpeed(ctx context.Context, info engine.Info) []finding {
	path := speedFile(info, "")
	known, _ := hostspeed.Load(path)
	if c.Measure {
		measured, err := measureHost(ctx, info, known)
		if err != nil {
			return []finding{{"speed", failing, err.Error(), "mend what else fails, then " + measureSpeed}}
		}
		known = measured
		if err := keepSpeed(path, known); err != nil {
			return append(judgeSpeed(known), finding{"speed", warning, err.Error(), "make the directory writable"})
		}
	}
	return judgeSpeed(known)
}

// measureHost measures the engine's host with one slot. What was known of it
// counts where the host is too busy now.
func measureHost(ctx context.Context, info engine.Info, known hostspeed.Host) (hostspeed.Host, error) {
	flags := workerFlags{Slots: 1, Languages: judge.Languages(), BoxReuse: true, ArtifactCache: 32}
	log := slog.New(slog.DiscardHandler) // what failed is a finding
	sb, err := flags.sandbox(ctx, sandbox.WorkerID(), "", log)
	if err != nil {
		return hostspeed.Host{}, err
	}
	defer func() { _ = sb.Close() }()
	h := describeHost(info)
	gauge, err := hostspeed.NewGauge(hostspeed.GaugeConfig{Sandbox: sb, Known: known.Figures, Toolchain: sb.Toolchain, Log: log})
	if err != nil {
		return hostspeed.Host{}, err
	}
	h.Figures = gauge.Run(ctx)
	for _, l := range judge.Languages() {
		if _, ok := h.Figures[l]; !ok {
			return h, fmt.Errorf("the workload of %s could not be run", l.Name())
		}
	}
	return h, nil
}

// measuredOn is the day of a measurement. Older records know one for all
// languages.
func measuredOn(h hostspeed.Host, f hostspeed.Figure) string {
	if f.At.IsZero() {
		return h.Date
	}
	return f.At.Format(time.DateOnly)
}

// slowHost is the ratio from which on a host deserves a word.
const slowHost = 1.5

func judgeSpeed(h hostspeed.Host) []finding {
	all := make([]finding, 0, len(judge.Languages()))
	for _, l := range judge.Languages() {
		check := "speed " + l.Name()
		f, ok := h.Figures[l]
		if !ok {
			all = append(all, finding{check, healthy, "not measured: a worker does that when it starts, " + measureSpeed + " does it now", ""})
			continue
		}
		ratio := hostspeed.Ratio(l, f)
		factor := hostspeed.FactorOf(ratio)
		found := fmt.Sprintf("%.0f ms for what takes the reference %.0f ms: time limits x %.1f (%s, %s)",
			f.Millis, hostspeed.Reference().Figures[l].Millis, factor, f.Toolchain, measuredOn(h, f))
		if b := f.Before; b != nil {
			found += fmt.Sprintf("; x %.1f until %s", hostspeed.FactorOf(hostspeed.Ratio(l, hostspeed.Figure{Millis: b.Millis})), b.Until.Format(time.DateOnly))
		}
		switch {
		case ratio > hostspeed.MaxFactor:
			all = append(all, finding{check, warning, found + ": slower than limits can be stretched; right programs may be judged as too slow",
				"stop what else runs on this host, then " + measureSpeed})
		case !f.Quiet:
			all = append(all, finding{check, warning, found + ", while other programs kept the host busy",
				"stop what else runs on this host, then " + measureSpeed + "; a worker measures again by itself"})
		case ratio >= slowHost:
			all = append(all, finding{check, warning, found + ": verdicts stay the same, judging takes longer",
				"stop what else runs on this host, then " + measureSpeed})
		default:
			all = append(all, finding{check, healthy, found, ""})
		}
	}
	return all
}
