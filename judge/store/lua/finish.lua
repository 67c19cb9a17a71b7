-- KEYS: record, stream, reports, running, pending set, verdict index, indexes...
-- ARGV: id, attempt, token, event, channel, report, brief, verdict,
--       retention in ms, schedule of trimming, when to trim the indexes first
local r = redis.call('HMGET', KEYS[1], 'state', 'attempt', 'token')
if r[2] ~= ARGV[2] or r[3] ~= ARGV[3] then return 0 end
if r[1] == 'done' then return 1 end
if r[1] ~= 'running' then return 0 end
redis.call('HSET', KEYS[1], 'state', 'done', 'verdict', ARGV[8], 'brief', ARGV[7])
redis.call('HSET', KEYS[3], ARGV[2], ARGV[6])
redis.call('XADD', KEYS[2], '*', 'e', ARGV[4])
for i = 1, 3 do redis.call('PEXPIRE', KEYS[i], ARGV[9]) end
redis.call('ZREM', KEYS[4], ARGV[1])
redis.call('SREM', KEYS[5], ARGV[1])
for i = 6, #KEYS do
  redis.call('ZADD', KEYS[i], 0, ARGV[1])
  redis.call('PERSIST', KEYS[i]) -- earlier versions let indexes expire
  redis.call('ZADD', ARGV[10], 'NX', ARGV[11], KEYS[i])
end
redis.call('PUBLISH', ARGV[5], ARGV[1])
return 1
