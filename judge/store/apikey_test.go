package store

import (
	"strings"
	"testing"
	"time"

	"github.com/docketjudge/docket/judge"
	"github.com/docketjudge/docket/judge/store/redistest"
)

func TestKeys(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		ctx := t.Context()
		if has, err := s.HasKeys(ctx); has || err != nil {
			t.Fatalf("HasKeys of nothing = %v, %v", has, err)
		}
		_, _, err := s.CreateKey(ctx, "x", nil)
		wantCode(t, err, judge.CodeInvalid)
		_, _, err = s.CreateKey(ctx, "x", []judge.Scope{"root"})
		wantCode(t, err, judge.CodeInvalid)

		k, secret, err := s.CreateKey(ctx, "site", []judge.Scope{judge.ScopeSubmit, judge.ScopeRead})
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(secret, "dk_"+k.ID+"_") || len(secret) < 40 {
			t.Errorf("secret is %q", secret)
		}
		for key, text := range s.db.HGetAll(ctx, keyKeys).Val() {
			if strings.Contains(text, secret) || strings.Contains(text, secret[len("dk_"+key+"_"):]) {
				t.Error("the secret is kept")
			}
		}
		for range 2 { // from Redis, from the cache
			got, err := s.LookupKey(ctx, secret)
			if err != nil || got.ID != k.ID || got.Name != "site" || !got.Allows(judge.ScopeRead) || got.Allows(judge.ScopeAdmin) {
				t.Errorf("LookupKey = %+v, %v", got, err)
			}
		}
		for _, wrong := range []string{
			"", "dk_", "dk__", "x", secret + "x", secret[:len(secret)-1], "dk_000000000000_x",
			"dk_" + k.ID + "_", strings.ToUpper(secret), strings.Repeat("a", 5000),
		} {
			_, err := s.LookupKey(ctx, wrong)
			wantCode(t, err, judge.CodeUnauth)
		}
		if has, err := s.HasKeys(ctx); !has || err != nil {
			t.Errorf("HasKeys = %v, %v", has, err)
		}
		for range 2 {
			if err := s.RevokeKey(ctx, k.ID); err != nil {
				t.Fatal(err)
			}
		}
		_, err = s.LookupKey(ctx, secret)
		wantCode(t, err, judge.CodeUnauth)
		if has, err := s.HasKeys(ctx); has || err != nil {
			t.Errorf("HasKeys after the only one was revoked = %v, %v", has, err)
		}
		if keys, err := s.ListKeys(ctx); err != nil || len(keys) != 1 || keys[0].Revoked == nil {
			t.Errorf("ListKeys = %+v, %v", keys, err)
		}
		wantCode(t, s.RevokeKey(ctx, "nobody"), judge.CodeNotFound)
	})
}

func TestKeyCacheIsBoundedAndAges(t *testing.T) {
	s := open(t, redistest.Embedded(t))
	for i := range 3 * maxCachedKeys {
		s.keys.put(strings.Repeat("k", i%7)+time.Duration(i).String(), cachedKey{})
	}
	if len(s.keys.m) > maxCachedKeys {
		t.Errorf("%d keys are cached", len(s.keys.m))
	}
	s.keys.m["old"] = cachedKey{until: time.Now().Add(-time.Second)}
	if _, ok := s.keys.get("old"); ok {
		t.Error("an aged key is trusted")
	}
}
