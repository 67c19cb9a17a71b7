-- Gives a judging that waits in vain a new delivery number.
-- KEYS: record
-- ARGV: attempt, delivery, id, '1' to put it at the head of its line, since it
--       has waited its turn
-- Answers the new number, or -1 when it does not wait under the old one.
local r = redis.call('HMGET', KEYS[1], 'state', 'attempt', 'delivery', 'queue', 'line')
if r[1] ~= 'queued' or r[2] ~= ARGV[1] or (r[3] or '0') ~= ARGV[2] then return -1 end
if r[5] and ARGV[4] == '1' then redis.call('ZADD', turns.line(r[4], r[5]), 'XX', 0, ARGV[3]) end
return redis.call('HINCRBY', KEYS[1], 'delivery', 1)
