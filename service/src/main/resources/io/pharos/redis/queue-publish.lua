-- Appends messages to queues: all of them or, when one queue has no room, none.
--
-- Returns the number of the queue that is full, counted from 1, or 0; then for each queue its epoch
-- and each message's offset, negative when its key was known already.
local refused = full()
if refused then
  return {expired, 0, 0, refused}
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
