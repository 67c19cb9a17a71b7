package store

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"strconv"
	"strings"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"
)

// Connect opens a client for one of
//
//	redis://[user:password@]host[:port][/db]
//	rediss://...                               the same over TLS
//	unix://[user:password@]/path/to/socket[?db=0]
//	redis-sentinel://[user:password@]host1[:port],host2[:port]/master[?db=0]
//	rediss-sentinel://...                      the same over TLS
//
// For Sentinel, user and password are those of the Redis servers;
// sentinel_username and sentinel_password in the query are the sentinels' own.
// Connect does not wait for the server: Ping does.
func Connect(rawURL string) (redis.UniversalClient, error) {
	scheme, _, _ := strings.Cut(rawURL, "://")
	switch scheme {
	case "redis", "rediss", "unix":
		opt, err := redis.ParseURL(rawURL)
		if err != nil {
			return nil, fmt.Errorf("redis url: %w", withoutURL(err))
		}
		// The hand-over notices of hosted Redis are not used by plain
		// servers, and some answer the request for them with an error.
		opt.MaintNotificationsConfig = &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
		opt.DisableIdentity = true
		opt.ContextTimeoutEnabled = true
		return redis.NewClient(opt), nil
	case "redis-sentinel", "rediss-sentinel":
		opt, err := parseSentinel(rawURL)
		if err != nil {
			return nil, err
		}
		return redis.NewFailoverClient(opt), nil
	}
	return nil, fmt.Errorf("redis url: scheme %q is none of redis, rediss, unix, redis-sentinel, rediss-sentinel", scheme)
}

// parseSentinel reads a redis-sentinel URL. Its list of hosts is not a valid
// authority, so that it is cut apart before the rest is parsed.
func parseSentinel(rawURL string) (*redis.FailoverOptions, error) {
	scheme, rest, _ := strings.Cut(rawURL, "://")
	authority, tail := rest, ""
	if i := strings.IndexAny(rest, "/?"); i >= 0 {
		authority, tail = rest[:i], rest[i:]
	}
	userinfo, hosts := "", authority
	if i := strings.LastIndexByte(authority, '@'); i >= 0 {
		userinfo, hosts = authority[:i+1], authority[i+1:]
	}
	u, err := url.Parse(scheme + "://" + userinfo + "sentinel" + tail)
	if err != nil {
		return nil, fmt.Errorf("redis sentinel url: %w", withoutURL(err))
	}
	opt := &redis.FailoverOptions{
		MasterName:            strings.Trim(u.Path, "/"),
		SentinelUsername:      u.Query().Get("sentinel_username"),
		SentinelPassword:      u.Query().Get("sentinel_password"),
		DisableIdentity:       true,
		ContextTimeoutEnabled: true,
	}
	if u.User != nil {
		opt.Username = u.User.Username()
		opt.Password, _ = u.User.Password()
	}
	if opt.MasterName == "" || strings.Contains(opt.MasterName, "/") {
		return nil, fmt.Errorf("redis sentinel url: its path must be the name of the master")
	}
	for key, vals := range u.Query() {
		switch key {
		case "db":
			if opt.DB, err = strconv.Atoi(vals[0]); err != nil || opt.DB < 0 {
				return nil, fmt.Errorf("redis sentinel url: db %q is not a number", vals[0])
			}
		case "sentinel_username", "sentinel_password":
		default:
			return nil, fmt.Errorf("redis sentinel url: parameter %q is not known", key)
		}
	}
	for host := range strings.SplitSeq(hosts, ",") {
		if host == "" {
			return nil, fmt.Errorf("redis sentinel url: a host is empty")
		}
		if _, _, err := net.SplitHostPort(host); err != nil {
			host = net.JoinHostPort(strings.Trim(host, "[]"), "26379")
		}
		opt.SentinelAddrs = append(opt.SentinelAddrs, host)
	}
	if scheme == "rediss-sentinel" {
		opt.TLSConfig = &tls.Config{MinVersion: tls.VersionTLS12}
	}
	return opt, nil
}

// withoutURL keeps a password in a URL out of an error that is logged.
func withoutURL(err error) error {
	var e *url.Error
	if errors.As(err, &e) {
		return e.Err
	}
	return err
}

// LogTo sends what the client library says of its connections to a logger,
// for the whole process: by itself it writes to the standard error output.
func LogTo(log *slog.Logger) { redis.SetLogger(connLog{log}) }

type connLog struct{ log *slog.Logger }

// Printf gets what is mended by the next try, or told by a call's error.
func (l connLog) Printf(ctx context.Context, format string, v ...any) {
	l.log.DebugContext(ctx, "redis: "+fmt.Sprintf(format, v...))
}

// Ping reports whether Redis answers.
func (s *Store) Ping(ctx context.Context) error {
	if err := s.db.Ping(ctx).Err(); err != nil {
		return fmt.Errorf("redis: %w", err)
	}
	return nil
}
