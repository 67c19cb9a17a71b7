-- Takes or renews the sweeper's lock and looks around.
-- KEYS: lock, beats, workers, running, bytes pending, queued indexes...
-- ARGV: who, life of the lock in ms, most ids
-- Answers nothing when another process sweeps; else now and the ids whose
-- lease ran out.
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local lock = redis.call('GET', KEYS[1])
if lock then
  local who, till = string.match(lock, '^(%S+) (%d+)$')
  if who ~= ARGV[1] and tonumber(till) > now then return false end
end
redis.call('SET', KEYS[1], ARGV[1] .. ' ' .. string.format('%.0f', now + ARGV[2]), 'PX', ARGV[2])
local stamp = string.format('%.0f', now)
local dead = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', stamp, 'LIMIT', 0, 100)
for _, id in ipairs(dead) do
  redis.call('ZREM', KEYS[2], id)
  redis.call('HDEL', KEYS[3], id)
end
-- Where nothing is pending, nothing has bytes: a record that was removed by
-- hand leaves its own behind.
local pending = redis.call('EXISTS', KEYS[4]) + redis.call('EXISTS', unpack(KEYS, 6))
if pending == 0 then redis.call('DEL', KEYS[5]) end
return {stamp, redis.call('ZRANGEBYSCORE', KEYS[4], '-inf', stamp, 'LIMIT', 0, ARGV[3])}
