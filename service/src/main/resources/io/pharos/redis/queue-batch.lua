-- What the scripts begin with that store a batch, or hold room for it, after queue.lua.
--
-- KEYS: for each queue its hash and its stream, then where the idempotency keys of those messages
-- that have one are remembered.
-- ARGV: 6 for how long they are, 7 the batch's token, or nothing when it is one script alone, 8 for
-- how long room is held; then for each queue an epoch, the channel that wakes, its name, how many
-- messages, and for each message: 1 when it has an idempotency key, its head, its body.
--
-- The first write is one which Redis refuses when it has no memory.
local k, a, queues = 1, 9, {}
while a <= #ARGV do
  redis.call('HSETNX', KEYS[k], 'v', 1)
  local q = open(KEYS[k], KEYS[k + 1], ARGV[a])
  q.channel, q.name, q.fresh_ones, q.answers = ARGV[a + 1], ARGV[a + 2], {}, {q.epoch}
  local count, newest, seen = tonumber(ARGV[a + 3]), q.top, {}
  k, a = k + 2, a + 4
  age(q)
  for _ = 1, count do
    local remember, there = nil, nil
    if ARGV[a] == '1' then
      remember, k = KEYS[k], k + 1
      there = seen[remember]
      if not there then
        local e, o = string.match(redis.call('GET', remember) or '', '^(%w+)-(%d+)$')
        there = e == q.epoch and tonumber(o) or nil
      end
    end
    if there then
      q.answers[#q.answers + 1] = -there
    else
      newest = newest + 1
      q.answers[#q.answers + 1] = newest
      q.fresh_ones[#q.fresh_ones + 1] = {a, remember}
      if remember then
        seen[remember] = newest
      end
    end
    a = a + 3
  end
  queues[#queues + 1] = q
end

-- How much room is held for other batches; what is over, and this batch's own, is let go of.
local function held(q)
  local count, others = 0, {}
  for token, n, till in string.gmatch(q.held or '', '(%S+) (%d+) (%d+)\n') do
    if token ~= ARGV[7] and tonumber(till) > time then
      count = count + tonumber(n)
      others[#others + 1] = token .. ' ' .. n .. ' ' .. till .. '\n'
    end
  end
  local rest = table.concat(others)
  if q.held and rest ~= q.held then
    redis.call('HSET', q.meta, 'h', rest)
    q.held = rest
  end
  return count
end

-- The number of the first queue that has no room for its new messages, or nil.
local function full()
  for index, q in ipairs(queues) do
    local taken = held(q)
    if #q.fresh_ones > 0 and redis.call('XLEN', q.stream) + taken + #q.fresh_ones > most then
      return index
    end
  end
end
