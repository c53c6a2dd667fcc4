# What kube-assets and cilium-assets share: building Go programs into a folder, once, each whole or not at all.
# They set PROGRAM (their own name), WANTED (what the folder must have), DEST (the folder) and has NAME (is it there?).

say() { printf '%s  %s\n' "$(date +%H:%M:%S)" "$*" >&2; }

fail() {
  echo "$PROGRAM: $*" >&2
  exit "${CODE:-1}"
}

ensure_built() { # CHECK-ONLY
  missing
  [ -n "$MISSING" ] || return 0
  check_go
  [ -z "$1" ] || return 0
  one_builder
  missing
  [ -n "$MISSING" ] || return 0
  WORK=$(mktemp -d)
  trap 'rm -rf "$WORK"' EXIT
  trap 'exit 130' INT TERM HUP
  export CGO_ENABLED=0 GOFLAGS="-trimpath -buildvcs=false" GOWORK=off GOBIN=$WORK/bin
  say "building in $DEST:$MISSING (this happens once)"
  build
  say "built everything"
}

missing() {
  local name
  MISSING=""
  for name in $WANTED; do has "$name" || MISSING="$MISSING $name"; done
}

wanted() { case " $MISSING " in *" $1 "*) return 0 ;; *) return 1 ;; esac; }

check_go() {
  CODE=3
  command -v go > /dev/null || fail "Go 1.26 or newer is needed to build$MISSING; install it from your system's packages and try again"
  local minor
  minor=$(go env GOVERSION | sed 's/^go1\.\([0-9]*\).*/\1/')
  [ "$minor" -ge 26 ] || fail "Go 1.26 or newer is needed to build$MISSING; this is $(go env GOVERSION)"
  CODE=1
}

# Two builders at once would do the same work twice, on the same few cores.
one_builder() {
  mkdir -p "$DEST"
  command -v flock > /dev/null || return 0
  exec 8> "$DEST/.lock"
  flock -n 8 || { say "waiting for another build in $DEST"; flock 8; }
}

# A reader of the folder sees the old file or the new one, never half of it.
place() { # FILE NAME
  rm -rf "$DEST/.new-$2"
  mv "$1" "$DEST/.new-$2"
  rm -rf "${DEST:?}/$2"
  mv "$DEST/.new-$2" "$DEST/$2"
}

logged() { "$@" > "$WORK/log" 2>&1 || fail "$* failed: $(tail -n 5 "$WORK/log")"; }

compile() { # PACKAGE NAME [LDFLAGS]
  say "building $2"
  logged go build -ldflags "-s -w ${3:-}" -o "$WORK/$2" "$1"
  place "$WORK/$2" "$2"
}

module_file() { # MODULE@VERSION Dir|GoMod
  local found
  found=$(cd "$WORK" && go mod download -json "$1" | sed -n "s/.*\"$2\": \"\(.*\)\".*/\1/p")
  [ -n "$found" ] || fail "the Go module $1 cannot be downloaded; is a Go module proxy reachable?"
  echo "$found"
}
