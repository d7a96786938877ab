-- What the members' scripts begin with, after base.lua. All of it is one hash slot, so that whoever
-- comes, goes or dies is one step:
--   LEASES  sorted set: each incarnation of a node by when its lease ends; 0: it is dead for good
--   NODES   hash: an incarnation's description, whose second word is the node's id
--   NAMES   hash: a node id's latest incarnation
--   STATE   hash: renewed, when anybody last renewed; grace, until when nobody is declared dead;
--           events, a counter
--   COUNTS  hash: "DESTINATION USER", the number of the user's seats there
--   EVENTS  list: what is to be published, "ID MILLISECONDS KIND NODE SESSION DESTINATION USER"
--   HELD    hash of one incarnation: "DESTINATION SESSION", the user
-- Destinations, sessions and node ids hold no white space. Times are milliseconds of this server.
-- ARGV: 1 the incarnation, 2 a random word for the events' ids, 3 how long unused keys live.
local LEASES, NODES, NAMES, STATE = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local COUNTS, EVENTS, HELD = KEYS[5], KEYS[6], KEYS[7]
local incarnation, random, life = ARGV[1], ARGV[2], ARGV[3]
local now = time

-- An incarnation's node id.
local function name(of)
  return string.match(redis.call('HGET', NODES, of) or '', '^%S+ (%S+)') or '?'
end

-- What all incarnations of one process share.
local function address(of)
  return string.match(of, '^[^.]*')
end

local function lease(of)
  return tonumber(redis.call('ZSCORE', LEASES, of) or nil)
end

local function announce(kind, node, destination, session, user)
  local id = random .. '-' .. int(redis.call('HINCRBY', STATE, 'events', 1))
  redis.call(
    'RPUSH', EVENTS,
    table.concat({id, int(now), kind, node, session, destination, user}, ' '))
  redis.call('PEXPIRE', EVENTS, life)
end

local function enter(node, destination, session, user)
  if redis.call('HSETNX', HELD, destination .. ' ' .. session, user) == 1 then
    if redis.call('HINCRBY', COUNTS, destination .. ' ' .. user, 1) == 1 then
      announce('JOIN', node, destination, session, user)
    end
  end
end

local function leave(node, destination, session)
  local user = redis.call('HGET', HELD, destination .. ' ' .. session)
  if user then
    redis.call('HDEL', HELD, destination .. ' ' .. session)
    if redis.call('HINCRBY', COUNTS, destination .. ' ' .. user, -1) <= 0 then
      redis.call('HDEL', COUNTS, destination .. ' ' .. user)
      announce('LEAVE', node, destination, session, user)
    end
  end
end
