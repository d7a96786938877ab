-- Renews a lease, or begins one, and tells who is there.
--
-- ARGV: 4 the node's id, 5 its description, 6 the lease, 7 1 to begin.
--
-- Returns "renewed"; "begun", or "taken" when another incarnation of this id was alive and is not
-- any more; "lost" when the lease is over for good, or "superseded" when that is because another
-- incarnation of the id is alive. Then who is alive, each incarnation with its description, whose
-- seats are to be given up, how many events wait, and how many seats this incarnation has.
local id, term = ARGV[4], tonumber(ARGV[6])
local mine = number(lease(incarnation))
local status = 'renewed'
if ARGV[7] == '1' then
  status = 'begun'
  local other = redis.call('HGET', NAMES, id)
  if other and other ~= incarnation and lease(other) then
    if lease(other) > now and address(other) ~= address(incarnation) then
      status = 'taken'
    end
    redis.call('ZADD', LEASES, 0, other)
  end
  redis.call('HSET', NAMES, id, incarnation)
elseif mine == 0 then
  local other = redis.call('HGET', NAMES, id)
  local alive = other and other ~= incarnation and number(lease(other)) > now
  return {alive and 'superseded' or 'lost', {}, {}, 0, 0}
end

-- When nobody has renewed for a while, this server was away, and the others come back as well.
local renewed = number(redis.call('HGET', STATE, 'renewed'))
local grace = number(redis.call('HGET', STATE, 'grace'))
if renewed > 0 and now - renewed > term / 2 then
  grace = now + term
  redis.call('HSET', STATE, 'grace', int(grace))
end
redis.call('HSET', STATE, 'renewed', int(now))
redis.call('ZADD', LEASES, int(now + term), incarnation)
redis.call('HSET', NODES, incarnation, ARGV[5])
for _, key in ipairs(KEYS) do
  redis.call('PEXPIRE', key, life)
end

local over = now < grace and 0 or now
local dead = redis.call('ZRANGEBYSCORE', LEASES, '-inf', int(over), 'LIMIT', 0, 100)
local alive = {}
for _, each in ipairs(redis.call('ZRANGEBYSCORE', LEASES, '(' .. int(over), '+inf')) do
  alive[#alive + 1] = each
  alive[#alive + 1] = redis.call('HGET', NODES, each) or ''
end
return {status, alive, dead, redis.call('LLEN', EVENTS), redis.call('HLEN', HELD)}
