package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync"
)

// upCmd runs API and worker in one process.
type upCmd struct {
	storeFlags
	catalogFlags
	apiFlags
	workerFlags
	logFlags

	SelfCheck bool `help:"Judge a sample solution per language before serving is announced." default:"true" negatable:""`
}

func (*upCmd) Help() string {
	return `Without --redis the state is kept in this process's memory and lost with it.

Ctrl-C drains: no new work is taken, judgings under way finish within
--drain-timeout or go back to the queue, then every box is removed. A second
Ctrl-C stops at once.`
}

// AfterApply checks what kong cannot. Of two embedded hooks of one name kong
// would call neither.
func (c *upCmd) AfterApply() error {
	return errors.Join(c.apiFlags.AfterApply(), c.workerFlags.AfterApply())
}

// Run serves until ctx ends.
func (c *upCmd) Run(ctx context.Context, p *process) error {
	log := c.logger(p.stderr)
	if c.Redis == "" {
		redis, err := startEmbeddedRedis()
		if err != nil {
			return err
		}
		defer redis.close()
		ticking, stop := context.WithCancel(context.WithoutCancel(ctx))
		var clock sync.WaitGroup
		clock.Go(func() { redis.run(ticking) })
		defer clock.Wait()
		defer stop()
		c.Redis = redis.url()
		say(p, "! No --redis is given: everything is kept in memory and LOST when docket stops.\n")
	}
	n, err := openNode(ctx, c.storeFlags, log)
	if err != nil {
		return err
	}
	defer n.close()
	w, err := n.openWorker(ctx, c.workerFlags, c.catalogFlags)
	if err != nil {
		return err
	}
	defer w.close()

	// When one half fails, the other is asked to end too.
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	listening := make(chan net.Addr, 1)
	var (
		halves         sync.WaitGroup
		apiErr, runErr error
	)
	halves.Go(func() {
		defer cancel()
		apiErr = n.serveAPI(ctx, c.apiFlags, w.catalog, w.sandbox.Toolchain, w.ready(), func(a net.Addr) { listening <- a })
	})
	halves.Go(func() {
		defer cancel()
		runErr = w.run(ctx)
	})
	var checkErr error
	select {
	case addr := <-listening:
		checkErr = c.announce(ctx, p, w, addr)
		if checkErr != nil && ctx.Err() == nil {
			cancel()
		}
		if checkErr == nil {
			halves.Go(func() { w.prepare(ctx) })
		}
	case <-ctx.Done():
	}
	halves.Wait()
	if checkErr != nil && ctx.Err() != nil && errors.Is(checkErr, context.Canceled) {
		checkErr = nil // interrupted before the check was through
	}
	return errors.Join(apiErr, runErr, checkErr)
}

// announce says where docket serves, after a self-check through its own API.
func (c *upCmd) announce(ctx context.Context, p *process, w *worker, addr net.Addr) error {
	base := "http://" + addr.String()
	if c.SelfCheck && !c.RequireKeys {
		if err := selfCheck(ctx, p, base, c.Languages); err != nil {
			return err
		}
	}
	say(p, "\nDocket serves at %s with %d slots. Ctrl-C stops it.\n\nSubmit the next one:\n"+
		"  bin/docket submit --server %s --problem log-top-k yourfile.py\n"+
		"or open %s/docs\n", base, w.sandbox.Slots(), base, base)
	return nil
}

// say prints for people; that nobody listens is no reason to stop.
func say(p *process, format string, args ...any) {
	_, _ = fmt.Fprintf(p.stdout, format, args...)
}
