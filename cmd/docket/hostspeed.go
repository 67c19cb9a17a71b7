package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/hostspeed"
	"github.com/docketjudge/docket/sandbox"
	"github.com/docketjudge/docket/sandbox/engine"
)

// hostSpeed is what a worker knows of the speed of its engine's host.
type hostSpeed struct {
	fixed float64 // of --host-factor; 0 measures
	gauge *hostspeed.Gauge
	host  hostspeed.Host // without its figures
	path  string         // where the figures are kept, or ""
	log   *slog.Logger
}

// openHostSpeed begins with what an earlier worker of this host has kept.
func openHostSpeed(ctx context.Context, f workerFlags, sb *sandbox.Docker, log *slog.Logger) (*hostSpeed, error) {
	s := &hostSpeed{fixed: f.HostFactor, log: log}
	if s.fixed > 0 {
		return s, nil
	}
	var known hostspeed.Host
	info, err := engine.Probe(ctx)
	if err != nil {
		log.Warn("host factor", "err", err) // it is measured, and not kept
	} else {
		s.path, s.host = speedFile(info, f.Runtime), describeHost(info)
		known, _ = hostspeed.Load(s.path)
	}
	s.gauge, err = hostspeed.NewGauge(hostspeed.GaugeConfig{
		Sandbox: sb, Languages: f.Languages, Known: known.Figures, Toolchain: sb.Toolchain, Log: log,
	})
	return s, err
}

// factor is what a judging's limits are multiplied by; see
// [hostspeed.Gauge.Factor].
func (s *hostSpeed) factor(ctx context.Context, l judge.Language) (float64, error) {
	if s.fixed > 0 {
		return s.fixed, nil
	}
	return s.gauge.Factor(ctx, l)
}

// now is the factor as far as it is known.
func (s *hostSpeed) now(l judge.Language) float64 {
	if s.fixed > 0 {
		return s.fixed
	}
	return hostspeed.FactorOf(hostspeed.Ratio(l, s.gauge.Figures()[l]))
}

// measure measures the host now and from time to time until ctx ends, and keeps
// the figures for the next start and for docket doctor. It takes one slot at a
// time.
func (s *hostSpeed) measure(ctx context.Context) {
	if s.fixed > 0 {
		return
	}
	s.gauge.Keep(ctx, func(figures map[judge.Language]hostspeed.Figure) {
		for _, l := range judge.Languages() {
			if f, ok := figures[l]; ok {
				ratio := hostspeed.Ratio(l, f)
				s.log.Info("host measured", "language", l, "cpu_ms", f.Millis, "ratio", fmt.Sprintf("%.2f", ratio),
					"factor", hostspeed.FactorOf(ratio), "quiet", f.Quiet)
			}
		}
		if s.path == "" || len(figures) == 0 {
			return
		}
		h := s.host
		h.Date, h.Figures = time.Now().UTC().Format(time.DateOnly), figures
		if err := keepSpeed(s.path, h); err != nil {
			s.log.Warn("host factor", "err", err)
		}
	})
}

// moves counts how often the speed in a language was found to have changed.
func (s *hostSpeed) moves(l judge.Language) int {
	if s.fixed > 0 {
		return 0
	}
	return s.gauge.Moves(l)
}

// keepSpeed writes figures beside those of languages that were not measured
// this time.
func keepSpeed(path string, h hostspeed.Host) error {
	if old, ok := hostspeed.Load(path); ok {
		for l, f := range old.Figures {
			if _, measured := h.Figures[l]; !measured {
				h.Figures[l] = f
			}
		}
	}
	return h.Save(path)
}

// speedFile is where the figures of an engine's host are kept: in the user's
// cache directory, under a name made of what makes a difference to them.
func speedFile(info engine.Info, ociRuntime string) string {
	dir, err := os.UserCacheDir()
	if err != nil {
		dir = os.TempDir() // a service without a home
	}
	name := sha256.Sum256(fmt.Appendf(nil, "%s\n%s\n%d\n%s\n%s", info.Host, nameOf(info), info.CPUs, ociRuntime, hostspeed.Workload()))
	return filepath.Join(dir, "docket", "speed-"+hex.EncodeToString(name[:8])+".json")
}

// describeHost says what is measured, and when.
func describeHost(info engine.Info) hostspeed.Host {
	return hostspeed.Host{Name: nameOf(info), CPUs: info.CPUs, Date: time.Now().UTC().Format(time.DateOnly), Workload: hostspeed.Workload()}
}

// nameOf is the name of the CPU that boxes run on. Of another machine no more
// is known than its architecture.
func nameOf(info engine.Info) string {
	if info.Local {
		if name := thisHost().cpuName(); name != "" {
			return name
		}
	}
	return info.Arch
}

// cpuName is how the kernel names the first CPU, or "".
func (h host) cpuName() string {
	for line := range strings.Lines(h.read("proc/cpuinfo")) {
		if key, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(key) == "model name" {
			return strings.Join(strings.Fields(value), " ")
		}
	}
	return ""
}
