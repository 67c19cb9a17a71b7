-- Gives a judging that waits in vain a new delivery number.
-- KEYS: record
-- ARGV: attempt, delivery
-- Answers the new number, or -1 when it does not wait under the old one.
local r = redis.call('HMGET', KEYS[1], 'state', 'attempt', 'delivery')
if r[1] ~= 'queued' or r[2] ~= ARGV[1] or (r[3] or '0') ~= ARGV[2] then return -1 end
return redis.call('HINCRBY', KEYS[1], 'delivery', 1)
