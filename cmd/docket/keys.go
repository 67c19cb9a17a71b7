package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/store"
)

// keysCmd manages API keys where they are kept, in Redis.
type keysCmd struct {
	Create keysCreateCmd `cmd:"" help:"Make a key and print its secret, once."`
	List   keysListCmd   `cmd:"" help:"List the keys."`
	Revoke keysRevokeCmd `cmd:"" help:"End a key for good."`
}

// keysFlags say where the keys are.
type keysFlags struct {
	Redis string `help:"The Redis that docket uses: a redis://, rediss://, unix:// or redis-sentinel:// URL." env:"DOCKET_REDIS_URL" placeholder:"URL"`
}

const keysHelp = `Keys are kept in the Redis that API and workers use. A 'docket up' without one
keeps everything in its own memory and has no keys to manage.`

// errNoKeys is for commands on keys that name no Redis.
var errNoKeys = errors.New("--redis or DOCKET_REDIS_URL is needed: keys are kept in Redis; " +
	"a `docket up` without one has its state in its own memory, and no keys to manage")

// keysTimeout bounds a whole command.
const keysTimeout = 10 * time.Second

// with opens the store for one command.
func (f keysFlags) with(ctx context.Context, do func(context.Context, *store.Store) error) error {
	if f.Redis == "" {
		return &exitError{code: exitUsage, err: errNoKeys}
	}
	quiet := slog.New(slog.DiscardHandler)
	store.LogTo(quiet)
	db, err := store.Open(f.Redis, store.Config{Log: quiet})
	if err != nil {
		return &exitError{code: exitUsage, err: err}
	}
	defer db.Close() //nolint:errcheck // only idle connections are left to close
	ctx, cancel := context.WithTimeout(ctx, keysTimeout)
	defer cancel()
	if err := db.Ping(ctx); err != nil {
		return fmt.Errorf("redis does not answer: is it running, and is --redis or DOCKET_REDIS_URL right? %w", err)
	}
	return exitFor(do(ctx, db))
}

type keysCreateCmd struct {
	keysFlags
	Name  string        `required:"" short:"n" help:"What the key is for." env:"-"`
	Scope []judge.Scope `required:"" help:"What it may do: submit, read, admin. May be repeated." placeholder:"SCOPE" env:"-"`
	JSON  bool          `help:"Print JSON, the secret included." env:"-"`
}

func (*keysCreateCmd) Help() string {
	return `Examples:
  docket keys create --name website --scope submit
  DOCKET_API_KEY=$(docket keys create -n nightly --scope submit,read)

Scopes:
  submit  submit, run, cancel, and see its own submissions
  read    see every submission
  admin   everything, rejudging included

The secret goes to standard output, the rest to standard error. It is not kept:
who loses it makes a new key.

` + keysHelp
}

// newKey is what --json prints of a key that was made.
type newKey struct {
	judge.Key
	Secret string `json:"secret"`
}

func (c *keysCreateCmd) Run(ctx context.Context, p *process) error {
	if strings.TrimSpace(c.Name) == "" || printableLine(c.Name) != c.Name || len(c.Name) > 100 {
		return usageError("--name: say in up to 100 printable characters what the key is for")
	}
	return c.with(ctx, func(ctx context.Context, db *store.Store) error {
		key, secret, err := db.CreateKey(ctx, c.Name, c.Scope)
		if err != nil {
			return err
		}
		if c.JSON {
			return printJSON(p.stdout, newKey{Key: key, Secret: secret})
		}
		if _, err := fmt.Fprintln(p.stdout, secret); err != nil {
			return err
		}
		_, err = fmt.Fprintf(p.stderr, "docket: key %s (%s) may %s; this is the only time that its secret is shown\n",
			key.ID, key.Name, scopes(key.Scopes))
		return err
	})
}

func scopes(all []judge.Scope) string {
	words := make([]string, len(all))
	for i, s := range all {
		words[i] = string(s)
	}
	return strings.Join(words, ", ")
}

type keysListCmd struct {
	keysFlags
	JSON bool `help:"Print JSON." env:"-"`
}

func (*keysListCmd) Help() string { return keysHelp }

// Run lists the keys, revoked ones too.
func (c *keysListCmd) Run(ctx context.Context, p *process) error {
	return c.with(ctx, func(ctx context.Context, db *store.Store) error {
		keys, err := db.ListKeys(ctx)
		if err != nil {
			return err
		}
		if c.JSON {
			return printJSON(p.stdout, map[string]any{"keys": keys})
		}
		if len(keys) == 0 {
			_, err := fmt.Fprintln(p.stderr, "docket: there are no keys")
			return err
		}
		t := newTable("id", "name", "scopes", "made", "revoked")
		for _, k := range keys {
			revoked := ""
			if k.Revoked != nil {
				revoked = k.Revoked.Local().Format(time.DateTime)
			}
			t.row(k.ID, k.Name, scopes(k.Scopes), k.Created.Local().Format(time.DateTime), revoked)
			t.painted(4, red)
		}
		return t.print(p.stdout, colourful(p))
	})
}

type keysRevokeCmd struct {
	keysFlags
	ID string `arg:"" help:"The key's id, as list shows it."`
}

func (*keysRevokeCmd) Help() string {
	return "Other processes stop taking the key within seconds.\n\n" + keysHelp
}

func (c *keysRevokeCmd) Run(ctx context.Context, p *process) error {
	// A whole secret does as well; it must not come back in a message.
	id, _, _ := strings.Cut(strings.TrimPrefix(c.ID, "dk_"), "_")
	return c.with(ctx, func(ctx context.Context, db *store.Store) error {
		if err := db.RevokeKey(ctx, id); err != nil {
			return err
		}
		_, err := fmt.Fprintf(p.stdout, "key %s is revoked\n", id)
		return err
	})
}
