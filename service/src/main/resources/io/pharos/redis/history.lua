-- Reads what one destination retains after a position, and gives it an epoch when it has none.
--
-- ARGV: 5 the position's epoch, empty for the earliest message, 6 its offset, 7 how many messages
-- at the most, 8 the time of the message there, 0 when only the position is known for sure, empty
-- when the position is no more than somebody's word.
--
-- Returns the epoch, the time when the destination must be put into the index or else 0, the
-- offsets before the earliest message retained and of the newest one, 1 when nothing is missing
-- after the position, and entries: as many as were asked for, or fewer when they are large.
local BYTES, PAGE = 1048576, 64

if isnew then
  redis.call('HSET', LOG, 'e', epoch, 'o', 0, 't', int(now))
  redis.call('HDEL', LOG, 'n')
  redis.call('UNLINK', STREAM)
end
redis.call('PEXPIRE', LOG, idle)

local after = tonumber(ARGV[6])
if ARGV[5] == epoch and ARGV[8] ~= '' then
  -- A log that has been further than it is, or that holds another message there, was set back: by
  -- a restart or by the failover to a replica that lagged. Its offsets are used a second time, so
  -- that the epoch ends. What is older than that message has stayed the same.
  local there = redis.call('XRANGE', STREAM, ARGV[6], ARGV[6])[1]
  local time = there and string.match(there[1], '(%d+)$')
  if after > top or time and ARGV[8] ~= '0' and time ~= ARGV[8] then
    local from, same = math.min(after, top), nil
    while ARGV[8] ~= '0' and from > 0 and not same do
      local page = redis.call('XREVRANGE', STREAM, int(from), '-', 'COUNT', 16)
      for _, entry in ipairs(page) do
        if not same and tonumber(string.match(entry[1], '(%d+)$')) <= tonumber(ARGV[8]) then
          same = offset(entry[1])
        end
      end
      from = #page > 0 and offset(page[#page][1]) - 1 or 0
    end
    before, common, epoch = epoch, same or 0, ARGV[1]
    redis.call('HSET', LOG, 'e', epoch, 'p', before, 'c', int(common))
  end
end
age()

local start = top
if size > 0 and aging then
  local oldest = redis.call('XRANGE', STREAM, '-', '+', 'COUNT', 1)[1]
  local newest = redis.call('XREVRANGE', STREAM, int(top), '-', 'COUNT', 1)[1]
  if oldest and newest and offset(newest[1]) == top then
    start = math.max(0, offset(oldest[1]) - 1)
  end
end

local from = start
local complete = ARGV[5] == '' or known(ARGV[5], after) and after >= start and after <= top
if not complete and ARGV[5] == before then
  -- What was the same was read already.
  start = math.min(top, math.max(start, common))
  from = start
elseif complete and ARGV[5] ~= '' then
  from = after
end

local entries, bytes, left = {}, 0, tonumber(ARGV[7])
while left > 0 and bytes < BYTES and from < top do
  local page =
    redis.call('XRANGE', STREAM, int(from + 1), int(top), 'COUNT', math.min(left, PAGE))
  if #page == 0 then
    break
  end
  for _, entry in ipairs(page) do
    entries[#entries + 1] = entry
    for _, field in ipairs(entry[2]) do
      bytes = bytes + #field
    end
  end
  left = left - #page
  from = offset(page[#page][1])
end
return {epoch, reindex and now or 0, start, top, complete and 1 or 0, entries}
