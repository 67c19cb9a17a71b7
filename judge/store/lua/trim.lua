-- Takes the ids of records that are gone out of an index.
-- KEYS: schedule of trimming, index
-- ARGV: where to begin, a bound above the ids that may be gone, most ids,
--       now, how long until the index is trimmed again in ms, retention in ms
-- Answers the last id that it looked at, or an empty string when it has seen
-- all. The index is trimmed again when its oldest id may be gone; one that is
-- empty no longer exists and leaves the schedule.
local ids = redis.call('ZRANGEBYLEX', KEYS[2], ARGV[1], '(' .. ARGV[2], 'LIMIT', 0, ARGV[3])
for _, id in ipairs(ids) do
  if redis.call('EXISTS', 'docket:s:' .. id) == 0 then redis.call('ZREM', KEYS[2], id) end
end
if #ids == tonumber(ARGV[3]) then return ids[#ids] end
local oldest = redis.call('ZRANGE', KEYS[2], 0, 0)[1]
if not oldest then
  redis.call('ZREM', KEYS[1], KEYS[2])
  return ''
end
local made = tonumber(string.sub(oldest, 1, 8) .. string.sub(oldest, 10, 13), 16) or 0
local due = math.max(ARGV[4] + ARGV[5], made + ARGV[6])
redis.call('ZADD', KEYS[1], string.format('%.0f', due), KEYS[2])
return ''
