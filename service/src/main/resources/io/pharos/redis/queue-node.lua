-- What the scripts begin with that a node runs for its consumers of one queue, after queue.lua.
--
-- KEYS: 1 the queue's hash, 2 its stream, 3 the sorted set of its nodes by when their leases end,
-- 4 the hash of their numbers of consumers; unless the queue is a dead-letter queue itself, 5 and 6
-- the hash and the stream of the one that it has.
-- ARGV: 6 and 7 epochs, 8 and 9 channels, 10 and 11 names of the two queues; 12 the node.
local LEASES, COUNTS, me = KEYS[3], KEYS[4], ARGV[12]
local queue = open(KEYS[1], KEYS[2], ARGV[6])
local dead, woken = nil, false

-- Moves a message to the dead-letter queue; there is none for dead letters.
local function bury(id, count, reason)
  local entry = redis.call('XRANGE', queue.stream, id, id)[1]
  if not KEYS[5] then
    discarded = discarded + 1
  elseif entry then
    dead = dead or open(KEYS[5], KEYS[6], ARGV[7])
    local why = {
      entry[2][2],
      'dead-letter-reason:' .. reason,
      'dead-letter-queue:' .. ARGV[10],
      'dead-letter-id:' .. queue.epoch .. '-' .. offset(id),
      'dead-letter-deliveries:' .. count,
    }
    append(dead, table.concat(why, '\n'), entry[2][4])
    buried = buried + 1
  end
  remove(queue, id)
end

local function give_back(id, count)
  if old(queue, id) then
    remove(queue, id)
    expired = expired + 1
  elseif count >= deliveries and KEYS[5] then
    bury(id, count, 'max-deliveries')
  else
    redis.call('XCLAIM', queue.stream, GROUP, BACK, 0, id, 'JUSTID')
    woken = true
  end
end

-- Gives back what a node holds, but for what is in this table.
local function release(node, keep)
  local from = '-'
  while true do
    local page = redis.call('XPENDING', queue.stream, GROUP, from, '+', 100, node)
    for _, held in ipairs(page) do
      if not keep[held[1]] then
        give_back(held[1], held[4])
      end
    end
    if #page < 100 then
      return
    end
    from = '(' .. page[#page][1]
  end
end

local function retire(node)
  release(node, {})
  redis.call('XGROUP', 'DELCONSUMER', queue.stream, GROUP, node)
  redis.call('ZREM', LEASES, node)
  redis.call('HDEL', COUNTS, node)
end

-- Wakes whoever can go on with what has changed; begins the answer.
local function done()
  if woken then
    redis.call(ARGV[5], ARGV[8], ARGV[10])
  end
  if dead then
    local length = redis.call('XLEN', dead.stream)
    discarded = discarded + trim(dead, function()
      length = length - 1
      return length >= most
    end)
    redis.call(ARGV[5], ARGV[9], ARGV[11])
  end
  return {expired, buried, discarded}
end
