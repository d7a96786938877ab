-- Puts destinations into the index, forgets those that were not used for long, and tells who listens.
--
-- KEYS: 1 the index, a sorted set of destinations by when they were last noted.
-- ARGV: 1 how long the index remembers, 2 the command that hands out, 3 the channel, 4 and on the
-- destinations.
local names = {}
for i = 4, #ARGV do
  redis.call('ZADD', KEYS[1], int(time), ARGV[i])
  names[#names + 1] = ARGV[i]
end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', int(time - tonumber(ARGV[1])))
redis.call('PEXPIRE', KEYS[1], ARGV[1])
redis.call(ARGV[2], ARGV[3], table.concat(names, '\n'))
return #names
