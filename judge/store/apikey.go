package store

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/docketjudge/docket/judge"
)

// keyCacheTime is how long a process trusts what it last read of a key: a
// revoked key may work elsewhere for that long.
const keyCacheTime = 3 * time.Second

// maxCachedKeys bounds the cache against made-up key ids.
const maxCachedKeys = 4096

// storedKey is an API key at rest.
type storedKey struct {
	judge.Key
	Hash string `json:"hash"` // hex SHA-256 of the secret
}

type keyCache struct {
	mu sync.Mutex
	m  map[string]cachedKey
}

type cachedKey struct {
	key   storedKey
	found bool
	until time.Time
}

func (c *keyCache) init() { c.m = make(map[string]cachedKey) }

func (c *keyCache) get(id string) (cachedKey, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	k, ok := c.m[id]
	return k, ok && time.Now().Before(k.until)
}

func (c *keyCache) put(id string, k cachedKey) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.m) >= maxCachedKeys {
		clear(c.m)
	}
	k.until = time.Now().Add(keyCacheTime)
	c.m[id] = k
}

func (c *keyCache) forget(id string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.m, id)
}

// CreateKey makes an API key. The secret, "dk_<id>_<random>", is not kept: it
// cannot be shown again.
func (s *Store) CreateKey(ctx context.Context, name string, scopes []judge.Scope) (judge.Key, string, error) {
	if len(scopes) == 0 {
		return judge.Key{}, "", judge.Invalid("scopes", "at least one of submit, read, admin is needed")
	}
	for _, sc := range scopes {
		if sc != judge.ScopeSubmit && sc != judge.ScopeRead && sc != judge.ScopeAdmin {
			return judge.Key{}, "", judge.Invalid("scopes", "%q is none of submit, read, admin", sc)
		}
	}
	var raw [6 + 24]byte
	_, _ = rand.Read(raw[:]) // never fails
	id := hex.EncodeToString(raw[:6])
	secret := "dk_" + id + "_" + base64.RawURLEncoding.EncodeToString(raw[6:])
	k := storedKey{
		Key:  judge.Key{ID: id, Name: name, Scopes: slices.Clone(scopes), Created: time.Now().UTC()},
		Hash: hashSecret(secret),
	}
	text, err := encode(k)
	if err != nil {
		return judge.Key{}, "", fmt.Errorf("creating key: %w", err)
	}
	if err := s.db.HSet(ctx, keyKeys, id, text).Err(); err != nil {
		return judge.Key{}, "", fmt.Errorf("creating key: %w", err)
	}
	s.keys.forget(id)
	return k.Key, secret, nil
}

// LookupKey finds the key that a secret belongs to. A secret that is unknown,
// wrong or revoked is a judge.Error of CodeUnauth.
func (s *Store) LookupKey(ctx context.Context, secret string) (judge.Key, error) {
	refused := &judge.Error{Code: judge.CodeUnauth, Message: "the API key is not known or was revoked"}
	rest, ok := strings.CutPrefix(secret, "dk_")
	id, random, ok2 := strings.Cut(rest, "_")
	if !ok || !ok2 || len(id) != 12 || random == "" || len(secret) > 128 {
		return judge.Key{}, refused
	}
	k, ok := s.keys.get(id)
	if !ok {
		var err error
		if k.key, err = s.readKey(ctx, id); err != nil && judge.CodeOf(err) != judge.CodeNotFound {
			return judge.Key{}, fmt.Errorf("looking up key: %w", err)
		}
		k.found = err == nil
		s.keys.put(id, k)
	}
	// Always compared, so that an unknown id takes as long as a wrong secret.
	same := subtle.ConstantTimeCompare([]byte(hashSecret(secret)), []byte(k.key.Hash)) == 1
	if !k.found || !same || k.key.Revoked != nil {
		return judge.Key{}, refused
	}
	return k.key.Key, nil
}

func (s *Store) readKey(ctx context.Context, id string) (storedKey, error) {
	text, err := s.db.HGet(ctx, keyKeys, id).Bytes()
	if errors.Is(err, redis.Nil) {
		return storedKey{}, judge.NotFound("there is no key %q", id)
	}
	if err != nil {
		return storedKey{}, err
	}
	var k storedKey
	if err := json.Unmarshal(text, &k); err != nil {
		return storedKey{}, fmt.Errorf("key %s: %w", id, err)
	}
	return k, nil
}

// ListKeys lists every key, revoked ones included, oldest first.
func (s *Store) ListKeys(ctx context.Context) ([]judge.Key, error) {
	all, err := s.db.HGetAll(ctx, keyKeys).Result()
	if err != nil {
		return nil, fmt.Errorf("listing keys: %w", err)
	}
	keys := make([]judge.Key, 0, len(all))
	for id, text := range all {
		var k storedKey
		if err := json.Unmarshal([]byte(text), &k); err != nil {
			return nil, fmt.Errorf("listing keys: %s: %w", id, err)
		}
		keys = append(keys, k.Key)
	}
	slices.SortFunc(keys, func(a, b judge.Key) int {
		if c := a.Created.Compare(b.Created); c != 0 {
			return c
		}
		return strings.Compare(a.ID, b.ID)
	})
	return keys, nil
}

// RevokeKey ends a key for good; in other processes within seconds. An
// unknown one is a judge.Error of CodeNotFound; revoking twice is no error.
func (s *Store) RevokeKey(ctx context.Context, id string) error {
	k, err := s.readKey(ctx, id)
	if err != nil {
		return fmt.Errorf("revoking key: %w", err)
	}
	if k.Revoked == nil {
		now := time.Now().UTC()
		k.Revoked = &now
		text, err := encode(k)
		if err != nil {
			return fmt.Errorf("revoking key %s: %w", id, err)
		}
		if err := s.db.HSet(ctx, keyKeys, id, text).Err(); err != nil {
			return fmt.Errorf("revoking key %s: %w", id, err)
		}
	}
	s.keys.forget(id)
	return nil
}

// HasKeys reports whether any key is in force.
func (s *Store) HasKeys(ctx context.Context) (bool, error) {
	keys, err := s.ListKeys(ctx)
	if err != nil {
		return false, err
	}
	return slices.ContainsFunc(keys, func(k judge.Key) bool { return k.Revoked == nil }), nil
}

func hashSecret(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}
