-- Puts a judging into its line that a Docket without lines left waiting.
-- KEYS: record
-- ARGV: id, queue, line, since when it waits
local r = redis.call('HMGET', KEYS[1], 'state', 'queue', 'line')
if r[1] ~= 'queued' or r[2] ~= ARGV[2] or r[3] then return 0 end
redis.call('HSET', KEYS[1], 'line', ARGV[3])
turns.join(ARGV[2], ARGV[3], ARGV[1], ARGV[4])
return 1
