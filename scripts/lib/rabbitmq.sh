# shellcheck shell=bash disable=SC2154 # here, base, place, state and lock are set by servers
# RabbitMQ as a private node with its own name, its own port mapper (epmd) and one user.

rabbitmq_server=/usr/lib/rabbitmq/bin/rabbitmq-server

rabbitmq_packages() { [[ -x $rabbitmq_server ]] || printf 'rabbitmq-server\n'; }
# AMQP, between nodes, and the port mapper's.
rabbitmq_ports() { printf '%s\n' "$((base + 72))" "$((base + 73))" "$((base + 69))"; }
rabbitmq_seconds() { printf '90\n'; }

rabbitmq_start() {
  local user folder=$place/rabbitmq
  user=$(user_for rabbitmq)
  install -d -m 700 -o "$user" "$folder"
  (umask 077 && cat >"$folder/rabbitmq.conf") <<CONF
default_user = techcorp
default_pass = $(password_of rabbitmq)
default_user_tags.administrator = true
disk_free_limit.absolute = 50MB
log.console = true
log.console.level = warning
log.file = false
CONF
  printf '[].\n' >"$folder/enabled_plugins"
  chown "$user" "$folder/rabbitmq.conf" "$folder/enabled_plugins"
  # Its own port mapper, so that it can be stopped with the node and no other node loses one.
  if ! runs epmd; then
    launch epmd "$user" epmd -address 127.0.0.1 -port "$((base + 69))"
    # A node that finds none starts one itself, which nobody would stop.
    local turn
    for turn in {1..100}; do
      if taken "$((base + 69))"; then break; fi
      sleep 0.05
    done
    : "$turn"
  fi
  # With RUNNING_UNDER_SYSTEMD the start script becomes the server, so that the process we record is the server's.
  launch rabbitmq "$user" env HOME="$folder" RUNNING_UNDER_SYSTEMD=1 \
    RABBITMQ_NODENAME="techcorp-$((base + 72))@localhost" RABBITMQ_NODE_IP_ADDRESS=127.0.0.1 \
    RABBITMQ_NODE_PORT="$((base + 72))" RABBITMQ_DIST_PORT="$((base + 73))" ERL_EPMD_PORT="$((base + 69))" ERL_EPMD_ADDRESS=127.0.0.1 \
    RABBITMQ_CONFIG_FILE="$folder/rabbitmq.conf" RABBITMQ_ENABLED_PLUGINS_FILE="$folder/enabled_plugins" \
    RABBITMQ_MNESIA_BASE="$folder/mnesia" RABBITMQ_LOG_BASE="$folder/log" RABBITMQ_PID_FILE="$folder/pid" \
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS='-kernel inet_dist_use_interface {127,0,0,1}' "$rabbitmq_server"
}

# A node listens when all else is done; then it answers the protocol's header with a frame of type 1.
rabbitmq_ready() { [[ $(ask "$((base + 72))" 'AMQP\0\0\11\1' 1) == $'\1' ]]; }

rabbitmq_stop() {
  halt rabbitmq TERM
  halt epmd TERM
}

rabbitmq_url() {
  printf 'AMQP_URL=amqp://techcorp:%s@127.0.0.1:%s/%%2f\n' "$(password_of rabbitmq)" "$((base + 72))"
}
