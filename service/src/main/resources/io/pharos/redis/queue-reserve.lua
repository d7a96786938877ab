-- Holds room for a batch of which others hold other parts: all of this part's or, when one queue has
-- none, nothing. Without messages, lets go of what is held for it.
--
-- Returns the number of the queue that is full, counted from 1, or 0.
local refused = full()
if not refused then
  for _, q in ipairs(queues) do
    if #q.fresh_ones > 0 then
      local mine = ARGV[7] .. ' ' .. #q.fresh_ones .. ' ' .. int(time + tonumber(ARGV[8])) .. '\n'
      redis.call('HSET', q.meta, 'h', (q.held or '') .. mine)
    end
  end
end
return {expired, 0, 0, refused or 0}
