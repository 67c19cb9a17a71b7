-- Takes a running judging back into the queued state. ARGV[7] says why: a
-- judge.ReleaseReason of its worker, or 'expired' because the lease ran out.
-- It has waited its turn already and goes to the head of its line, after
-- ARGV[9] ms. The workers on which it failed are kept as the keys of a JSON
-- object. A try whose worker was never heard of before its lease ran out does not
-- count: the answer to Begin was lost. Those that do are further and
-- further apart.
-- KEYS: record, stream, running
-- ARGV: id, attempt, token, event, channel of events, prefix of queued
--       indexes, why, channel of fencing, wait, line
-- Answers the delivery number, or -1 when the claim does not count.
local r = redis.call('HMGET', KEYS[1], 'state', 'attempt', 'token', 'queue', 'delivery', 'worker', 'failed', 'heard')
if r[2] ~= ARGV[2] or r[3] ~= ARGV[3] then return -1 end
if r[1] == 'queued' and ARGV[7] ~= 'expired' then return tonumber(r[5] or 0) end
if r[1] ~= 'running' then return -1 end
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local delivery = tonumber(r[5] or 0)
local wait = tonumber(ARGV[9])
if ARGV[7] == 'expired' then
  local lease = redis.call('ZSCORE', KEYS[3], ARGV[1])
  if lease and tonumber(lease) > now then return -1 end
  delivery = redis.call('HINCRBY', KEYS[1], 'delivery', 1)
  local token = redis.call('HINCRBY', KEYS[1], 'token', 1)
  redis.call('PUBLISH', ARGV[8], ARGV[1] .. ' ' .. string.format('%.0f', token))
  if r[8] ~= ARGV[3] then
    redis.call('HINCRBY', KEYS[1], 'tries', -1)
  else
    local tries = tonumber(redis.call('HGET', KEYS[1], 'tries'))
    if tries > 1 then wait = 1000 * 2 ^ (tries - 2) end
  end
end
local stamp = string.format('%.0f', now)
if ARGV[7] == 'stopping' or ARGV[7] == 'outage' then redis.call('HINCRBY', KEYS[1], 'tries', -1) end
if ARGV[7] == 'outage' then redis.call('HINCRBY', KEYS[1], 'outages', 1) end
if ARGV[7] == 'failed' or ARGV[7] == 'outage' then
  local failed = r[7] and cjson.decode(r[7]) or {}
  failed[r[6]] = true
  redis.call('HSET', KEYS[1], 'failed', cjson.encode(failed), 'failedat', stamp)
end
redis.call('HSET', KEYS[1], 'state', 'queued', 'line', ARGV[10])
if wait > 0 then
  turns.postpone(r[4], ARGV[1], string.format('%.0f', now + wait))
else
  turns.join(r[4], ARGV[10], ARGV[1], 0)
end
redis.call('ZREM', KEYS[3], ARGV[1])
redis.call('ZADD', ARGV[6] .. r[4], stamp, ARGV[1])
redis.call('XADD', KEYS[2], '*', 'e', ARGV[4])
redis.call('PUBLISH', ARGV[5], ARGV[1])
return delivery
