-- KEYS: record, queued index, pending set, idempotency key, index of all,
--       other indexes...
-- ARGV: id, wait score, pending? , idempotency value, its life in ms,
--       bytes pending, size, API key id, queue, line, field, value, ...
-- An empty ARGV[4] means no idempotency key. Answers the idempotency value
-- that was there before, or an empty string. A key whose submission is no
-- longer kept is as good as none. Every command here is on the way
-- of each submission: the index of all tells a repeated call, and the event
-- "queued" is not written (see Store.Events).
if ARGV[4] ~= '' then
  local was = redis.call('GET', KEYS[4])
  if was and redis.call('EXISTS', 'docket:s:' .. string.match(was, '^%S+')) == 1 then return was end
  redis.call('SET', KEYS[4], ARGV[4], 'PX', ARGV[5])
end
if redis.call('ZADD', KEYS[5], 0, ARGV[1]) == 0 then return '' end
redis.call('HSET', KEYS[1], 'line', ARGV[10], unpack(ARGV, 11))
redis.call('ZADD', KEYS[2], ARGV[2], ARGV[1])
turns.join(ARGV[9], ARGV[10], ARGV[1], ARGV[2])
redis.call('HINCRBY', ARGV[6], 'all', ARGV[7])
if ARGV[3] == '1' then
  redis.call('SADD', KEYS[3], ARGV[1])
  redis.call('HINCRBY', ARGV[6], ARGV[8], ARGV[7])
end
for i = 6, #KEYS do redis.call('ZADD', KEYS[i], 0, ARGV[1]) end
return ''
