# What can be asked of a cluster that runs already, by another call of kube-up.

supervised() { # DIR
  [ -f "$1/supervisor.pid" ] && kill -0 "$(cat "$1/supervisor.pid")" 2> /dev/null
}

find_cluster() { # DIR
  [ -n "${1:-}" ] || wrong_usage "the folder of the cluster is missing"
  supervised "$1" || fail "no cluster is running in $1"
  DIR=$(cd "$1" && pwd)
}

# A cluster with a real node has a network of its own; 127.0.0.1 means that one.
in_its_network() {
  if [ -f "$DIR/namespaces.pid" ]; then
    nsenter --net --target "$(cat "$DIR/supervisor.pid")" "$@"
  else
    "$@"
  fi
}

request_restart() { # DIR
  find_cluster "${1:-}"
  local before tenth
  before=$(cat "$DIR/run/apiserver.starts" 2> /dev/null) || fail "the cluster in $DIR is not ready yet"
  kill -USR1 "$(cat "$DIR/supervisor.pid")"
  for tenth in $(seq 900); do
    [ "$(cat "$DIR/run/apiserver.starts")" = "$before" ] || return 0
    sleep 0.1
  done
  fail "the API server did not come back within 90 s (see $DIR/logs/apiserver.log)"
}

# The API server answers pages and watches that began before from its own memory; only after --restart-apiserver they are 410.
request_compaction() { # DIR
  find_cluster "${1:-}"
  need curl curl
  refuse_what_is_lacking
  local etcd revision
  etcd=http://127.0.0.1:$(cat "$DIR/run/etcd.port")/v3/kv
  revision=$(in_its_network curl -fsS -d '{"key":"AA==","count_only":true}' "$etcd/range" | sed -n 's/.*"revision":"\([0-9]*\)".*/\1/p')
  [ -n "$revision" ] || fail "etcd did not tell its revision (see $DIR/logs/etcd.log)"
  in_its_network curl -fsS -o /dev/null -d "{\"revision\":\"$revision\",\"physical\":true}" "$etcd/compaction" ||
    fail "etcd refused to compact to revision $revision (see $DIR/logs/etcd.log)"
  echo "$revision"
}

request_tags() { # DIR TAG...
  find_cluster "${1:-}"
  shift
  [ $# -gt 0 ] || wrong_usage "at least one tag is needed"
  local tag
  for tag in "$@"; do request_push "$DIR" "$DIR/node/images/workload.tar" "workload:$tag"; done
}

request_push() { # DIR FILE.tar REPOSITORY:TAG
  find_cluster "${1:-}"
  [ $# = 3 ] || wrong_usage "--push takes DIR FILE.tar REPOSITORY:TAG"
  [ -f "$DIR/namespaces.pid" ] || fail "the cluster in $DIR has no real node, so it has no registry"
  BIN=$("$HERE/kube-assets" node)
  in_its_network "$BIN/crane" push --insecure "$2" "$REGISTRY/library/$3" >> "$DIR/logs/images.log" 2>&1 ||
    fail "could not push $3: $(tail -n 1 "$DIR/logs/images.log")"
}
