-- Looks at a queue: KEYS 1 to 4 as the nodes' scripts have them.
--
-- Returns after the counts how many messages wait, how many are held, and how many consumers there
-- are; nil when there is no such queue.
if redis.call('EXISTS', KEYS[1]) == 0 then
  return nil
end
local q = open(KEYS[1], KEYS[2], '')
age(q)
local pending = 0
local group = redis.call('XPENDING', q.stream, GROUP)
for _, each in ipairs(group[4] or {}) do
  if each[1] ~= BACK then
    pending = pending + tonumber(each[2])
  end
end
local consumers = 0
for _, node in ipairs(redis.call('ZRANGEBYSCORE', KEYS[3], int(time), '+inf')) do
  consumers = consumers + number(redis.call('HGET', KEYS[4], node))
end
return {expired, 0, 0, redis.call('XLEN', q.stream) - pending, pending, consumers}
