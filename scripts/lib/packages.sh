# shellcheck shell=bash
# Installing packages of the operating system without starting the services in them. Sourced by setup and servers.

program=${0##*/}

fail() {
  printf '%s: %s\n' "$program" "$1" >&2
  exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

# As root directly, otherwise through sudo.
as_root() {
  if ((EUID == 0)); then "$@"; else sudo "$@"; fi
}

# A Debian server package starts its service. While this policy answers 101, it does not. A policy that was there comes back.
policy=/usr/sbin/policy-rc.d
saved_policy=
block_services() {
  if as_root test -e "$policy" || as_root test -L "$policy"; then
    saved_policy=$policy.techcorp-saved
    as_root mv "$policy" "$saved_policy"
  fi
  trap unblock_services EXIT
  printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
  as_root chmod 755 "$policy"
}
unblock_services() {
  trap - EXIT
  as_root rm -f "$policy"
  if [[ -n $saved_policy ]]; then as_root mv "$saved_policy" "$policy"; fi
  saved_policy=
}

# Nor shall the services that came with the packages start at the next boot; those that were there before are left alone.
disable_services() {
  has systemctl || return 0
  local package
  for package in "$@"; do
    case $package in
      postgresql) as_root systemctl disable --quiet postgresql 2>/dev/null || true ;;
      rabbitmq-server) as_root systemctl disable --quiet rabbitmq-server 2>/dev/null || true ;;
      redis-server) as_root systemctl disable --quiet redis-server 2>/dev/null || true ;;
    esac
  done
}

# Installs the packages of these names (Debian's). Only one installation at a time may change the policy.
install_packages() {
  (($#)) || return 0
  has apt-get || fail "missing: $* (Debian's names). Install them with your package manager and run this again; a server elsewhere is used through its URL."
  ((EUID == 0)) || has sudo || fail "missing: $*. Run as root: apt-get install $*"
  printf '%s: installing %s\n' "$program" "$*"
  local lock
  exec {lock}</usr/sbin
  flock "$lock"
  block_services
  as_root apt-get -qq update || printf '%s: the package lists could not be refreshed; trying with the ones at hand\n' "$program" >&2
  as_root env DEBIAN_FRONTEND=noninteractive DEBCONF_NOWARNINGS=yes apt-get -qq -o DPkg::Lock::Timeout=300 install --no-install-recommends "$@" >/dev/null ||
    fail "apt-get could not install: $*. Read its message above, or install them yourself and run this again."
  unblock_services
  exec {lock}<&-
  disable_services "$@"
}

# The newest PostgreSQL server, where Debian and Ubuntu put it. Fails when there is none.
postgresql_binaries() {
  local folder newest=
  for folder in /usr/lib/postgresql/*/bin; do
    [[ -x $folder/initdb && -x $folder/postgres ]] || continue
    newest=$(printf '%s\n' "$newest" "$folder" | sort -V | tail -n 1)
  done
  [[ -n $newest ]] && printf '%s\n' "$newest"
}
