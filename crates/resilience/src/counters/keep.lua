-- KEYS[1]: the count, as `version amount low`. ARGV: its version, amount and low mark, the lifetime in milliseconds.
-- Keeps it unless the same version or a later one is there. Answers whether it was kept.
local kept = redis.call('GET', KEYS[1])
local version = kept and tonumber(string.match(kept, '^%-?%d+'))
if version and version >= tonumber(ARGV[1]) then
  return 0
end
redis.call('SET', KEYS[1], ARGV[1] .. ' ' .. ARGV[2] .. ' ' .. ARGV[3], 'PX', ARGV[4])
return 1
