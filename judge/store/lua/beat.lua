-- KEYS: workers, beats, running
-- ARGV: worker id, its description, life in ms, then id and token of every
--       claim in its hands
-- Renews the leases that still count, notes that their claims were heard of, and answers "<id> <token>" of the others:
-- a worker may hold a claim that counts beside one on the same judging that
-- no longer does.
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local till = string.format('%.0f', now + ARGV[3])
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('ZADD', KEYS[2], till, ARGV[1])
local lost = {}
for i = 4, #ARGV, 2 do
  local r = redis.call('HMGET', 'docket:s:' .. ARGV[i], 'state', 'token')
  if r[1] == 'running' and r[2] == ARGV[i + 1] then
    redis.call('ZADD', KEYS[3], till, ARGV[i])
    redis.call('HSET', 'docket:s:' .. ARGV[i], 'heard', r[2])
  else
    lost[#lost + 1] = ARGV[i] .. ' ' .. ARGV[i + 1]
  end
end
return lost
