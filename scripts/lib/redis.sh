# shellcheck shell=bash disable=SC2154 # here, base, place, state and lock are set by servers
# Redis as a private server with a password. What it holds is written down with every change, so that it survives a stop.

redis_packages() { has redis-server || printf 'redis-server\n'; }
redis_ports() { printf '%s\n' "$((base + 79))"; }
redis_seconds() { printf '30\n'; }

redis_start() {
  local user folder=$place/redis
  user=$(user_for redis)
  install -d -m 700 -o "$user" "$folder"
  # In a file: everybody on the machine may read the arguments of a process.
  (umask 077 && cat >"$folder/redis.conf") <<CONF
bind 127.0.0.1
port $(redis_ports)
requirepass $(password_of redis)
dir $folder
appendonly yes
save ""
CONF
  chown "$user" "$folder/redis.conf"
  launch redis "$user" "$(command -v redis-server)" "$folder/redis.conf"
}

# While it reads its data it answers LOADING instead.
redis_ready() { [[ $(ask "$(redis_ports)" "AUTH $(password_of redis)\r\nPING\r\nQUIT\r\n" 12) == *+PONG* ]]; }

redis_stop() { halt redis TERM; }

redis_url() { printf 'REDIS_URL=redis://default:%s@127.0.0.1:%s/0\n' "$(password_of redis)" "$(redis_ports)"; }
