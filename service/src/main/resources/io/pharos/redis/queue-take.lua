-- Renews a node's lease, gives back what dead nodes held, and takes messages for this one.
--
-- ARGV: 13 how many messages, 14 how many consumers the node has, 15 the lease, 16 1 when the node
-- may hold messages that it does not know of: then behind it the ids of all that it knows.
--
-- Returns after the counts the queue's epoch, and for each message its id, how often it was handed
-- out, its head, its body.
local BYTES = 1048576
local want, term = tonumber(ARGV[13]), tonumber(ARGV[15])

-- When nobody has renewed for a while, this server may have been away: the others need a moment to
-- come back.
local state = redis.call('HMGET', queue.meta, 'r', 'g')
local renewed, grace = number(state[1]), number(state[2])
if renewed > 0 and time - renewed > term / 2 and redis.call('ZCARD', LEASES) > 0 then
  grace = time + term / 3
end
redis.call('HSET', queue.meta, 'r', int(time), 'g', int(grace))
redis.call('ZADD', LEASES, int(time + term), me)
redis.call('HSET', COUNTS, me, ARGV[14])
redis.call('PEXPIRE', LEASES, life)
redis.call('PEXPIRE', COUNTS, life)
if time >= grace then
  for _, node in ipairs(redis.call('ZRANGEBYSCORE', LEASES, '-inf', int(time), 'LIMIT', 0, 10)) do
    retire(node)
  end
end
if ARGV[16] == '1' then
  local known = {}
  for i = 17, #ARGV do
    known[ARGV[i]] = true
  end
  release(me, known)
end
age(queue)

local taken, bytes = {}, 0
local function take(entry, count)
  local fields = entry[2]
  if old(queue, entry[1]) then
    remove(queue, entry[1])
    expired = expired + 1
  elseif fields[1] == 'h' and fields[3] == 'b' then
    taken[#taken + 1] = {entry[1], count, fields[2], fields[4]}
    bytes = bytes + #fields[2] + #fields[4]
  else
    -- Not written by us.
    remove(queue, entry[1])
    discarded = discarded + 1
  end
end

local more = true
while more and #taken < want and bytes < BYTES do
  local page = redis.call('XPENDING', queue.stream, GROUP, '-', '+', 1, BACK)
  more = #page > 0
  for _, held in ipairs(page) do
    local entry = redis.call('XCLAIM', queue.stream, GROUP, me, 0, held[1])[1]
    if entry and entry[2] then
      take(entry, held[4] + 1)
    else
      remove(queue, held[1])
    end
  end
end
more = true
while more and #taken < want and bytes < BYTES do
  local page = redis.call(
    'XREADGROUP', 'GROUP', GROUP, me, 'COUNT', math.min(16, want - #taken),
    'STREAMS', queue.stream, '>')
  more = page and page[1] and #page[1][2] > 0
  if more then
    for _, entry in ipairs(page[1][2]) do
      take(entry, 1)
    end
  end
end

local answer = done()
answer[4] = queue.epoch
for _, entry in ipairs(taken) do
  answer[#answer + 1] = entry
end
return answer
