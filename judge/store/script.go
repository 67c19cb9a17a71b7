package store

import (
	"context"
	"crypto/rand"
	_ "embed" // the scripts
	"encoding/hex"
	"encoding/json"
	"fmt"

	"github.com/redis/go-redis/v9"

	"github.com/docketjudge/docket/judge"
)

// The scripts. Each is one atomic step; its file says what it takes.
var (
	//go:embed lua/create.lua
	createLua string
	//go:embed lua/admit.lua
	admitLua string
	//go:embed lua/begin.lua
	beginLua string
	//go:embed lua/progress.lua
	progressLua string
	//go:embed lua/finish.lua
	finishLua string
	//go:embed lua/requeue.lua
	requeueLua string
	//go:embed lua/redeliver.lua
	redeliverLua string
	//go:embed lua/cancel.lua
	cancelLua string
	//go:embed lua/rejudge.lua
	rejudgeLua string
	//go:embed lua/beat.lua
	beatLua string
	//go:embed lua/sweep.lua
	sweepLua string
	//go:embed lua/rejoin.lua
	rejoinLua string
	//go:embed lua/trim.lua
	trimLua string
	//go:embed lua/turns.lua
	turnsLua string
	//go:embed lua/settle.lua
	settleLua string

	createScript    = redis.NewScript(turnsLua + createLua)
	admitScript     = redis.NewScript(admitLua)
	beginScript     = redis.NewScript(turnsLua + beginLua)
	progressScript  = redis.NewScript(progressLua)
	finishScript    = redis.NewScript(settleLua + finishLua)
	requeueScript   = redis.NewScript(turnsLua + requeueLua)
	redeliverScript = redis.NewScript(turnsLua + redeliverLua)
	cancelScript    = redis.NewScript(turnsLua + settleLua + cancelLua)
	rejudgeScript   = redis.NewScript(turnsLua + rejudgeLua)
	beatScript      = redis.NewScript(beatLua)
	sweepScript     = redis.NewScript(sweepLua)
	rejoinScript    = redis.NewScript(turnsLua + rejoinLua)
	trimScript      = redis.NewScript(trimLua)
)

// number runs a script that answers an integer.
func (s *Store) number(ctx context.Context, sc *redis.Script, keys []string, args ...any) (int64, error) {
	return sc.Run(ctx, s.db, keys, args...).Int64()
}

func encode(v any) (string, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return "", fmt.Errorf("encoding %T: %w", v, err)
	}
	return string(b), nil
}

// encodeEvent leaves the report out: it is kept once, beside the stream.
func encodeEvent(e judge.Event) (string, error) {
	e.Report = nil
	return encode(e)
}

func randomID() string {
	var b [12]byte
	_, _ = rand.Read(b[:]) // never fails
	return hex.EncodeToString(b[:])
}
