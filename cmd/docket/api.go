package main

import (
	"context"
	"errors"

	"github.com/docketjudge/docket/judge"
)

// apiCmd runs the HTTP API alone.
type apiCmd struct {
	storeFlags
	catalogFlags
	apiFlags
	logFlags
}

// errNeedsRedis is for commands that meet others through Redis.
var errNeedsRedis = errors.New("--redis or DOCKET_REDIS_URL is needed: API and workers meet there")

// Run serves until ctx ends.
func (c *apiCmd) Run(ctx context.Context, p *process) error {
	if c.Redis == "" {
		return &exitError{code: exitUsage, err: errNeedsRedis}
	}
	n, err := openNode(ctx, c.storeFlags, c.logger(p.stderr))
	if err != nil {
		return err
	}
	defer n.close()
	catalog, err := c.open(nil)
	if err != nil {
		return err
	}
	// The workers know their toolchains; an API beside them shows none.
	toolchain := func(judge.Language) string { return "" }
	return n.serveAPI(ctx, c.apiFlags, catalog, toolchain, nil, nil)
}
