package main

import (
	"bufio"
	"errors"
	"io"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/hostspeed"
	"github.com/docketjudge/docket/sandbox/engine"
	"github.com/docketjudge/docket/sandbox/images"
)

// soundEngine is an engine that nothing is wrong with.
func soundEngine() engine.Info {
	return engine.Info{
		Host: "unix:///var/run/docker.sock", Local: true, Version: "26.1", API: "1.45",
		OS: runtime.GOOS, Arch: runtime.GOARCH, Storage: "overlay2", RootDir: "/var/lib/docker",
		CPUs: 4, Memory: 8 * judge.GiB, Runtimes: []string{"runc"}, Seccomp: true,
		Cgroup: engine.Cgroup{Version: "2", Driver: "systemd", Memory: true, Swap: true, CPUSet: true, Pids: true},
	}
}

func TestExamineEngine(t *testing.T) {
	for _, f := range examineEngine(soundEngine()) {
		if f.Health != healthy || f.Mend != "" || f.Found == "" {
			t.Errorf("a sound engine has %+v", f)
		}
	}
	tests := map[string]struct {
		spoil func(*engine.Info)
		check string
		want  health
	}{
		"old":             {func(i *engine.Info) { i.API = "1.40" }, "engine API", failing},
		"older than ten":  {func(i *engine.Info) { i.API = "1.9" }, "engine API", failing},
		"no version":      {func(i *engine.Info) { i.API = "" }, "engine API", failing},
		"foreign":         {func(i *engine.Info) { i.Arch = "riscv64" }, "platform", failing},
		"rootless":        {func(i *engine.Info) { i.Rootless = true }, "platform", warning},
		"no memory limit": {func(i *engine.Info) { i.Cgroup.Memory = false }, "cgroup", failing},
		"no cpuset on v1": {func(i *engine.Info) { i.Cgroup.Version, i.Cgroup.CPUSet = "1", false }, "cgroup", failing},
		"no pids":         {func(i *engine.Info) { i.Cgroup.Pids = false }, "cgroup", failing},
		"no swap limit":   {func(i *engine.Info) { i.Cgroup.Swap = false }, "cgroup", warning},
		"no seccomp":      {func(i *engine.Info) { i.Seccomp = false }, "seccomp", failing},
		"vfs":             {func(i *engine.Info) { i.Storage = "vfs" }, "storage", warning},
		"one CPU":         {func(i *engine.Info) { i.CPUs = 1 }, "CPUs", warning},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			info := soundEngine()
			test.spoil(&info)
			for _, f := range examineEngine(info) {
				want := healthy
				if f.Check == test.check {
					want = test.want
				}
				if f.Health != want || (want != healthy) != (f.Mend != "") {
					t.Errorf("%+v, want it %s", f, want)
				}
			}
		})
	}
}

func TestExamineHost(t *testing.T) {
	const clocks = "sys/devices/system/clocksource/clocksource0/"
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	sound := func() fstest.MapFS {
		return fstest.MapFS{
			"sys/devices/system/cpu/smt/active": file("0\n"),
			"proc/swaps":                        file("Filename Type Size Used Priority\n"),
			"proc/meminfo":                      file("MemTotal: 9000000 kB\nMemAvailable:    8000000 kB\n"),
			clocks + "current_clocksource":      file("tsc\n"),
			clocks + "available_clocksource":    file("tsc hpet acpi_pm\n"),
		}
	}
	tests := map[string]struct {
		file, content string
		free          judge.Bytes
		freeErr       error
		check         string
		want          health
		mention       string
	}{
		"sound":        {free: 50 * judge.GiB},
		"SMT":          {"sys/devices/system/cpu/smt/active", "1\n", 50 * judge.GiB, nil, "SMT", warning, "smt/control"},
		"swap":         {"proc/swaps", "Filename Type\n/dev/sda2 partition\n/swap.img file\n", 50 * judge.GiB, nil, "swap", warning, "/dev/sda2, /swap.img"},
		"slow clock":   {clocks + "current_clocksource", "hpet\n", 50 * judge.GiB, nil, "clock source", warning, "echo tsc"},
		"little":       {"proc/meminfo", "MemAvailable: 1500000 kB\n", 50 * judge.GiB, nil, "free memory", warning, ""},
		"too little":   {"proc/meminfo", "MemAvailable: 500000 kB\n", 50 * judge.GiB, nil, "free memory", failing, "488 MiB"},
		"no meminfo":   {"proc/meminfo", "nonsense", 50 * judge.GiB, nil, "free memory", warning, ""},
		"small disk":   {"", "", 3 * judge.GiB, nil, "free disk", warning, "3.0 GiB below /data"},
		"full disk":    {"", "", judge.MiB, nil, "free disk", failing, ""},
		"hidden disk":  {"", "", 0, errors.New("permission denied"), "free disk", warning, "permission denied"},
		"silent smt":   {"sys/devices/system/cpu/smt/active", "", 50 * judge.GiB, nil, "", "", ""},
		"silent clock": {clocks + "current_clocksource", "", 50 * judge.GiB, nil, "", "", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			root := sound()
			if test.file != "" {
				root[test.file] = file(test.content)
			}
			h := host{root: root, free: func(string) (judge.Bytes, error) { return test.free, test.freeErr }}
			for _, f := range h.examine("/data") {
				want := healthy
				if f.Check == test.check {
					want = test.want
					if !strings.Contains(f.Found+f.Mend, test.mention) {
						t.Errorf("%+v does not mention %q", f, test.mention)
					}
				}
				if f.Health != want || (want != healthy) != (f.Mend != "") {
					t.Errorf("%+v, want it %s", f, want)
				}
			}
		})
	}
}

// startRedis starts a real server on a unix socket and returns its URL.
func startRedis(t *testing.T, args ...string) string {
	t.Helper()
	dir := t.TempDir()
	socket := filepath.Join(dir, "redis.sock")
	cmd := exec.CommandContext(t.Context(), "redis-server", append([]string{"--port", "0", "--unixsocket", socket, "--dir", dir, "--save", ""}, args...)...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Wait() }) // by now the test's context has killed it
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if strings.Contains(strings.ToLower(lines.Text()), "ready to accept connections") {
			go func() { _, _ = io.Copy(io.Discard, out) }() // ends with the server
			return "unix://" + socket
		}
	}
	t.Fatal("redis-server ended before it was ready")
	return ""
}

func TestExamineRedis(t *testing.T) {
	tests := map[string]struct {
		args []string
		want map[string]health
	}{
		"durable": {[]string{"--appendonly", "yes", "--maxmemory-policy", "noeviction"},
			map[string]health{"redis": healthy, "redis persistence": healthy, "redis memory": healthy}},
		"forgetful": {[]string{"--appendonly", "no", "--maxmemory", "64mb", "--maxmemory-policy", "allkeys-lru"},
			map[string]health{"redis": healthy, "redis persistence": warning, "redis memory": failing}},
		"unlimited": {[]string{"--appendonly", "yes", "--maxmemory-policy", "volatile-lru"},
			map[string]health{"redis": healthy, "redis persistence": healthy, "redis memory": warning}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			findings := examineRedis(t.Context(), startRedis(t, test.args...))
			if len(findings) != len(test.want) {
				t.Errorf("%d findings, want %d", len(findings), len(test.want))
			}
			for _, f := range findings {
				if f.Health != test.want[f.Check] || (f.Health != healthy) != (f.Mend != "") {
					t.Errorf("%+v, want it %s", f, test.want[f.Check])
				}
			}
		})
	}
}

func TestJudgeRedis(t *testing.T) {
	tests := map[string]struct {
		info string
		want health
		text string
	}{
		"old":     {"redis_version:5.0.14\r\nrole:master\r\n", failing, "Redis 5.0.14"},
		"replica": {"redis_version:7.2.0\r\nrole:slave\r\n", failing, "slave"},
		"valkey":  {"# Server\r\nredis_version:7.2.4\r\nvalkey_version:8.1.0\r\nrole:master\r\n", healthy, "Valkey 8.1.0"},
	}
	for name, test := range tests {
		f := judgeRedis(parseInfo(test.info), time.Millisecond)[0]
		if f.Health != test.want || !strings.Contains(f.Found, test.text) {
			t.Errorf("%s: %+v, want it %s", name, f, test.want)
		}
	}
	f := redisPersistence(map[string]string{"aof_enabled": "1", "aof_last_write_status": "err"})
	if f.Health != failing {
		t.Errorf("a full disk of Redis is %s", f.Health)
	}
}

func TestJudgeImage(t *testing.T) {
	status := images.Status{Image: images.Image{Name: "python", Ref: "docket/python:0123"}}
	if f := judgeImage(status); f.Health != failing || f.Mend != buildImages || !strings.Contains(f.Found, "docket/python:0123") {
		t.Errorf("a missing image: %+v", f)
	}
	status.Present, status.ID, status.Size, status.Toolchain = true, "sha256:fedcba9876543210", 60*judge.MiB, "python 3.13.5"
	f := judgeImage(status)
	if f.Health != healthy || !strings.Contains(f.Found, "sha256:fedcba987654") || !strings.Contains(f.Found, "python 3.13.5") {
		t.Errorf("a present image: %+v", f)
	}
}

func TestJudgeSpeed(t *testing.T) {
	at := func(ratio float64) hostspeed.Host {
		h := hostspeed.Host{Date: "2026-02-03", Figures: map[judge.Language]hostspeed.Figure{}}
		for l, f := range hostspeed.Reference().Figures {
			h.Figures[l] = hostspeed.Figure{Millis: f.Millis * ratio, Toolchain: string(l) + " 9.8", Quiet: true}
		}
		return h
	}
	change := func(h hostspeed.Host, how func(l judge.Language, f *hostspeed.Figure)) hostspeed.Host {
		for l, f := range h.Figures {
			how(l, &f)
			h.Figures[l] = f
		}
		return h
	}
	disturbed := change(at(1.3), func(_ judge.Language, f *hostspeed.Figure) { f.Quiet = false })
	moved := change(at(1.3), func(l judge.Language, f *hostspeed.Figure) {
		f.Before = &hostspeed.Move{Millis: hostspeed.Reference().Figures[l].Millis * 2, Until: time.Date(2026, 2, 3, 4, 5, 6, 0, time.UTC)}
	})
	for name, test := range map[string]struct {
		host hostspeed.Host
		want health
		says string
	}{
		"never measured": {hostspeed.Host{}, healthy, "docket doctor --measure"},
		"fast":           {at(0.5), healthy, "time limits x 1.0 ("},
		"slower":         {at(1.3), healthy, "time limits x 1.3 ("},
		"slow":           {at(2), warning, "time limits x 2.0 ("},
		"disturbed":      {disturbed, warning, "kept the host busy"},
		"moved":          {moved, healthy, "; x 2.0 until 2026-02-03"},
		"too slow":       {at(9), warning, "slower than limits can be stretched"},
	} {
		findings := judgeSpeed(test.host)
		if len(findings) != len(judge.Languages()) {
			t.Errorf("%s: %d findings", name, len(findings))
		}
		for i, f := range findings {
			if f.Check != "speed "+judge.Languages()[i].Name() || f.Health != test.want || (f.Mend != "") != (test.want != healthy) || !strings.Contains(f.Found, test.says) {
				t.Errorf("%s: %+v, want it %s and %q", name, f, test.want, test.says)
			}
			if len(test.host.Figures) > 0 && !strings.Contains(f.Found, " 9.8, 2026-02-03)") {
				t.Errorf("%s: %q does not say what was measured when", name, f.Found)
			}
		}
	}
}

func TestCPUName(t *testing.T) {
	for name, test := range map[string]struct{ cpuinfo, want string }{
		"x86":    {"processor\t: 0\nmodel name\t: ACME  Turbo CPU\n\nmodel name\t: Other\n", "ACME Turbo CPU"},
		"arm":    {"processor\t: 0\nCPU implementer\t: 0x41\n", ""},
		"absent": {"", ""},
	} {
		h := host{root: fstest.MapFS{"proc/cpuinfo": {Data: []byte(test.cpuinfo)}}}
		if got := h.cpuName(); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

func TestDiagnosisPrint(t *testing.T) {
	d := diagnose([]finding{
		{"engine", healthy, "26.1", ""},
		{"redis memory", failing, "full", "redis-cli X"},
	})
	var b strings.Builder
	if err := d.print(&b, false); err != nil {
		t.Fatal(err)
	}
	want := `ok    engine        26.1
fail  redis memory  full
                    mend: redis-cli X

1 ok, 0 to watch, 1 failing
`
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
	if d.Healthy {
		t.Error("a diagnosis with a failure is healthy")
	}
	b.Reset()
	if err := d.print(&b, true); err != nil || !strings.Contains(b.String(), "\x1b[31;1mfail\x1b[0m") {
		t.Errorf("%v; no colour in %q", err, b.String())
	}
}
