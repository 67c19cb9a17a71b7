-- KEYS: record, stream, reports, running, pending set, verdict index, indexes...
-- ARGV: id, attempt, token, event, channel, report, brief, verdict,
--       retention in ms, schedule of trimming, when to trim the indexes first,
--       bytes pending, API key id, kind
-- What a run was sent with is not kept: nobody judges it again.
local r = redis.call('HMGET', KEYS[1], 'state', 'attempt', 'token')
if r[2] ~= ARGV[2] or r[3] ~= ARGV[3] then return 0 end
if r[1] == 'done' then return 1 end
if r[1] ~= 'running' then return 0 end
redis.call('HSET', KEYS[1], 'state', 'done', 'verdict', ARGV[8], 'brief', ARGV[7])
redis.call('HSET', KEYS[3], ARGV[2], ARGV[6])
redis.call('XADD', KEYS[2], '*', 'e', ARGV[4])
settle(ARGV[1], ARGV[9], ARGV[10], ARGV[11], ARGV[12], ARGV[13], ARGV[14] ~= 'run')
redis.call('PUBLISH', ARGV[5], ARGV[1])
return 1
