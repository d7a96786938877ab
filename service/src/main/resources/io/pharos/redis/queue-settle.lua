-- Ends leases. A message that somebody else holds by now can be acknowledged, and nothing else.
--
-- ARGV: 13 ACKNOWLEDGED, RETURNED or REJECTED; behind it the messages' ids.
--
-- Returns after the counts how many were acknowledged.
local acknowledged = 0
for i = 14, #ARGV do
  local id = ARGV[i]
  if ARGV[13] == 'ACKNOWLEDGED' then
    acknowledged = acknowledged + remove(queue, id)
  else
    local who, count = holder(queue, id)
    if who == me and ARGV[13] == 'RETURNED' then
      give_back(id, count)
    elseif who == me then
      bury(id, count, 'rejected')
    end
  end
end
local answer = done()
answer[4] = acknowledged
return answer
