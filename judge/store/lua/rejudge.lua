-- KEYS: record, stream, reports, queued index of the batch queue
-- ARGV: id, attempt that ended, event, channel, name of the batch queue,
--       prefix of verdict indexes, new attempt, nonce, line
-- Answers 1 when put into the queue, 0 when it has not ended, -1 when the
-- attempt is another one or there is no such submission, -2 when what is to be
-- judged is not kept.
local r = redis.call('HMGET', KEYS[1], 'state', 'attempt', 'verdict', 'rejudge', 'sub')
if r[2] == ARGV[7] and r[4] == ARGV[8] then return 1 end
if r[2] ~= ARGV[2] then return -1 end
if r[1] ~= 'done' and r[1] ~= 'cancelled' then return 0 end
if not r[5] then return -2 end
local t = redis.call('TIME')
local now = string.format('%.0f', t[1] * 1000 + math.floor(t[2] / 1000))
redis.call('HINCRBY', KEYS[1], 'token', 1)
redis.call('HSET', KEYS[1], 'state', 'queued', 'attempt', ARGV[7], 'queue', ARGV[5],
  'rejudge', ARGV[8], 'line', ARGV[9])
redis.call('HDEL', KEYS[1], 'tries', 'delivery', 'worker', 'verdict', 'brief', 'begun', 'outages', 'failed',
  'failedat')
for i = 1, 3 do redis.call('PERSIST', KEYS[i]) end
if r[3] then redis.call('ZREM', ARGV[6] .. r[3], ARGV[1]) end
redis.call('ZADD', KEYS[4], now, ARGV[1])
turns.join(ARGV[5], ARGV[9], ARGV[1], now)
redis.call('XADD', KEYS[2], '*', 'e', ARGV[3])
redis.call('PUBLISH', ARGV[4], ARGV[1])
return 1
