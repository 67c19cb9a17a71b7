-- Gives a judging that waits in vain a new delivery number, and moves it to
-- the queue ARGV[5], since it has waited its turn.
-- KEYS: record
-- ARGV: attempt, delivery, id, prefix of queued indexes, queue
-- Answers the new number, or -1 when it does not wait under the old one.
local r = redis.call('HMGET', KEYS[1], 'state', 'attempt', 'delivery', 'queue')
if r[1] ~= 'queued' or r[2] ~= ARGV[1] or (r[3] or '0') ~= ARGV[2] then return -1 end
local since = redis.call('ZSCORE', ARGV[4] .. r[4], ARGV[3])
if since then
  redis.call('ZREM', ARGV[4] .. r[4], ARGV[3])
  redis.call('ZADD', ARGV[4] .. ARGV[5], since, ARGV[3])
end
redis.call('HSET', KEYS[1], 'queue', ARGV[5])
return redis.call('HINCRBY', KEYS[1], 'delivery', 1)
