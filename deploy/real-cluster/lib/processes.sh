# Starting, watching and ending the cluster's processes. All of it works in DIR, the current folder.

say() { printf '%s  %s\n' "$(date +%H:%M:%S)" "$*" >&2; }

fail() {
  echo "kube-up: $*" >&2
  exit 1
}

# What is missing is told all at once: nobody likes to install packages one by one.
LACKING=""
need() { # PROGRAM PACKAGE
  command -v "$1" > /dev/null || LACKING="$LACKING $2"
}

refuse_what_is_lacking() {
  [ -z "$LACKING" ] || fail "these packages are missing:$LACKING"
}

# File descriptor 9 is the sweeper's sign of life from us (isolation.sh): no component may hold it.
start() { # NAME COMMAND...
  local name=$1
  shift
  "$@" >> "logs/$name.log" 2>&1 9>&- &
  echo $! > "run/$name.pid"
}

alive() { kill -0 "$(cat "run/$1.pid")" 2> /dev/null; }

fail_when_one_ended() {
  local file name
  for file in run/*.pid; do
    name=$(basename "$file" .pid)
    alive "$name" || fail "$name ended on its own; the end of $DIR/logs/$name.log:
$(tail -n 5 "logs/$name.log")"
  done
}

wait_for() { # DESCRIPTION SECONDS COMMAND...
  local what=$1 until=$((SECONDS + $2))
  shift 2
  until "$@" > logs/waiting.log 2>&1; do
    fail_when_one_ended
    [ "$SECONDS" -lt "$until" ] || fail "gave up waiting for $what; last answer: $(tail -n 1 logs/waiting.log) (logs: $DIR/logs)"
    pause 0.2
  done
}

# A signal that arrives while this sleeps is seen at once, which a plain sleep would not allow.
pause() { # SECONDS
  sleep "$1" 9>&- &
  wait $! || true
}

supervise() {
  while :; do
    fail_when_one_ended
    pause 1
  done
}

end_process() { # PID SECONDS
  kill "$1" 2> /dev/null || return 0
  local tenth
  for tenth in $(seq "$(($2 * 10))"); do
    kill -0 "$1" 2> /dev/null || return 0
    sleep 0.1
  done
  kill -9 "$1" 2> /dev/null || true
}
