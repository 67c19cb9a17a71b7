-- Begins the judging whose turn it is in a queue. Whoever asks has a task of
-- that queue, which is worth one judging: not always the one it was made for.
-- KEYS: record that the task was made for, running, beats, workers
-- ARGV: id that the task was made for, name of the task, queue, worker,
--       nonce, lease in ms, prefix of queued indexes, for how long another
--       worker goes first in ms, for how long a call may be repeated in ms
-- Answers id, attempt, token, tries, the submission, for how long it waited in
-- ms and outages; 'later' and after how many ms when what waits may not begin
-- yet or should go to another worker first; or nothing when nothing waits.
local made, task, queue, worker, nonce = unpack(ARGV, 1, 5)
local fields = {'state', 'attempt', 'token', 'tries', 'nonce', 'queue', 'sub', 'waited', 'outages', 'failed', 'failedat'}
local function read(id) return redis.call('HMGET', 'docket:s:' .. id, unpack(fields)) end
local function answer(id, r) return {id, r[2], r[3], r[4], r[7], r[8], r[9] or '0'} end

local again = redis.call('HGET', KEYS[1], 'nonce') == nonce and made or redis.call('GET', 'docket:begun:' .. nonce)
if again then
  local r = read(again)
  return r[1] == 'running' and r[5] == nonce and answer(again, r)
end

local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local stamp = string.format('%.0f', now)

-- Another worker that lives and is in order, and has not failed at it.
local function elsewhere(r)
  if not r[10] or now - tonumber(r[11]) >= tonumber(ARGV[8]) then return false end
  local failed = cjson.decode(r[10])
  if not failed[worker] then return false end
  for _, other in ipairs(redis.call('ZRANGEBYSCORE', KEYS[3], '(' .. stamp, '+inf')) do
    local told = not failed[other] and redis.call('HGET', KEYS[4], other)
    if told and not cjson.decode(told).outage then return true end
  end
  return false
end

-- How many judgings of a line one call looks at that must go to another worker.
local mostRefused = 1000

turns.resume(queue, stamp)
local id, line, r
local refused = false
turns.each(queue, function(l)
  local at = 0
  while at < mostRefused do
    local candidate = redis.call('ZRANGE', turns.line(queue, l), at, at)[1]
    if not candidate then return end
    r = read(candidate)
    if r[1] ~= 'queued' or r[6] ~= queue then
      -- Its record was removed, or a Docket without lines has begun it.
      turns.drop(queue, l, candidate)
      redis.call('HDEL', 'docket:s:' .. candidate, 'line')
    elseif elsewhere(r) then
      refused = true
      at = at + 1
    else
      id, line = candidate, l
      return true
    end
  end
end)
if not id then
  if refused then return {'later', '1000'} end
  local next = redis.call('ZRANGE', 'docket:later:' .. queue, 0, 0, 'WITHSCORES')
  return next[2] and {'later', string.format('%.0f', math.max(next[2] - now, 1))}
end

turns.take(queue, line, id)
if id ~= made then redis.call('SET', 'docket:begun:' .. nonce, id, 'PX', ARGV[9]) end
local key = 'docket:s:' .. id
r[3] = string.format('%.0f', redis.call('HINCRBY', key, 'token', 1))
r[4] = string.format('%.0f', redis.call('HINCRBY', key, 'tries', 1))
local since = redis.call('ZSCORE', ARGV[7] .. queue, id)
r[8] = string.format('%.0f', since and now - since or 0)
redis.call('HDEL', key, 'line')
redis.call('HSET', key, 'state', 'running', 'waited', r[8], 'worker', worker, 'nonce', nonce,
  'task', task, 'begun', stamp)
redis.call('ZREM', ARGV[7] .. queue, id)
redis.call('ZADD', KEYS[2], string.format('%.0f', now + ARGV[6]), id)
return answer(id, r)
