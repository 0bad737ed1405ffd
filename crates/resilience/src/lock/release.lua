-- KEYS[1]: the token of who holds the lock. ARGV: the lease's token.
if redis.call('GET', KEYS[1]) == ARGV[1] then
  return redis.call('DEL', KEYS[1])
end
return 0
