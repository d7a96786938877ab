-- Takes seats and gives them up, and puts down who joined and left.
--
-- ARGV: 4 the node's id, then for each seat: its destination, the session, and the user or, when
-- it is given up, nothing.
--
-- Returns how many events wait and how many seats this incarnation has, or nil when it is dead.
if number(lease(incarnation)) == 0 then
  return nil
end
for i = 5, #ARGV, 3 do
  if ARGV[i + 2] == '' then
    leave(ARGV[4], ARGV[i], ARGV[i + 1])
  else
    enter(ARGV[4], ARGV[i], ARGV[i + 1], ARGV[i + 2])
  end
end
redis.call('PEXPIRE', HELD, life)
redis.call('PEXPIRE', COUNTS, life)
return {redis.call('LLEN', EVENTS), redis.call('HLEN', HELD)}
