-- KEYS[1]: the token of who holds the lock. ARGV: the lease's token, the lifetime in milliseconds. Answers whether it lives on.
if redis.call('GET', KEYS[1]) == ARGV[1] then
  return redis.call('PEXPIRE', KEYS[1], ARGV[2])
end
return 0
