-- KEYS: record, running, beats, workers
-- ARGV: id, attempt, worker, nonce, lease in ms, prefix of queued indexes, for
--       how long another worker goes first in ms
-- Answers token, tries, the submission, for how long it waited in ms and
-- outages; 'later' when another worker should have it first; or nothing when
-- not needed.
local r = redis.call('HMGET', KEYS[1], 'state', 'attempt', 'token', 'tries', 'nonce', 'queue', 'sub', 'waited',
  'outages', 'failed', 'failedat')
if not r[1] or r[2] ~= ARGV[2] then return false end
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
if r[1] == 'running' then
  if r[5] == ARGV[4] then return {r[3], r[4], r[7], r[8], r[9] or '0'} end
  local lease = redis.call('ZSCORE', KEYS[2], ARGV[1])
  if lease and tonumber(lease) > now then return false end
elseif r[1] ~= 'queued' then
  return false
end
if r[10] and now - tonumber(r[11]) < tonumber(ARGV[7]) then
  local failed = cjson.decode(r[10])
  if failed[ARGV[3]] then
    for _, other in ipairs(redis.call('ZRANGEBYSCORE', KEYS[3], string.format('(%.0f', now), '+inf')) do
      local told = not failed[other] and redis.call('HGET', KEYS[4], other)
      if told and not cjson.decode(told).outage then return {'later'} end
    end
  end
end
local token = redis.call('HINCRBY', KEYS[1], 'token', 1)
local tries = redis.call('HINCRBY', KEYS[1], 'tries', 1)
local since = redis.call('ZSCORE', ARGV[6] .. r[6], ARGV[1])
local waited = string.format('%.0f', since and now - since or 0)
redis.call('HSET', KEYS[1], 'state', 'running', 'waited', waited, 'worker', ARGV[3], 'nonce', ARGV[4],
  'begun', string.format('%.0f', now))
redis.call('ZREM', ARGV[6] .. r[6], ARGV[1])
redis.call('ZADD', KEYS[2], string.format('%.0f', now + ARGV[5]), ARGV[1])
return {string.format('%.0f', token), string.format('%.0f', tries), r[7], waited, r[9] or '0'}
