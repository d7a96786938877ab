-- What the scripts of work queues begin with, after base.lua. A queue is a hash, META, and a stream
-- whose ids are OFFSET-TIME in milliseconds, with one consumer group. The hash holds e, the epoch;
-- o, the newest offset; t, the newest time; r, when a lease was last renewed; g, until when nobody
-- is declared dead; h, the room that is held for batches which are about to be stored, lines of
-- "TOKEN COUNT UNTIL". A consumer of the group is a node; BACK is nobody: what it holds has come
-- back and waits.
-- A queue and its dead-letter queue are one hash slot.
--
-- ARGV: 1 how long a message may wait, 2 how long unused keys live, 3 how many messages there may
-- be, 4 how often one is handed out, 5 the command that wakes nodes.
local GROUP, BACK = 'nodes', '-'
local ttl, life, most, deliveries = tonumber(ARGV[1]), ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local expired, buried, discarded = 0, 0, 0

local function offset(id)
  return string.match(id, '^(%d+)')
end

local function born(id)
  return number(string.match(id, '(%d+)$'))
end

-- A queue as it is, or a new one with this epoch.
local function open(META, STREAM, epoch)
  local meta = redis.call('HMGET', META, 'e', 'o', 't', 'h')
  local q = {meta = META, stream = STREAM, epoch = meta[1], top = tonumber(meta[2]), held = meta[4]}
  -- A clock that was set back does not set messages back.
  q.now = math.max(time, number(meta[3]))
  if not (q.epoch and q.top) then
    q.epoch, q.top, q.fresh = epoch, 0, true
    redis.call('UNLINK', STREAM)
    redis.call('HSET', META, 'e', epoch, 'o', 0, 't', int(q.now))
  end
  if redis.call('EXISTS', STREAM) == 0 then
    redis.call('XGROUP', 'CREATE', STREAM, GROUP, '0', 'MKSTREAM')
  end
  redis.call('PEXPIRE', META, life)
  redis.call('PEXPIRE', STREAM, life)
  return q
end

-- Who holds a message, and how often it was handed out; nothing when it was not yet.
local function holder(q, id)
  local held = redis.call('XPENDING', q.stream, GROUP, id, id, 1)[1]
  if held then
    return held[2], held[4]
  end
end

local function remove(q, id)
  local acknowledged = redis.call('XACK', q.stream, GROUP, id)
  return redis.call('XDEL', q.stream, id), acknowledged
end

-- Drops messages from the queue's beginning while this says so, but for those that are held.
local function trim(q, wanted)
  local from, gone = '-', 0
  while gone < 1000 do
    local page = redis.call('XRANGE', q.stream, from, '+', 'COUNT', 32)
    for _, entry in ipairs(page) do
      if not wanted(entry[1]) then
        return gone
      end
      local who = holder(q, entry[1])
      if not who or who == BACK then
        remove(q, entry[1])
        gone = gone + 1
      end
    end
    if #page < 32 then
      return gone
    end
    from = '(' .. page[#page][1]
  end
  return gone
end

local function old(q, id)
  return born(id) < q.now - ttl
end

local function age(q)
  expired = expired + trim(q, function(id) return old(q, id) end)
end

local function append(q, head, body)
  q.top = q.top + 1
  redis.call('XADD', q.stream, int(q.top) .. '-' .. int(q.now), 'h', head, 'b', body)
  redis.call('HSET', q.meta, 'o', int(q.top), 't', int(q.now))
end
