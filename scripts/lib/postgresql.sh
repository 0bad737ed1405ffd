# shellcheck shell=bash disable=SC2154 # here, base, place, state and lock are set by servers
# PostgreSQL as a private server: superuser `techcorp`, database `techcorp`, a password.

postgresql_packages() { postgresql_binaries >/dev/null || printf 'postgresql\n'; }
postgresql_ports() { printf '%s\n' "$((base + 32))"; }
postgresql_seconds() { printf '60\n'; }

postgresql_start() {
  local bin user data=$place/postgresql/data
  bin=$(postgresql_binaries) || fail 'PostgreSQL is installed, but its server is not in /usr/lib/postgresql/*/bin.'
  user=$(user_for postgres)
  install -d -m 700 -o "$user" "$place/postgresql"
  if [[ ! -s $data/PG_VERSION ]]; then
    local secret=$place/postgresql/password
    (umask 077 && password_of postgresql >"$secret")
    chown "$user" "$secret"
    as_user "$user" "$bin/initdb" -D "$data" -U techcorp -A scram-sha-256 --pwfile "$secret" -E UTF8 --locale=C.UTF-8 \
      --no-instructions >>"$place/postgresql.log" 2>&1 || fail "PostgreSQL's data folder cannot be made: read $place/postgresql.log"
    rm -f "$secret"
  fi
  [[ $(<"$data/PG_VERSION") == "${bin//[!0-9]/}" ]] ||
    fail "$data holds data of PostgreSQL $(<"$data/PG_VERSION"), the server is ${bin%/bin}: delete the folder or install that version."
  launch postgresql "$user" "$bin/postgres" -D "$data" -c "port=$(postgresql_ports)" -c listen_addresses=127.0.0.1 \
    -c "unix_socket_directories=$place/postgresql" -c max_connections=400
}

postgresql_ready() {
  local bin
  bin=$(postgresql_binaries)
  "$bin/pg_isready" --quiet --host=127.0.0.1 --port="$(postgresql_ports)" || return 1
  local psql=("$bin/psql" --host=127.0.0.1 "--port=$(postgresql_ports)" --username=techcorp --dbname=postgres -qAtX)
  local PGPASSWORD
  PGPASSWORD=$(password_of postgresql)
  export PGPASSWORD
  [[ $("${psql[@]}" -c "select 1 from pg_database where datname = 'techcorp'" 2>/dev/null) == 1 ]] ||
    "${psql[@]}" -c 'create database techcorp' 2>/dev/null
}

# Fast: ends the connections instead of waiting for them.
postgresql_stop() { halt postgresql INT; }

postgresql_url() {
  printf 'DATABASE_URL=postgres://techcorp:%s@127.0.0.1:%s/techcorp\n' "$(password_of postgresql)" "$(postgresql_ports)"
}
