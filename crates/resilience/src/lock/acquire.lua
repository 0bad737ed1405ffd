-- KEYS[1]: the token of who holds the lock. KEYS[2]: the last token of this name. ARGV: the lifetime in milliseconds.
-- Answers the token, or 0 when somebody holds the lock.
if redis.call('EXISTS', KEYS[1]) == 1 then
  return 0
end
-- From the server's time, so that tokens also rise after the last one was forgotten or lost; at least one more than the last,
-- should the time have been set back.
local now = redis.call('TIME')
local token = math.max(now[1] * 1000000 + now[2], tonumber(redis.call('GET', KEYS[2]) or 0) + 1)
local text = string.format('%.0f', token)
redis.call('SET', KEYS[1], text, 'PX', ARGV[1])
redis.call('SET', KEYS[2], text, 'EX', 7 * 24 * 3600)
return token
