# shellcheck shell=bash disable=SC2154 # here, base, place, state and lock are set by servers
# Starting, recognising and stopping the servers' processes. Sourced by servers, which sets `place` and `state`.

# When the process was started, in clock ticks since boot: with its number, this is one process and no later one. Nothing
# for a process that ended, also when nobody has waited for it yet.
started_at() {
  local line fields
  { line=$(<"/proc/$1/stat"); } 2>/dev/null || return 0
  # The program's name comes second, in parentheses, and may hold anything.
  read -ra fields <<<"${line##*) }"
  [[ ${fields[0]} == Z ]] || printf '%s\n' "${fields[19]}"
}

# The number of the process that was recorded under this name, while it is still that process.
process_of() {
  local number started
  { read -r number started <"$state/$1.process"; } 2>/dev/null || return 1
  [[ -n $started && $(started_at "$number") == "$started" ]] && printf '%s\n' "$number"
}

runs() { process_of "$1" >/dev/null; }

# The user that a server runs as: as root the one that its package made, else ourselves.
user_for() {
  if ((EUID == 0)) && id "$1" >/dev/null 2>&1; then printf '%s\n' "$1"; else id -un; fi
}

# Runs a command as the user.
as_user() {
  local user=$1
  shift
  if [[ $user == "$(id -un)" ]]; then
    (cd / && exec "$@")
  else
    (cd / && exec setpriv --reuid="$(id -u "$user")" --regid="$(id -g "$user")" --clear-groups -- "$@")
  fi
}

# launch NAME USER COMMAND…: in a session of its own, so that Ctrl-C in our terminal does not reach it, and with no file of
# ours but its log.
launch() {
  local name=$1 user=$2
  shift 2
  local before=()
  if [[ $user != "$(id -un)" ]]; then
    before=(setpriv "--reuid=$(id -u "$user")" "--regid=$(id -g "$user")" --clear-groups --)
  fi
  local record=$state/$name.process
  rm -f "$record"
  (
    # It puts itself on record before it becomes the server: whatever ends us meanwhile, `down` finds it.
    own=$BASHPID
    printf '%s %s\n' "$own" "$(started_at "$own")" >"$record.new"
    mv "$record.new" "$record"
    cd / && exec setsid "${before[@]}" "$@"
  ) </dev/null >>"$place/$name.log" 2>&1 {lock}>&- &
  until [[ -e $record ]]; do
    [[ -n $(started_at $!) ]] || return 0
    sleep 0.01
  done
}

# halt NAME SIGNAL: asks the process to end and waits; after half a minute it is killed.
halt() {
  local name=$1 signal=$2 number
  if number=$(process_of "$name"); then
    kill "-$signal" "$number" 2>/dev/null || true
    local give_up=$((SECONDS + 30))
    while runs "$name"; do
      if ((SECONDS >= give_up)); then
        printf '%s: did not stop within 30 s and is killed\n' "$name" >&2
        kill -KILL "$number" 2>/dev/null || true
        give_up=$((SECONDS + 30))
      fi
      sleep 0.05
    done
  fi
  rm -f "$state/$name.process"
}

# Whether something listens there.
taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# ask PORT TEXT BYTES: sends the text, which is a format of printf, and shows the beginning of the answer.
ask() {
  # shellcheck disable=SC2016 # the inner shell expands them
  timeout 3 bash -c 'exec 3<>"/dev/tcp/127.0.0.1/$1" && printf "$2" >&3 && head -c "$3" <&3' ask "$@" 2>/dev/null
}

# A password for the server of this name, made once.
password_of() {
  local file=$state/$1.password
  [[ -s $file ]] || (umask 077 && od -An -vtx1 -N16 /dev/urandom | tr -d ' \n' >"$file")
  printf '%s\n' "$(<"$file")"
}
