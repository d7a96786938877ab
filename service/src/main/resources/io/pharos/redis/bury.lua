-- Gives up seats of an incarnation whose lease is over.
--
-- ARGV: 4 1 when it is over by its own will, 5 how many seats at the most.
--
-- Returns 1 when there are more.
local ends = lease(incarnation)
if not ends then
  return 0
end
if ARGV[4] ~= '1' and ends > 0 then
  if ends > now or number(redis.call('HGET', STATE, 'grace')) > now then
    return 0
  end
end
redis.call('ZADD', LEASES, 0, incarnation)
local node = name(incarnation)
local seats = redis.call('HRANDFIELD', HELD, ARGV[5])
for _, seat in ipairs(seats) do
  local destination, session = string.match(seat, '^(%S+) (%S+)$')
  if destination then
    leave(node, destination, session)
  else
    redis.call('HDEL', HELD, seat)
  end
end
if redis.call('HLEN', HELD) > 0 then
  return 1
end
redis.call('ZREM', LEASES, incarnation)
redis.call('HDEL', NODES, incarnation)
if redis.call('HGET', NAMES, node) == incarnation then
  redis.call('HDEL', NAMES, node)
end
return 0
