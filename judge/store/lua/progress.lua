-- KEYS: record, stream
-- ARGV: id, attempt, token, most events, channel, event...
local r = redis.call('HMGET', KEYS[1], 'state', 'attempt', 'token')
if r[1] ~= 'running' or r[2] ~= ARGV[2] or r[3] ~= ARGV[3] then return 0 end
redis.call('HSET', KEYS[1], 'heard', ARGV[3])
for i = 6, #ARGV do
  redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[4], '*', 'e', ARGV[i])
end
redis.call('PUBLISH', ARGV[5], ARGV[1])
return 1
