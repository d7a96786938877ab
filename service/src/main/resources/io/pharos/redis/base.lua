-- What all scripts begin with. Times are milliseconds of this server.
-- Redis before 7: replicate what is written, not the script, whose clock differs elsewhere.
if redis.replicate_commands then redis.replicate_commands() end

local clock = redis.call('TIME')
local time = tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000)

local function int(number)
  return string.format('%.0f', number)
end

local function number(value)
  return tonumber(value or 0) or 0
end

