-- KEYS: record, stream
-- ARGV: id, attempt, token, event, most events, channel
local r = redis.call('HMGET', KEYS[1], 'state', 'attempt', 'token')
if r[1] ~= 'running' or r[2] ~= ARGV[2] or r[3] ~= ARGV[3] then return 0 end
redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[5], '*', 'e', ARGV[4])
redis.call('PUBLISH', ARGV[6], ARGV[1])
return 1
