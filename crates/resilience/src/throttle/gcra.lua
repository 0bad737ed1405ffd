-- The generic cell rate algorithm, as `gcra` in mod.rs, for one key at once.
-- KEYS[1]: when the key will be as if nothing had happened. All times are in microseconds; doubles hold them exactly until 2255.
-- ARGV: now, the pause, what is tolerated. Answers 0 when it may happen, or else how long to wait.
local now, pause, tolerated = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local busy_until = math.max(tonumber(redis.call('GET', KEYS[1]) or now), now)
local ahead = busy_until - now
if ahead > tolerated then
  return ahead - tolerated
end
local lifetime = math.max(math.ceil((ahead + pause) / 1000), 1)
redis.call('SET', KEYS[1], string.format('%.0f', busy_until + pause), 'PX', string.format('%.0f', lifetime))
return 0
