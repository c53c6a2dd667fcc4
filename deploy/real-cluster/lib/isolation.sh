# What keeps a cluster apart from the machine and from other clusters, and what takes it away afterwards.

refuse_taken_port() { # PORT
  ! (exec 3<> "/dev/tcp/127.0.0.1/$1") 2> /dev/null ||
    fail "port $1 is taken, perhaps by another cluster; set KUBE_PORT_SHIFT to a free number"
}

# The sweeper is a process in a session of its own that waits for the end of a pipe whose other end only we hold. So what has
# to be cleaned is cleaned even when we are killed with SIGKILL, where no trap of ours would run.
sweep_at_the_end() { # WHAT
  mkfifo run/life
  if command -v setsid > /dev/null; then
    setsid "$HERE/kube-up" --sweep "$DIR" "$1" "$NAME" > logs/sweeper.log 2>&1 &
  else
    "$HERE/kube-up" --sweep "$DIR" "$1" "$NAME" > logs/sweeper.log 2>&1 &
  fi
  SWEEPER=$!
  echo "$SWEEPER" > sweeper.pid
  exec 9> run/life
  trap leave EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  [ -z "$WATCH_STDIN" ] || watch_stdin
}

leave() {
  [ -z "$STDIN_WATCH" ] || kill "$STDIN_WATCH" 2> /dev/null || true
  exec 9>&-
  wait "$SWEEPER"
}

STDIN_WATCH=""
watch_stdin() {
  # Bash gives a background process an empty standard input, so it reads ours by another number.
  exec 3<&0
  bash -c 'cat <&3 > /dev/null; kill "$1" 2> /dev/null' watch $$ 9>&- &
  STDIN_WATCH=$!
}

# A cluster that was killed in this folder a moment ago may still be on its way out.
await_sweeper() {
  local tenth
  for tenth in $(seq 100); do
    [ -f sweeper.pid ] && kill -0 "$(cat sweeper.pid)" 2> /dev/null || return 0
    sleep 0.1
  done
  fail "the cluster that ran in $DIR before is not gone yet (see $DIR/logs/sweeper.log)"
}

sweep() { # DIR processes|namespaces NAME
  trap '' INT TERM HUP
  cd "$1"
  cat run/life > /dev/null
  case "$2" in
    processes) sweep_processes ;;
    namespaces) sweep_namespaces "$3" ;;
  esac
  rm -f supervisor.pid namespaces.pid sweeper.pid run/life
}

sweep_processes() {
  local pids tenth
  pids=$(cat run/*.pid)
  # shellcheck disable=SC2086
  kill $pids 2> /dev/null || true
  for tenth in $(seq 20); do
    # shellcheck disable=SC2086
    kill -0 $pids 2> /dev/null || return 0
    sleep 0.1
  done
  # shellcheck disable=SC2086
  kill -9 $pids 2> /dev/null || true
}

sweep_namespaces() { # NAME
  # With its first process gone the kernel ends every process of the namespace, and with the last one its network and mounts go.
  [ ! -f namespaces.pid ] || kill -9 "$(cat namespaces.pid)" 2> /dev/null || true
  local tenth
  for tenth in $(seq 50); do
    find /sys/fs/cgroup -depth -type d \( -path "*/$1" -o -path "*/$1/*" \) -exec rmdir {} + 2> /dev/null || true
    [ -n "$(find /sys/fs/cgroup -maxdepth 2 -type d -name "$1")" ] || break
    sleep 0.1
  done
  ip link del "$1" 2> /dev/null || true
}

run_in_namespaces() {
  ! ip link show "$NAME" > /dev/null 2>&1 || fail "another cluster with KUBE_PORT_SHIFT=$SHIFT is running; set it to another number"
  sweep_at_the_end namespaces
  unshare --net --mount --pid --fork --kill-child --mount-proc "$HERE/kube-up" --inside "$DIR" "$BIN" "$NODES" "$CNI" "$CILIUM" 9>&- &
  local namespaces=$! first=""
  echo "$namespaces" > namespaces.pid
  until first=$(pgrep -P "$namespaces"); do
    kill -0 "$namespaces" 2> /dev/null || fail "the namespaces could not be made; this needs full root rights"
    pause 0.1
  done
  ip link add "$NAME" type veth peer name up0 netns "$first"
  ip addr add "10.99.$SHIFT.1/30" dev "$NAME"
  ip link set "$NAME" up
  echo "$first" > supervisor.pid
  wait "$namespaces"
}

# The other end of run_in_namespaces: the interface appears once the parent has made it.
join_network() {
  ip link set lo up
  local tenth
  for tenth in $(seq 100); do
    ip link show up0 > /dev/null 2>&1 && break
    [ "$tenth" -lt 100 ] || fail "the network interface of the node did not appear"
    sleep 0.1
  done
  ip addr add "$ADDRESS/30" dev up0
  ip link set up0 up
  ip route add default via "10.99.$SHIFT.1"
  sysctl -qw net.ipv4.ip_forward=1
}

# A control group of our own: another kubelet on this machine would take our pods for orphans and end them.
make_control_group() {
  local root=/sys/fs/cgroup controller setting
  if [ -f $root/cgroup.controllers ]; then
    mkdir -p "$root/$NAME"
    for controller in cpuset cpu io memory pids; do
      echo "+$controller" > $root/cgroup.subtree_control
      echo "+$controller" > "$root/$NAME/cgroup.subtree_control"
    done 2> /dev/null || true
    return
  fi
  for controller in "$root"/*/; do mkdir -p "$controller$NAME" 2> /dev/null || true; done
  for setting in cpuset.cpus cpuset.mems; do
    [ ! -e "$root/cpuset/$NAME/$setting" ] || cat "$root/cpuset/$setting" > "$root/cpuset/$NAME/$setting"
  done
}
