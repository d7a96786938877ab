-- What publish.lua and history.lua begin with, after base.lua. One destination's log is a hash,
-- KEYS[1], and a stream, KEYS[2]. The hash holds e, the epoch; o, the offset of the newest message;
-- t, the time of it; n, when the index was last known to have the destination; x, from when on the
-- oldest message of the stream may be too old, which is there if and only if the stream is this
-- log's; p and c, after the log was set back, the epoch before that and the newest offset which is
-- the same in both.
-- The stream's ids are OFFSET-TIME, times are milliseconds.
--
-- ARGV: 1 epoch for a new log, 2 how many messages are retained, 3 for how long, 4 how long an
-- unused log lives.

local LOG, STREAM = KEYS[1], KEYS[2]
local size, ttl, idle = tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4]
local REINDEX = 3600000

local log = redis.call('HMGET', LOG, 'e', 'o', 't', 'n', 'x', 'p', 'c')
local epoch, top, aging = log[1], tonumber(log[2]), tonumber(log[5])
local before, common = log[6], tonumber(log[7])
local isnew = not (epoch and top)
if isnew then
  epoch, top, aging = ARGV[1], 0, nil
end

-- A clock that was set back does not set messages back.
local now = math.max(time, number(log[3]))
local reindex = isnew or now - number(log[4]) > REINDEX

-- Whether a position is one of this log, perhaps by the epoch before.
local function known(e, o)
  return e == epoch or e == before and o <= common
end

local function offset(id)
  return tonumber(string.match(id, '^(%d+)'))
end

-- Drops what is too old from the stream, and returns the time of what is then the oldest.
local function forget()
  while true do
    local head = redis.call('XRANGE', STREAM, '-', '+', 'COUNT', 16)
    if #head == 0 then
      return nil
    end
    for _, entry in ipairs(head) do
      local time = tonumber(string.match(entry[1], '(%d+)$'))
      if time >= now - ttl then
        redis.call('XTRIM', STREAM, 'MINID', entry[1])
        return time
      end
    end
    redis.call('XTRIM', STREAM, 'MINID', int(offset(head[#head][1]) + 1))
  end
end

-- Keeps the promise of ttl. Costs nothing until the oldest message is too old.
local function age()
  if aging and now >= aging then
    aging = (forget() or now) + ttl + 1
    redis.call('HSET', LOG, 'x', int(aging))
  end
end

