-- Asks whether an API key may send more, and notes what it sends.
-- KEYS: rates of the key, its pending set, bytes pending
-- ARGV: key id, submissions, bytes, submissions and bytes that are about to be
--       stored and not counted yet, then the bounds, 0 for none: submissions
--       and bytes pending, submissions and bytes a minute
-- Answers what the key has too much of and by how much: 'pending' and its
-- number, 'bytes' and their number, 'rate' and how long to wait in ms; or 'ok'.
-- A rate is kept as the time at which what was sent would have been due, sent
-- evenly: a minute ahead of now the key has used its minute up.
local minute = 60000
local n, bytes = tonumber(ARGV[2]), tonumber(ARGV[3])
local most = tonumber(ARGV[6])
if most > 0 then
  local have = redis.call('SCARD', KEYS[2]) + ARGV[4]
  if have + n > most then return {'pending', tostring(have)} end
end
most = tonumber(ARGV[7])
if most > 0 then
  local have = (redis.call('HGET', KEYS[3], ARGV[1]) or 0) + ARGV[5]
  if have + bytes > most then return {'bytes', string.format('%.0f', have)} end
end
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local due, wait = {}, 0
for field, want in pairs({n = {n, tonumber(ARGV[8])}, b = {bytes, tonumber(ARGV[9])}}) do
  if want[2] > 0 then
    -- What is larger than a minute's worth may go when nothing else did.
    local takes = math.min(want[1], want[2]) * minute / want[2]
    local at = math.max(tonumber(redis.call('HGET', KEYS[1], field) or 0), now) + takes
    wait = math.max(wait, at - now - minute)
    due[field] = at
  end
end
if wait > 0 then return {'rate', string.format('%.0f', math.ceil(wait))} end
for field, at in pairs(due) do redis.call('HSET', KEYS[1], field, string.format('%.3f', at)) end
redis.call('PEXPIRE', KEYS[1], minute)
return {'ok', '0'}
