-- Appends messages to queues: all of them or, when one queue has no room, none. The first write is
-- one which Redis refuses when it has no memory.
--
-- KEYS: for each queue its hash and its stream, then where the idempotency keys of those messages
-- that have one are remembered.
-- ARGV: 6 for how long they are; then for each queue an epoch, the channel that wakes, its name,
-- how many messages, and for each message: 1 when it has an idempotency key, its head, its body.
--
-- Returns the number of the queue that is full, counted from 1, or 0; then for each queue its epoch
-- and each message's offset, negative when its key was known already.
local k, a, queues = 1, 7, {}
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

for number, q in ipairs(queues) do
  if #q.fresh_ones > 0 and redis.call('XLEN', q.stream) + #q.fresh_ones > most then
    return {expired, 0, 0, number}
  end
end

local answers = {expired, 0, 0, 0}
for _, q in ipairs(queues) do
  for _, message in ipairs(q.fresh_ones) do
    append(q, ARGV[message[1] + 1], ARGV[message[1] + 2])
    if message[2] then
      redis.call('SET', message[2], q.epoch .. '-' .. int(q.top), 'PX', ARGV[6])
    end
  end
  if #q.fresh_ones > 0 then
    redis.call(ARGV[5], q.channel, q.name)
  end
  answers[#answers + 1] = q.answers
end
return answers
