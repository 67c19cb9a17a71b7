-- Takes a judging that has ended off the books. This comes before the scripts
-- that end one, whose KEYS are record, stream, reports, running, pending set,
-- indexes... Keep is the retention in ms, schedule and first when the indexes
-- are trimmed, books has the bytes pending, key is the API key's id; without
-- sources nobody judges it again.
local function settle(id, keep, schedule, first, books, key, sources)
  for i = 1, 3 do redis.call('PEXPIRE', KEYS[i], keep) end
  local size = tonumber(redis.call('HGET', KEYS[1], 'bytes') or 0)
  if size > 0 then
    redis.call('HDEL', KEYS[1], 'bytes')
    for _, field in ipairs({'all', key}) do
      if field ~= '' and redis.call('HINCRBY', books, field, -size) <= 0 then redis.call('HDEL', books, field) end
    end
  end
  if not sources then redis.call('HDEL', KEYS[1], 'sub') end
  redis.call('ZREM', KEYS[4], id)
  redis.call('SREM', KEYS[5], id)
  for i = 6, #KEYS do
    redis.call('ZADD', KEYS[i], 0, id)
    redis.call('PERSIST', KEYS[i]) -- earlier versions let indexes expire
    redis.call('ZADD', schedule, 'NX', first, KEYS[i])
  end
end
