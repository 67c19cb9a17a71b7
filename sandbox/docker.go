package sandbox

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/docker/docker/client"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/sandbox/images"
)

var _ judge.Sandbox = (*Docker)(nil)

// Config says how a worker uses its engine.
type Config struct {
	// Worker is the id that this worker's boxes are labelled with. Required.
	Worker string
	// Deployment names the installation that the worker belongs to: Reap looks
	// at its boxes only. Defaults to the worker's id.
	Deployment string
	// Client talks to the engine. Defaults to one made from the environment
	// (DOCKER_HOST and its companions).
	Client *client.Client
	// Slots is how many judgings run at a time. Defaults to one for each of CPUs.
	Slots int
	// CPUs names the CPU of each slot. Defaults to the engine's CPUs in turn.
	// Where the engine is on this machine, CPUs that this process may not run
	// on are left out.
	CPUs []int
	// Languages are those whose boxes are kept warm. Others are made when a
	// submission needs them. Defaults to all.
	Languages []judge.Language
	// NoReuse destroys a box after one lease.
	NoReuse bool
	// MaxLeases and MaxAge retire a box that is reused. Default to 500 and 1 h.
	MaxLeases int
	MaxAge    time.Duration
	// Runtime is the engine's name of the OCI runtime, such as "runc" or
	// "runsc". Defaults to the engine's default.
	Runtime string
	// ArtifactCache bounds the memory that cached artifacts may take. Defaults
	// to 32 MiB; negative disables the cache.
	ArtifactCache judge.Bytes
	// StartTimeout bounds what is asked of an engine that may hang: all that
	// New asks together, the creation of one box, a change of its memory, a
	// look at the boxes of others. Defaults to 60 s.
	StartTimeout time.Duration
	// Log defaults to slog.Default().
	Log *slog.Logger
}

// Docker is a sandbox on a Docker engine.
type Docker struct {
	config Config
	client *client.Client
	log    *slog.Logger
	set    *images.Set
	cache  *artifacts
	stats  stats

	// languages is the table of this package, but in tests.
	languages map[judge.Language]*language

	ownClient bool // Close closes it
	boundTCP  bool // the engine's host can bound the memory of TCP
	// died asks the engine whether a container's PID 1 was killed for memory.
	died func(container string) bool

	free   chan *slot
	slots  []*slot
	uids   atomic.Uint32
	closed chan struct{}
	once   sync.Once
	refill sync.WaitGroup

	// lost are containers whose creation nobody heard the end of.
	lost struct {
		sync.Mutex
		containers []lostContainer
	}
	complaints struct {
		sync.Mutex
		of map[string]*complaint
	}
}

// New checks the engine and its images, and begins to warm the slots. It
// returns at once; Acquire waits for the first warm slot.
func New(ctx context.Context, c Config) (*Docker, error) {
	if c.Worker == "" {
		return nil, errors.New("opening sandbox: a worker id is needed")
	}
	if c.Deployment == "" {
		c.Deployment = c.Worker
	}
	ownClient := false
	if c.Client == nil {
		cli, err := client.NewClientWithOpts(client.FromEnv, client.WithAPIVersionNegotiation())
		if err != nil {
			return nil, fmt.Errorf("opening sandbox: %w", err)
		}
		c.Client, ownClient = cli, true
	}
	if c.StartTimeout == 0 {
		c.StartTimeout = time.Minute
	}
	asking, asked := context.WithTimeout(ctx, c.StartTimeout)
	defer asked()
	info, err := c.Client.Info(asking)
	if err != nil {
		return nil, fmt.Errorf("opening sandbox: the Docker engine does not answer; is dockerd running? `docket doctor` tells more: %w", err)
	}
	if c, err = c.withDefaults(info.NCPU); err != nil {
		return nil, fmt.Errorf("opening sandbox: %w", err)
	}
	set, err := images.Load(asking, c.Client)
	if err != nil {
		return nil, fmt.Errorf("opening sandbox: %w", err)
	}
	d := &Docker{
		config: c, client: c.Client, log: c.Log, set: set, languages: languages,
		cache:  newArtifacts(c.ArtifactCache),
		free:   make(chan *slot, c.Slots),
		closed: make(chan struct{}),
	}
	d.boundTCP = info.KernelMemoryTCP //nolint:staticcheck // nothing else tells of version 1
	d.died, d.ownClient = d.diedOfMemory, ownClient
	d.complaints.of = make(map[string]*complaint)
	d.uids.Store(rand.Uint32N(uidSpan)) //nolint:gosec // spreads workers that share a host, no secret
	for i, cpu := range c.CPUs {
		s := &slot{docker: d, index: i, cpus: strconv.Itoa(cpu), shelf: make(map[*role][]*box)}
		d.slots = append(d.slots, s)
		d.refill.Go(s.rest)
	}
	return d, nil
}

// withDefaults fills the zero fields of c, for an engine with a number of CPUs.
func (c Config) withDefaults(engineCPUs int) (Config, error) {
	if len(c.Languages) == 0 {
		c.Languages = judge.Languages()
	}
	if len(c.CPUs) == 0 {
		usable := usableCPUs(engineCPUs, c.Client.DaemonHost(), ownCPUs())
		if c.Slots == 0 {
			c.Slots = len(usable)
		}
		for i := range c.Slots {
			c.CPUs = append(c.CPUs, usable[i%len(usable)])
		}
	}
	if c.Slots == 0 {
		c.Slots = len(c.CPUs)
	}
	if len(c.CPUs) != c.Slots {
		return c, fmt.Errorf("%d CPUs are named for %d slots", len(c.CPUs), c.Slots)
	}
	if c.MaxLeases == 0 {
		c.MaxLeases = 500
	}
	if c.MaxAge == 0 {
		c.MaxAge = time.Hour
	}
	if c.ArtifactCache == 0 {
		c.ArtifactCache = 32 * judge.MiB
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	return c, nil
}

// Acquire waits for a free slot.
func (d *Docker) Acquire(ctx context.Context) (judge.Slot, error) {
	s, err := d.acquire(ctx)
	if err != nil {
		return nil, err // no nil *slot in an interface
	}
	return s, nil
}

func (d *Docker) acquire(ctx context.Context) (*slot, error) {
	select {
	case s := <-d.free:
		return s, nil
	default:
	}
	select {
	case s := <-d.free:
		return s, nil
	case <-ctx.Done():
		return nil, fmt.Errorf("waiting for a slot: %w", ctx.Err())
	case <-d.closed:
		return nil, errors.New("waiting for a slot: the sandbox is closed")
	}
}

// Slots is how many judgings run at a time.
func (d *Docker) Slots() int { return d.config.Slots }

// Warm waits until every slot has its boxes.
func (d *Docker) Warm(ctx context.Context) error {
	held := make([]judge.Slot, 0, len(d.slots))
	defer func() {
		for _, s := range held {
			s.Release()
		}
	}()
	for range d.slots {
		s, err := d.Acquire(ctx)
		if err != nil {
			return err
		}
		held = append(held, s)
	}
	return nil
}

// Toolchain names the version of a language's toolchain.
func (d *Docker) Toolchain(l judge.Language) string {
	lang := d.languages[l]
	if lang == nil {
		return ""
	}
	return d.set.Toolchain(lang.runtime.name)
}

// Close removes every box. Slots must have been released; a slot that has not
// been loses its boxes under its hands.
func (d *Docker) Close() error {
	d.once.Do(func() { close(d.closed) })
	d.refill.Wait()
	var wg sync.WaitGroup
	for _, s := range d.slots {
		for _, b := range s.takeAll() {
			wg.Go(func() {
				b.hangUp()
				d.remove(b.id)
			})
		}
	}
	wg.Wait()
	if d.ownClient {
		return d.client.Close()
	}
	return nil
}

// The run UIDs lie where no distribution puts its users and where they still
// fit an engine that remaps 65,536 of them.
const (
	uidBase = 20000
	uidSpan = 40000
)

// nextUID returns a UID that no lease of this worker has had for long.
func (d *Docker) nextUID() uint32 { return uidBase + d.uids.Add(1)%uidSpan }

// WorkerID makes an id for a worker of this host and process.
func WorkerID() string {
	host, err := os.Hostname()
	if err != nil {
		host = "host"
	}
	return fmt.Sprintf("%s-%d-%04x", host, os.Getpid(), rand.Uint32N(1<<16)) //nolint:gosec // a name, no secret
}

// Ping asks whether the engine answers.
func (d *Docker) Ping(ctx context.Context) error {
	if _, err := d.client.Ping(ctx); err != nil {
		return fmt.Errorf("docker engine: %w", err)
	}
	return nil
}
