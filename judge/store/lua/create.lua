-- KEYS: record, stream, queued index, pending set, idempotency key, indexes...
-- ARGV: id, wait score, event, pending? , idempotency value, its life in ms,
--       field, value, ...
-- An empty ARGV[5] means no idempotency key. Answers the idempotency value
-- that was there before, or an empty string.
if ARGV[5] ~= '' then
  local was = redis.call('GET', KEYS[5])
  if was then return was end
  redis.call('SET', KEYS[5], ARGV[5], 'PX', ARGV[6])
end
if redis.call('EXISTS', KEYS[1]) == 1 then return '' end
redis.call('HSET', KEYS[1], unpack(ARGV, 7))
redis.call('XADD', KEYS[2], '*', 'e', ARGV[3])
redis.call('ZADD', KEYS[3], ARGV[2], ARGV[1])
if ARGV[4] == '1' then redis.call('SADD', KEYS[4], ARGV[1]) end
for i = 6, #KEYS do redis.call('ZADD', KEYS[i], 0, ARGV[1]) end
return ''
