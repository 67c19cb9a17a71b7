-- Whose turn it is in a queue. This comes before the scripts that put judgings
-- into a queue or take them out.
--
-- API keys take turns, and the users of a key take turns among themselves; the
-- judgings of one user of one key are a line. At either place, "where" (a
-- queue, or queue:key), everybody who waits has a number, the lowest is next,
-- and each turn adds 1 to it. The clock of a place is the number of its last
-- turn. Who comes gets the clock's number, so that nobody saves turns up by
-- staying away, but not less than his own, so that nobody gains by leaving.
local turns = {}

local function clock(where) return tonumber(redis.call('HGET', 'docket:clocks', where) or 0) end

local function enter(where, who)
  local waiting, absent = 'docket:turns:' .. where, 'docket:absent:' .. where
  if redis.call('ZSCORE', waiting, who) then return end
  local own = tonumber(redis.call('ZSCORE', absent, who) or 0)
  redis.call('ZREM', absent, who)
  redis.call('ZADD', waiting, string.format('%.0f', math.max(own, clock(where))), who)
end

local function leave(where, who)
  local waiting, absent = 'docket:turns:' .. where, 'docket:absent:' .. where
  local own = redis.call('ZSCORE', waiting, who)
  redis.call('ZREM', waiting, who)
  if redis.call('EXISTS', waiting) == 0 then
    -- Nobody waits: all begin anew.
    redis.call('DEL', absent)
    redis.call('HDEL', 'docket:clocks', where)
  elseif own and tonumber(own) > clock(where) then
    redis.call('ZADD', absent, own, who)
  end
end

local function turn(where, who)
  local waiting = 'docket:turns:' .. where
  local own = tonumber(redis.call('ZSCORE', waiting, who))
  local now = string.format('%.0f', math.max(own, clock(where)))
  redis.call('HSET', 'docket:clocks', where, now)
  redis.call('ZINCRBY', waiting, 1, who)
  redis.call('ZREMRANGEBYSCORE', 'docket:absent:' .. where, '-inf', now)
end

-- Of a line is known by "key:user", which records keep as their field "line".
function turns.line(queue, line) return 'docket:line:' .. queue .. ':' .. line end

local function keyOf(queue, line)
  local key, user = string.match(line, '^([^:]*):(.*)$')
  return queue .. ':' .. key, key, user
end

-- join puts a judging into its line, in the order of since; 0 is its head.
function turns.join(queue, line, id, since)
  redis.call('ZADD', turns.line(queue, line), since, id)
  local users, key, user = keyOf(queue, line)
  enter(users, user)
  enter(queue, key)
end

-- drop takes a judging out of its line.
function turns.drop(queue, line, id)
  if redis.call('ZREM', turns.line(queue, line), id) == 0 then return end
  if redis.call('EXISTS', turns.line(queue, line)) == 1 then return end
  local users, key, user = keyOf(queue, line)
  leave(users, user)
  if redis.call('EXISTS', 'docket:turns:' .. users) == 0 then leave(queue, key) end
end

-- take is drop for a judging whose turn it was.
function turns.take(queue, line, id)
  local users, key, user = keyOf(queue, line)
  turn(queue, key)
  turn(users, user)
  turns.drop(queue, line, id)
end

-- each calls visit with the lines of a queue, those first whose turn it is,
-- until it answers true.
function turns.each(queue, visit)
  for _, key in ipairs(redis.call('ZRANGE', 'docket:turns:' .. queue, 0, 31)) do
    for _, user in ipairs(redis.call('ZRANGE', 'docket:turns:' .. queue .. ':' .. key, 0, 31)) do
      if visit(key .. ':' .. user) then return end
    end
  end
end

-- postpone keeps a judging out of its line until a time.
function turns.postpone(queue, id, till) redis.call('ZADD', 'docket:later:' .. queue, till, id) end

-- resume puts those into their lines whose time has come.
function turns.resume(queue, now)
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', 'docket:later:' .. queue, '-inf', now, 'LIMIT', 0, 16)) do
    redis.call('ZREM', 'docket:later:' .. queue, id)
    local r = redis.call('HMGET', 'docket:s:' .. id, 'state', 'queue', 'line')
    if r[1] == 'queued' and r[2] == queue then turns.join(queue, r[3], id, 0) end
  end
end
