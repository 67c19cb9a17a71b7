package main

import (
	"cmp"
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/store"
)

// redisTimeout bounds the whole examination of a Redis.
const redisTimeout = 5 * time.Second

// examineRedis asks the Redis at the URL who it is and whether it may forget.
func examineRedis(ctx context.Context, url string) []finding {
	if url == "" {
		return []finding{{"redis", warning, "none named: docket up keeps everything in memory, and nothing survives it",
			"apt-get install redis-server, then pass --redis redis://127.0.0.1:6379/0 or set DOCKET_REDIS_URL"}}
	}
	client, err := store.Connect(url)
	if err != nil {
		return []finding{{"redis", failing, err.Error(), "correct --redis or DOCKET_REDIS_URL"}}
	}
	defer client.Close() //nolint:errcheck // only idle connections are left to close
	ctx, cancel := context.WithTimeout(ctx, redisTimeout)
	defer cancel()
	before := time.Now()
	if err := client.Ping(ctx).Err(); err != nil {
		return []finding{{"redis", failing, "does not answer: " + err.Error(),
			"start it, or correct --redis or DOCKET_REDIS_URL"}}
	}
	took := time.Since(before)
	text, err := client.Info(ctx).Result()
	if err != nil {
		return []finding{{"redis", failing, "does not say who it is: " + err.Error(),
			"let docket's user run INFO: ACL SETUSER <user> +info"}}
	}
	return judgeRedis(parseInfo(text), took)
}

// parseInfo reads the answer to Redis's INFO: lines of key:value.
func parseInfo(text string) map[string]string {
	info := make(map[string]string)
	for line := range strings.Lines(text) {
		if key, value, ok := strings.Cut(strings.TrimSpace(line), ":"); ok && !strings.HasPrefix(key, "#") {
			info[key] = value
		}
	}
	return info
}

// oldestRedis is the first major.minor version with everything that docket's
// scripts use.
const oldestRedis = "6.2"

func judgeRedis(info map[string]string, ping time.Duration) []finding {
	// Valkey answers redis_version too, with the version it is compatible with.
	found := "Redis " + info["redis_version"]
	if v := info["valkey_version"]; v != "" {
		found = "Valkey " + v
	}
	found += ", " + cmp.Or(info["role"], "role unknown") + ", ping " + ping.Round(10*time.Microsecond).String()
	server := finding{"redis", healthy, found, ""}
	switch {
	case olderAPI(info["redis_version"], oldestRedis):
		server.Health, server.Mend = failing, "install Redis "+oldestRedis+" or newer: apt-get install redis-server"
	case info["role"] == "slave":
		server.Health, server.Mend = failing, "name the primary, or the Sentinels with redis-sentinel://host1,host2/master"
	}
	return []finding{server, redisPersistence(info), redisMemory(info)}
}

func redisPersistence(info map[string]string) finding {
	const check = "redis persistence"
	switch {
	case info["aof_enabled"] == "1" && info["aof_last_write_status"] == "err":
		return finding{check, failing, "append-only file, but the last write failed",
			"make room on Redis's disk: redis-cli CONFIG GET dir"}
	case info["aof_enabled"] == "1":
		return finding{check, healthy, "append-only file", ""}
	}
	return finding{check, warning, "no append-only file: what was accepted since the last snapshot is lost with the server",
		"redis-cli CONFIG SET appendonly yes && redis-cli CONFIG REWRITE"}
}

func redisMemory(info map[string]string) finding {
	const check = "redis memory"
	limit, _ := strconv.ParseInt(info["maxmemory"], 10, 64)
	used, _ := strconv.ParseInt(info["used_memory"], 10, 64)
	policy := info["maxmemory_policy"]
	found := size(judge.Bytes(used)) + " used, no limit"
	if limit > 0 {
		found = size(judge.Bytes(used)) + " of " + size(judge.Bytes(limit)) + " used"
	}
	found += ", policy " + cmp.Or(policy, "unknown")
	mend := "redis-cli CONFIG SET maxmemory-policy noeviction && redis-cli CONFIG REWRITE"
	switch {
	case policy == "noeviction":
		return finding{check, healthy, found, ""}
	case limit > 0:
		return finding{check, failing, found + ": a full server would drop queued submissions", mend}
	}
	return finding{check, warning, found + ": once a limit is set, a full server would drop queued submissions", mend}
}
