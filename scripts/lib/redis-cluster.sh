# shellcheck shell=bash disable=SC2154 # here, base, place, state and lock are set by servers
# A Redis Cluster of three masters with a password. It has no replicas: that keys are spread is what one server cannot show, and a
# master that is stopped is a part that is away.

redis-cluster_packages() { redis_packages; }
redis-cluster_processes() { printf '%s\n' redis-cluster-{1,2,3}; }
# Those of clients, in the order of the processes, and then what the nodes tell each other on.
redis-cluster_ports() { seq $((base + 81)) $((base + 86)); }
redis-cluster_seconds() { printf '30\n'; }

redis-cluster_start() {
  local user node folder port
  user=$(user_for redis)
  for node in 1 2 3; do
    if runs "redis-cluster-$node"; then continue; fi
    folder=$place/redis-cluster-$node port=$((base + 80 + node))
    # One that was interrupted while it was made is made anew: nodes that know a part of the others are refused.
    [[ -e $state/redis-cluster.made ]] || rm -rf "$folder"
    install -d -m 700 -o "$user" "$folder"
    (umask 077 && cat >"$folder/redis.conf") <<CONF
bind 127.0.0.1
port $port
cluster-enabled yes
cluster-port $((port + 3))
requirepass $(password_of redis-cluster)
dir $folder
appendonly yes
save ""
CONF
    chown "$user" "$folder/redis.conf"
    launch "redis-cluster-$node" "$user" "$(command -v redis-server)" "$folder/redis.conf"
  done
  # When it fails, the cluster does not become ready, and the end of this log is shown.
  [[ -e $state/redis-cluster.made ]] || redis-cluster_make >>"$place/redis-cluster.log" 2>&1 || true
}

# redis-cluster_ask NODE COMMAND…: the password is not among the arguments, which everybody on the machine may read.
redis-cluster_ask() {
  local port=$((base + 80 + $1))
  shift
  REDISCLI_AUTH=$(password_of redis-cluster) timeout 3 redis-cli -h 127.0.0.1 -p "$port" "$@"
}

# Makes one cluster of the nodes, which keep it with their data.
redis-cluster_make() {
  local node addresses=() give_up=$((SECONDS + 10))
  for node in 1 2 3; do
    until [[ $(redis-cluster_ask "$node" PING) == PONG ]]; do
      ((SECONDS < give_up)) || return 1
      sleep 0.05
    done
    addresses+=("127.0.0.1:$((base + 80 + node))@$((base + 83 + node))")
  done
  # It waits for the nodes to find each other, without an end of its own.
  REDISCLI_AUTH=$(password_of redis-cluster) timeout 20 redis-cli --cluster create "${addresses[@]}" --cluster-yes || return 1
  touch "$state/redis-cluster.made"
}

# Every node must know all of them: each learns by itself that the others are there.
redis-cluster_ready() {
  local node told
  for node in 1 2 3; do
    told=$(redis-cluster_ask "$node" CLUSTER INFO 2>/dev/null) || return 1
    [[ $told == *cluster_state:ok* && $told == *cluster_size:3* ]] || return 1
  done
}

redis-cluster_stop() {
  local process
  for process in $(redis-cluster_processes); do halt "$process" TERM; done
}

redis-cluster_url() {
  local node nodes=()
  for node in 1 2 3; do nodes+=("redis://default:$(password_of redis-cluster)@127.0.0.1:$((base + 80 + node))"); done
  (IFS=, && printf 'REDIS_CLUSTER_URL=%s\n' "${nodes[*]}")
}
