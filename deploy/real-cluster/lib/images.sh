# Container images without a container tool: an image of one layer is a few JSON files and a tar.

REGISTRY=127.0.0.1:5005

pack_image() { # FILE.tar REFERENCE ENTRYPOINT-AS-JSON ROOT-FOLDER
  local work digest
  work=$(mktemp -d)
  tar -C "$4" -cf "$work/layer.tar" .
  digest=$(sha256sum < "$work/layer.tar" | cut -d' ' -f1)
  printf '{"architecture":"amd64","os":"linux","config":{"Env":["PATH=/bin"],"Entrypoint":%s},"rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}' \
    "$3" "$digest" > "$work/config.json"
  printf '[{"Config":"config.json","RepoTags":["%s"],"Layers":["layer.tar"]}]' "$2" > "$work/manifest.json"
  tar -C "$work" -cf "$1" manifest.json config.json layer.tar
  rm -rf "$work"
}

pack_program() { # FILE.tar REFERENCE PROGRAM
  local root
  root=$(empty_root)
  install -m 755 "$3" "$root/$(basename "$3")"
  pack_image "$1" "$2" "[\"/$(basename "$3")\"]" "$root"
  rm -rf "$root"
}

# Debian's static busybox as the pause container and as a shell; it cannot resolve names, so it is no caller of Services.
pack_busybox() {
  local root applet
  root=$(empty_root)
  mkdir -p "$root/bin"
  install -m 755 "$(command -v busybox)" "$root/bin/busybox"
  for applet in $(busybox --list); do [ "$applet" = busybox ] || ln -s busybox "$root/bin/$applet"; done
  chmod 755 "$root/bin"
  pack_image node/images/pause.tar registry.k8s.io/pause:3.10 '["/bin/sleep","infinity"]' "$root"
  pack_image node/images/busybox.tar docker.io/library/busybox:1.35 null "$root"
  rm -rf "$root"
}

# Containers may run as any user, while our umask keeps everything to root.
empty_root() {
  local root
  root=$(mktemp -d)
  mkdir "$root/tmp"
  chmod 755 "$root"
  chmod 1777 "$root/tmp"
  echo "$root"
}

pack_images() {
  mkdir -p node/images
  pack_busybox
  pack_program node/images/coredns.tar registry.k8s.io/coredns/coredns:v1.14.7 "$BIN/coredns"
  pack_program node/images/workload.tar docker.io/library/workload:v1 "$BIN/workload"
}

# The node's own images are imported, as an installer would; what workloads use is pulled from the registry.
offer_images() {
  local image
  for image in pause coredns; do
    "$BIN/ctr" -a "$NODE/containerd.sock" -n k8s.io images import "node/images/$image.tar" >> logs/images.log 2>&1 ||
      fail "could not import the image $image: $(tail -n 1 logs/images.log)"
  done
  push node/images/busybox.tar busybox:1.35
  push node/images/workload.tar workload:v1
  push node/images/workload.tar workload:v2
}

push() { # FILE.tar REPOSITORY:TAG
  "$BIN/crane" push --insecure "$1" "$REGISTRY/library/$2" >> "$DIR/logs/images.log" 2>&1 ||
    fail "could not push $2: $(tail -n 1 "$DIR/logs/images.log")"
}
