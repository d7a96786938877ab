-- Appends messages to one destination's log and hands them out: all of it or, when it fails before
-- its first write, nothing. That write is one which Redis refuses when it has no room.
--
-- KEYS from 3 on: where the idempotency keys of those messages that have one are remembered.
-- ARGV: 5 for how long they are, 6 the command that hands out, 7 the channel, 8 the destination;
-- then for each message: 1 when it has an idempotency key, its head, its body.
--
-- Returns the epoch, the time when the destination must be put into the index or else 0, and each
-- message's offset, negative when its key was known already.
local answers = {epoch, reindex and now or 0}
local fresh, seen = {}, {}
local newest, key = top, 3
for i = 9, #ARGV, 3 do
  local remember, there = nil, nil
  if ARGV[i] == '1' then
    remember, key = KEYS[key], key + 1
    there = seen[remember]
    if not there and not isnew then
      local e, o = string.match(redis.call('GET', remember) or '', '^(%w+)-(%d+)$')
      if e and known(e, tonumber(o)) then
        there = tonumber(o)
      end
    end
  end
  if there then
    answers[#answers + 1] = -there
  else
    newest = newest + 1
    answers[#answers + 1] = newest
    fresh[#fresh + 1] = {i, remember}
    if remember then
      seen[remember] = newest
    end
  end
end
if #fresh == 0 then
  return answers
end

if isnew then
  redis.call('HSET', LOG, 'e', epoch, 'o', int(newest), 't', int(now))
else
  redis.call('HSET', LOG, 'o', int(newest), 't', int(now))
end
redis.call('PEXPIRE', LOG, idle)
if size == 0 then
  if isnew or aging then
    redis.call('HDEL', LOG, 'x')
    redis.call('UNLINK', STREAM)
  end
elseif aging then
  age()
else
  -- Whatever lies there belongs to another log.
  redis.call('UNLINK', STREAM)
  redis.call('HSET', LOG, 'x', int(now + ttl + 1))
end

local first = top + 1
local frame = {epoch .. ' ' .. int(first) .. ' ' .. #fresh .. ' ' .. int(now) .. ' ' .. ARGV[8] .. '\n'}
for n, message in ipairs(fresh) do
  local head, body = ARGV[message[1] + 1], ARGV[message[1] + 2]
  local at = int(top + n)
  if size > 0 then
    local id = at .. '-' .. int(now)
    local added = redis.pcall('XADD', STREAM, 'MAXLEN', '=', size, id, 'head', head, 'body', body)
    if type(added) == 'table' and added.err then
      -- Somebody else wrote to the stream. What was retained is lost, and readers are told.
      redis.call('DEL', STREAM)
      redis.call('XADD', STREAM, id, 'head', head, 'body', body)
    end
  end
  if message[2] then
    redis.call('SET', message[2], epoch .. '-' .. at, 'PX', ARGV[5])
  end
  frame[#frame + 1] = #head .. ' ' .. #body .. '\n'
  frame[#frame + 1] = head
  frame[#frame + 1] = body
end
if size > 0 then
  redis.call('PEXPIRE', STREAM, int(ttl + 1000))
end
redis.call(ARGV[6], ARGV[7], table.concat(frame))
return answers
