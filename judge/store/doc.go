// Package store keeps submissions, their reports and their progress in Redis.
// It is the only package that knows what Redis holds (apart from the queue's
// own keys, which belong to Asynq) and it implements [judge.Ledger] for
// workers.
//
// It stands between Docket's own processes and Redis: what it reads back was
// written by this package, but source code, names and metadata inside it came
// from clients and stay opaque bytes here.
//
// It runs on Redis 7, Valkey and, for `docket up` without a Redis, on an
// embedded miniredis; single servers and Sentinel, not Cluster, because a
// script touches a record and its indexes together. Scripts may be run twice
// for one call, as the client does after a lost connection, to the same end.
//
// # Keys
//
// All begin with "docket:". <id> is a submission's UUIDv7, so that members of
// a sorted set whose scores are all 0 lie in order of creation. Times are
// milliseconds since 1970 on the Redis server's clock, unless said otherwise.
//
//	key                          type    what                                         lives
//	docket:s:<id>                hash    the record of a submission, fields below     until final, then retention
//	docket:s:<id>:r              hash    attempt -> report (JSON) of every ended      as the record
//	                                     judging, the latest included
//	docket:s:<id>:e              stream  events, one field "e" (JSON); at most about  as the record
//	                                     20,000; the first, "queued", is not written
//	                                     but read from the record under the id 0-1;
//	                                     "done" and "cancelled" leave their report
//	                                     to docket:s:<id>:r
//	docket:x:<kind>:all          zset    ids of that kind (submission, run)           an id: as its record, until
//	docket:x:<kind>:p:<problem>  zset    ... sent to a problem                        a list meets it or the
//	docket:x:<kind>:u:<user>     zset    ... sent for a user                          sweeper trims the index
//	docket:x:<kind>:k:<key>      zset    ... sent with an API key
//	docket:x:<kind>:v:<verdict>  zset    ... whose latest judging ended so
//	docket:indexes               zset    index -> when the sweeper trims it next      while the index has ids
//	docket:queued:<queue>        zset    id -> when it began to wait                  while queued
//	docket:line:<queue>:         zset    id -> its place: when it began to wait, 0    while queued and due
//	  <key>:<user>                       for what has had its turn before
//	docket:later:<queue>         zset    id -> when it joins its line again           until then
//	docket:turns:<queue>         zset    API key id -> number of its next turn        while it waits
//	docket:turns:<queue>:<key>   zset    user -> number of the next turn              while the user waits
//	docket:numbers               hash    what follows docket:turns: -> the last       while somebody waits there
//	                                     number given there
//	docket:begun:<nonce>         string  id that a call of Begin was answered with,   a minute
//	                                     where its task was made for another one
//	docket:running               zset    id -> when its lease ends                    while running
//	docket:pending:<key>         set     ids queued or running for an API key         while pending
//	docket:pendingbytes          hash    API key id, and "all" -> size of what is     while pending
//	                                     queued or running
//	docket:rate:<key>            hash    n (submissions), b (bytes) -> when what the  a minute after the last
//	                                     key sent is due at its rate
//	docket:idem:<key>:<hash>     string  "<id> <digest of the body>" for an           24 h
//	                                     Idempotency-Key (hash: SHA-256 of it);
//	                                     void without that record
//	docket:workers               hash    worker id -> Worker (JSON)                   while it beats
//	docket:beats                 zset    worker id -> when its last beat runs out     5 s after the last beat
//	docket:sweeper               string  which process sweeps                         3 s after its last sweep
//	docket:deployment            string  what this installation is called             for ever
//	docket:keys                  hash    API key id -> key and SHA-256 of its secret  for ever
//
// Fields of a record:
//
//	state     queued, running, done or cancelled
//	attempt   the number of the latest judging, from 1
//	token     the fencing token, absent before the first claim: rises
//	          with every claim, and with everything that takes a claim away
//	tries     how often this attempt has been begun, without the outages
//	outages   how often it was handed back because its worker was out of order
//	failed    the workers on which it failed or met an outage (JSON object)
//	failedat  when it did so last
//	heard     the token of the claim of which a worker was last heard, by events
//	          or a heartbeat
//	delivery  how often this attempt has been put back after a worker's death
//	worker    who claimed it last
//	nonce     which call of Begin claimed it, so that a repeated call is known
//	task      the name of the task in whose place it was begun last
//	line      "<key>:<user>" while it is queued: where it waits for its turn
//	rejudge   which call of Rejudge began the attempt, for the same reason
//	sub       the submission (JSON); of a run, until it ends; not kept where it
//	          was cancelled before it was begun
//	bytes     its size, until its first judging ends
//	head      what reports and indexes need of it, without its sources (JSON)
//	queue     the queue it waits in, or was taken from
//	begun     when it last began to be judged
//	verdict   of the latest judging, when done
//	brief     the latest judging's report without its tests (JSON), when final
//
// Channels: docket:events carries the id of a submission whose stream grew;
// docket:fenced carries "<id> <token>" when claims with smaller tokens stopped counting.
//
// # Leases
//
// A claim is a lease of [LeaseTime] that [Store.Heartbeat] renews for every
// claim in this process's hands. A judging whose lease ran out is put back
// by [Store.Sweep] under the same attempt, with the next delivery number: the
// dead worker's task still blocks its own name in the queue for a minute or
// more. It goes to the head of its line, because it has had its turn.
//
// # Turns
//
// A queue's tasks say how much is to be judged; which judging is next is
// decided when one of them is taken ([Store.Begin]). API keys take turns, and
// so do the users of a key: round-robin at both levels, each judging counting
// the same. Within the line of a user of a key the oldest comes first. A task
// is therefore not tied to the judging that it is named after, and there may be
// more tasks than judgings that wait, which do no harm; where there are fewer,
// the sweeper adds them.
package store
