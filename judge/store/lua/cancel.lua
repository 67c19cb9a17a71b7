-- KEYS: record, stream, reports, running, pending set, indexes...
-- ARGV: id, attempt, event, channel of events, report, brief, retention in
--       ms, prefix of queued indexes, channel of fencing, schedule of
--       trimming, when to trim the indexes first, bytes pending, API key id,
--       kind
-- Answers 1 when cancelled while it was in its line, 2 while it ran or was
-- postponed, when its task may serve another one, 0 when it had ended, -1 when the attempt is another one or there is no such
-- submission.
local r = redis.call('HMGET', KEYS[1], 'state', 'attempt', 'queue', 'line')
if r[2] ~= ARGV[2] then return -1 end
if r[1] ~= 'queued' and r[1] ~= 'running' then return 0 end
local token = redis.call('HINCRBY', KEYS[1], 'token', 1)
redis.call('HSET', KEYS[1], 'state', 'cancelled', 'brief', ARGV[6])
redis.call('HSET', KEYS[3], ARGV[2], ARGV[5])
redis.call('XADD', KEYS[2], '*', 'e', ARGV[3])
-- A run is not judged again, nor is what was never judged at all: submitting
-- and cancelling must not fill the memory.
local sources = ARGV[14] ~= 'run' and (r[1] == 'running' or ARGV[2] ~= '1')
settle(ARGV[1], ARGV[7], ARGV[10], ARGV[11], ARGV[12], ARGV[13], sources)
redis.call('ZREM', ARGV[8] .. r[3], ARGV[1])
local postponed = redis.call('ZREM', 'docket:later:' .. r[3], ARGV[1]) == 1
if r[4] then turns.drop(r[3], r[4], ARGV[1]) end
redis.call('PUBLISH', ARGV[9], ARGV[1] .. ' ' .. string.format('%.0f', token))
redis.call('PUBLISH', ARGV[4], ARGV[1])
return r[1] == 'queued' and not postponed and 1 or 2
