-- Whose turn it is in a queue. This comes before the scripts that put judgings
-- into a queue or take them out.
--
-- API keys take turns, and the users of a key take turns among themselves; the
-- judgings of one user of one key are a line, which is named "key:user" and is
-- the field "line" of their records. At either place (a queue, or queue:key)
-- everybody who waits has a number, and the lowest is next. Who comes, and who
-- has had a turn, gets the next number: nobody waits for more than one turn of
-- each who waited when he came, however many come after him, and nobody gains
-- by leaving.
local turns = {}

local function last(place, who)
  local number = redis.call('HINCRBY', 'docket:numbers', place, 1)
  redis.call('ZADD', 'docket:turns:' .. place, string.format('%.0f', number), who)
end

local function enter(place, who)
  if not redis.call('ZSCORE', 'docket:turns:' .. place, who) then last(place, who) end
end

-- leave reports whether nobody waits any more.
local function leave(place, who)
  redis.call('ZREM', 'docket:turns:' .. place, who)
  if redis.call('EXISTS', 'docket:turns:' .. place) == 1 then return false end
  redis.call('HDEL', 'docket:numbers', place)
  return true
end

function turns.line(queue, line) return 'docket:line:' .. queue .. ':' .. line end

-- apart answers the place of a line's user, the key and the user.
local function apart(queue, line)
  local key, user = string.match(line, '^([^:]*):(.*)$')
  return queue .. ':' .. key, key, user
end

-- join puts a judging into its line, in the order of since; 0 is its head.
function turns.join(queue, line, id, since)
  redis.call('ZADD', turns.line(queue, line), since, id)
  local place, key, user = apart(queue, line)
  enter(place, user)
  enter(queue, key)
end

-- drop takes a judging out of its line.
function turns.drop(queue, line, id)
  if redis.call('ZREM', turns.line(queue, line), id) == 0 then return end
  if redis.call('EXISTS', turns.line(queue, line)) == 1 then return end
  local place, key, user = apart(queue, line)
  if leave(place, user) then leave(queue, key) end
end

-- take is drop for a judging whose turn it was.
function turns.take(queue, line, id)
  local place, key, user = apart(queue, line)
  last(queue, key)
  last(place, user)
  turns.drop(queue, line, id)
end

-- How many keys, and users of a key, one call looks at. Only the first is, but
-- for those whose judgings must go to another worker.
local most = 32

-- each calls visit with the lines of a queue, those first whose turn it is,
-- until it answers true.
function turns.each(queue, visit)
  for _, key in ipairs(redis.call('ZRANGE', 'docket:turns:' .. queue, 0, most - 1)) do
    for _, user in ipairs(redis.call('ZRANGE', 'docket:turns:' .. queue .. ':' .. key, 0, most - 1)) do
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
