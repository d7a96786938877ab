-- Remembers in a destination's log, KEYS[1], that the index has it. What is not there is not made.
if redis.call('EXISTS', KEYS[1]) == 1 then
  redis.call('HSET', KEYS[1], 'n', int(time))
end
return 1
