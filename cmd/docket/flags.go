package main

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"slices"
	"time"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/hostspeed"
	"github.com/docketjudge/docket/problems"
	"github.com/docketjudge/docket/sandbox"
)

// storeFlags say where state is kept and for how long.
type storeFlags struct {
	Redis        string        `help:"The Redis to use: a redis://, rediss://, unix:// or redis-sentinel:// URL." env:"DOCKET_REDIS_URL" placeholder:"URL" group:"State"`
	Retention    time.Duration `help:"How long a submission is kept after its judging ended." default:"720h" group:"State"`
	RunRetention time.Duration `help:"The same for runs with custom input." default:"24h" group:"State"`
}

// catalogFlags say which problems there are.
type catalogFlags struct {
	Problems []string `help:"A directory of problem packages, besides the built-in ones. May be repeated; the last one wins." type:"existingdir" placeholder:"DIR" group:"Problems"`
	TestsDir string   `help:"Where generated tests are kept. Defaults to docket/tests in the user's cache directory." placeholder:"DIR" group:"Problems"`
}

func (f catalogFlags) open(sb judge.Sandbox) (*catalog, error) {
	roots := []fs.FS{problems.Builtin()}
	for _, dir := range f.Problems {
		root, err := problems.DirRoot(dir)
		if err != nil {
			return nil, err
		}
		roots = append(roots, root)
	}
	return openCatalog(roots, f.TestsDir, sb)
}

// apiFlags say how the HTTP API behaves.
type apiFlags struct {
	Listen             string   `help:"Address of the HTTP API. One that is not loopback needs --require-keys." default:"127.0.0.1:8080" placeholder:"ADDR" group:"API"`
	RequireKeys        bool     `help:"Refuse requests without an API key; see 'docket keys'." group:"API"`
	OpenMetrics        bool     `help:"Serve /metrics without a key even with --require-keys." group:"API"`
	KeyQuota           int      `help:"How many submissions one key may have waiting and running; 0 is no bound." default:"5000" group:"API"`
	KeyRate            int      `help:"How many submissions one key may send a minute; 0 is no bound." default:"3000" group:"API"`
	KeyRateMiB         int      `name:"key-rate-mib" env:"DOCKET_KEY_RATE_MIB" help:"How many MiB of programs and inputs one key may send a minute; 0 is no bound." default:"64" placeholder:"MIB" group:"API"`
	MaxPending         int      `help:"How many submissions may wait in all before new ones are refused; 0 is no bound." default:"100000" group:"API"`
	MaxPendingMiB      int      `name:"max-pending-mib" env:"DOCKET_MAX_PENDING_MIB" help:"How many MiB of programs and inputs may wait and run in all, and a quarter of that for one key; 0 is no bound." default:"1024" placeholder:"MIB" group:"API"`
	MaxConns           int      `help:"How many connections the API holds at a time." default:"8192" group:"API"`
	MaxConnsPerAddress int      `help:"How many of them may come from one IPv4 address or one IPv6 network of 64 bits." default:"2048" group:"API"`
	MaxWaiting         int      `help:"How many requests may wait for a report or follow events at a time, a quarter of them with one key." default:"4096" group:"API"`
	AllowHosts         []string `help:"Host names, besides localhost, under which clients may call an API without keys, such as through a proxy." placeholder:"NAME" group:"API"`
	AllowOrigins       []string `help:"Origins whose pages may call the API." placeholder:"ORIGIN" group:"API"`
}

// hosts are the names under which the API may be called: what it was told to
// listen on is one.
func (f apiFlags) hosts() []string {
	host, _, err := net.SplitHostPort(f.Listen)
	if err != nil || host == "" {
		return f.AllowHosts
	}
	return append(slices.Clone(f.AllowHosts), host)
}

// quota is what one key may ask for. Its share of the memory for what waits
// leaves room for others.
func (f apiFlags) quota() judge.Quota {
	return judge.Quota{
		Pending: judge.Load{Submissions: f.KeyQuota, Bytes: judge.Bytes(f.MaxPendingMiB) * judge.MiB / 4},
		Minute:  judge.Load{Submissions: f.KeyRate, Bytes: judge.Bytes(f.KeyRateMiB) * judge.MiB},
	}
}

// AfterApply refuses an open door before anything is started behind it.
func (f apiFlags) AfterApply() error {
	addr, err := net.ResolveTCPAddr("tcp", f.Listen)
	if err != nil {
		return fmt.Errorf("--listen: %w", err)
	}
	if !f.RequireKeys && !addr.IP.IsLoopback() {
		return fmt.Errorf("--listen: %s can be reached from other hosts, which needs --require-keys (see 'docket keys'); 127.0.0.1:%d is for this host alone", f.Listen, addr.Port)
	}
	return nil
}

// workerFlags say how judging is done.
type workerFlags struct {
	Slots         int              `help:"How many submissions are judged at once. Defaults to the number of the engine's CPUs that docket may run on." placeholder:"N" group:"Worker"`
	CPUs          []int            `name:"cpus" env:"DOCKET_CPUS" help:"The CPU of each slot. Defaults to those of the engine's CPUs that docket may run on, in turn." placeholder:"N" group:"Worker"`
	Languages     []judge.Language `help:"Languages whose boxes are kept warm: go, java, python." default:"go,java,python" group:"Worker"`
	BoxReuse      bool             `help:"Lease a box again after it was found clean. --box-reuse=0 makes one container per submission." default:"true" negatable:"" group:"Worker"`
	Runtime       string           `help:"The engine's OCI runtime for boxes, such as runc or runsc. Defaults to the engine's default." group:"Worker"`
	HostFactor    float64          `help:"What the time limits of problems are multiplied by, from 1 to 4. 0 measures how much slower this host is than the one that they were found on." default:"0" placeholder:"N" group:"Worker"`
	ArtifactCache int              `help:"Memory for built programs, in MiB; 0 disables it." default:"32" placeholder:"MIB" group:"Worker"`
	PollInterval  time.Duration    `help:"How often an idle worker looks for work that was not announced." default:"200ms" group:"Worker"`
	DrainTimeout  time.Duration    `help:"How long judgings may go on after SIGTERM before they are handed back." default:"30s" group:"Worker"`
}

// AfterApply checks what kong cannot.
func (f workerFlags) AfterApply() error {
	for _, l := range f.Languages {
		if !l.Valid() {
			return fmt.Errorf("--languages: %q is not one of go, java, python", l)
		}
	}
	if f.Slots < 0 || f.Slots > 1024 {
		return fmt.Errorf("--slots: %d is not between 1 and 1024", f.Slots)
	}
	if f.HostFactor != 0 && !(f.HostFactor >= 1 && f.HostFactor <= hostspeed.MaxFactor) {
		return fmt.Errorf("--host-factor: %g is not between 1 and %d, nor 0", f.HostFactor, hostspeed.MaxFactor)
	}
	return nil
}

func (f workerFlags) sandbox(ctx context.Context, worker, deployment string, log *slog.Logger) (*sandbox.Docker, error) {
	cache := judge.Bytes(f.ArtifactCache) * judge.MiB
	if cache == 0 {
		cache = -1
	}
	return sandbox.New(ctx, sandbox.Config{
		Worker: worker, Deployment: deployment, Slots: f.Slots, CPUs: f.CPUs, Languages: f.Languages,
		NoReuse: !f.BoxReuse, Runtime: f.Runtime, ArtifactCache: cache, Log: log,
	})
}

// logFlags say what is logged.
type logFlags struct {
	LogLevel  slog.Level `help:"debug, info, warn or error." default:"info" group:"Log"`
	LogFormat string     `help:"text or json." enum:"text,json" default:"text" group:"Log"`
}

func (f logFlags) logger(w io.Writer) *slog.Logger {
	o := &slog.HandlerOptions{Level: f.LogLevel}
	if f.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(w, o))
	}
	return slog.New(slog.NewTextHandler(w, o))
}
