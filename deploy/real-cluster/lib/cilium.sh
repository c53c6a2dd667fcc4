# Cilium as the network of the node real-1, with Hubble and its relay: NetworkPolicies are enforced, and every flow is told.

# The agent compiles its BPF programs when it runs; its own images have LLVM 19 for that.
LLVM=/usr/lib/llvm-19/bin
RELAY_PORT=4245

need_for_cilium() { [ -x "$LLVM/clang" ] || LACKING="$LACKING clang-19"; }

start_cilium() {
  kc apply --server-side -f "$CILIUM/crds" > logs/cilium-crds.log
  mount -t bpf bpf /sys/fs/bpf
  keep_machine_settings
  mkdir -p "$NODE/cilium"
  ln -sfn "$CILIUM/bpf" "$NODE/cilium/bpf"
  echo '{"cniVersion": "1.0.0", "name": "cilium", "plugins": [{"type": "cilium-cni"}, {"type": "cni-checksum"}]}' > "$NODE/cilium/cni.conflist"
  start_cilium_agent
  start hubble-relay "$CILIUM/hubble-relay" serve --peer-service unix:///var/run/cilium/hubble.sock \
    --disable-client-tls --disable-server-tls --listen-address "$ADDRESS:$RELAY_PORT" --cluster-name default --retry-timeout 1s
}

# Cilium would change these for the whole machine; it warns that it could not.
keep_machine_settings() {
  local setting
  for setting in timer_migration unprivileged_bpf_disabled; do
    mount --bind "/proc/sys/kernel/$setting" "/proc/sys/kernel/$setting"
    mount -o remount,bind,ro "/proc/sys/kernel/$setting"
  done
}

# TMPDIR is on another file system than the CNI folder: else the agent renames its CNI configuration into that folder from
# outside, which containerd does not notice. Pods' addresses come from the node's range, which the controller-manager gives.
start_cilium_agent() {
  start cilium-agent env TMPDIR=/run K8S_NODE_NAME=real-1 CILIUM_K8S_NAMESPACE=kube-system PATH="$LLVM:$PATH" \
    "$CILIUM/cilium-agent" --k8s-kubeconfig-path "$DIR/kubeconfig" --lib-dir "$NODE/cilium" --cgroup-root /run/cilium/cgroupv2 \
    --read-cni-conf "$NODE/cilium/cni.conflist" --write-cni-conf-when-ready "$NODE/cni/05-cilium.conflist" \
    --identity-allocation-mode crd --ipam kubernetes --enable-ipv6=false --enable-ipv4-masquerade=false --enable-bpf-masquerade=false \
    --routing-mode native --ipv4-native-routing-cidr "$POD_RANGE" --devices up0 --kube-proxy-replacement=false \
    --enable-l7-proxy=false --enable-health-checking=false --enable-endpoint-health-checking=false \
    --enable-hubble --hubble-listen-address :4244 --hubble-disable-tls --hubble-network-policy-correlation-enabled \
    --hubble-event-buffer-capacity 16383 --monitor-aggregation medium \
    --bpf-ct-global-tcp-max 16384 --bpf-ct-global-any-max 8192 --bpf-nat-global-max 16384 --bpf-lb-map-max 4096 \
    --bpf-policy-stats-map-max 4096 --bpf-auth-map-max 4096
}

await_cilium() {
  wait_for "Hubble's relay" 90 "$CILIUM/hubble" --server "$ADDRESS:$RELAY_PORT" status
}
