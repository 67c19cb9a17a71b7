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
for i = 1, 3 do redis.call('PEXPIRE', KEYS[i], ARGV[9]) end
local size = tonumber(redis.call('HGET', KEYS[1], 'bytes') or 0)
if size > 0 then
  redis.call('HDEL', KEYS[1], 'bytes')
  for _, field in ipairs({'all', ARGV[13]}) do
    if field ~= '' and redis.call('HINCRBY', ARGV[12], field, -size) <= 0 then redis.call('HDEL', ARGV[12], field) end
  end
end
if ARGV[14] == 'run' then redis.call('HDEL', KEYS[1], 'sub') end
redis.call('ZREM', KEYS[4], ARGV[1])
redis.call('SREM', KEYS[5], ARGV[1])
for i = 6, #KEYS do
  redis.call('ZADD', KEYS[i], 0, ARGV[1])
  redis.call('PERSIST', KEYS[i]) -- earlier versions let indexes expire
  redis.call('ZADD', ARGV[10], 'NX', ARGV[11], KEYS[i])
end
redis.call('PUBLISH', ARGV[5], ARGV[1])
return 1
