package store

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"time"

	"github.com/docketjudge/docket/judge"
)

// Fixed keys and channels. The package documentation lists them all; those that
// only scripts touch are named in lua/turns.lua and lua/begin.lua.
const (
	keyQueued     = "docket:queued:" // + queue
	keyRunning    = "docket:running"
	keyPending    = "docket:pending:" // + API key id
	keyIndex      = "docket:x:"       // + kind : field [: value]
	keyRate       = "docket:rate:"    // + API key id
	keyIndexes    = "docket:indexes"
	keyIdem       = "docket:idem:"
	keyWorkers    = "docket:workers"
	keyBeats      = "docket:beats"
	keySweeper    = "docket:sweeper"
	keyDeployment = "docket:deployment"
	keyKeys       = "docket:keys"

	keyPendingBytes = "docket:pendingbytes"
	allBytes        = "all" // the field of all keys together

	chanEvents = "docket:events"
	chanFenced = "docket:fenced"
)

// How long things live.
const (
	// LeaseTime is how long a claim outlives its worker's last heartbeat.
	LeaseTime = 5 * time.Second
	// BeatInterval is how often a worker must call Heartbeat.
	BeatInterval = time.Second
	// beatTime is how long one heartbeat may take.
	beatTime = time.Second
	// IdempotencyTime is how long an idempotency key is remembered.
	IdempotencyTime = 24 * time.Hour
	// DefaultRetention is how long a final submission is kept.
	DefaultRetention = 30 * 24 * time.Hour
	// DefaultRunRetention is how long a final run is kept.
	DefaultRunRetention = 24 * time.Hour

	sweeperTime = 3 * time.Second // how long a sweeper's lock outlives its last sweep
	maxEvents   = 20_000          // about how many events a stream keeps
)

func recordKey(id judge.SubmissionID) string  { return "docket:s:" + string(id) }
func reportsKey(id judge.SubmissionID) string { return "docket:s:" + string(id) + ":r" }
func streamKey(id judge.SubmissionID) string  { return "docket:s:" + string(id) + ":e" }

func queuedKey(q judge.Queue) string { return keyQueued + string(q) }

func idemKey(keyID, key string) string {
	sum := sha256.Sum256([]byte(key))
	return keyIdem + keyID + ":" + hex.EncodeToString(sum[:16])
}

// indexKeys are the indexes that a submission is in from its creation on.
func indexKeys(kind judge.Kind, problem judge.Slug, user, keyID string) []string {
	p := keyIndex + string(kind)
	keys := append(make([]string, 0, 4), p+":all")
	if problem != "" {
		keys = append(keys, p+":p:"+string(problem))
	}
	if user != "" {
		keys = append(keys, p+":u:"+user)
	}
	if keyID != "" {
		keys = append(keys, p+":k:"+keyID)
	}
	return keys
}

func verdictKey(kind judge.Kind, v judge.Verdict) string {
	return keyIndex + string(kind) + ":v:" + string(v)
}

// idFloor is a bound below every id made at or after t.
func idFloor(t time.Time) string {
	ms := max(t.UnixMilli(), 0)
	h := strconv.FormatInt(ms, 16)
	for len(h) < 12 {
		h = "0" + h
	}
	return h[:8] + "-" + h[8:12]
}

func millis(t time.Time) string { return strconv.FormatInt(t.UnixMilli(), 10) }

func timeOf(ms string) time.Time {
	n, err := strconv.ParseInt(ms, 10, 64)
	if err != nil {
		return time.Time{}
	}
	return time.UnixMilli(n).UTC()
}
