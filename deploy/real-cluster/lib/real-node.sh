# The node real-1: containerd, kubelet, kube-proxy, CoreDNS and a registry that stands for docker.io.

need_for_real_node() {
  [ "$(uname -s)" = Linux ] || fail "a real node needs Linux; leave --real-node out for kwok nodes"
  [ "$(id -u)" = 0 ] || fail "a real node needs root; leave --real-node out for kwok nodes"
  need runc runc
  need nft nftables
  need iptables iptables
  need conntrack conntrack
  need ip iproute2
  need unshare util-linux
  need pgrep procps
  need busybox busybox-static
  [ "$CNI" = bridge ] || need_for_cilium
}

start_real_node() {
  isolate_files
  make_control_group
  pack_images
  start registry "$BIN/registry" -port "${REGISTRY##*:}"
  start_containerd
  offer_images
  start_kubelet
  [ "$CNI" = bridge ] || start_cilium
  start_kube_proxy
  kc apply -f "$HERE/manifests/coredns.yaml" > logs/coredns-apply.log
  wait_for "node real-1 to be Ready" 90 kc wait --for=condition=Ready node/real-1 --timeout=1s
  wait_for "CoreDNS to be available" 90 kc -n kube-system wait --for=condition=Available deployment/coredns --timeout=1s
  [ "$CNI" = bridge ] || await_cilium
}

# containerd, CNI and iptables keep their state in /run. Names outside the cluster must fail at once: with a resolver that
# never answers each failed pull takes 40 s.
isolate_files() {
  local resolver
  resolver=$(readlink -m /etc/resolv.conf)
  mkdir -p node
  mount -t tmpfs tmpfs /run
  # A short path whatever DIR is: the kubelet's sockets may have 107 characters at most.
  NODE=/run/node
  mkdir "$NODE"
  mount --bind "$DIR/node" "$NODE"
  mkdir -p "$NODE/cni" "$NODE/registry/docker.io"
  echo "nameserver 127.0.0.1" > "$NODE/resolv.conf"
  mkdir -p "$(dirname "$resolver")"
  [ -e "$resolver" ] || touch "$resolver"
  mount --bind "$NODE/resolv.conf" "$resolver"
}

start_containerd() {
  cat > "$NODE/registry/docker.io/hosts.toml" <<TOML
server = "http://$REGISTRY"
[host."http://$REGISTRY"]
capabilities = ["pull", "resolve"]
TOML
  [ "$CNI" = cilium ] || write_bridge_configuration
  # restrict_oom_score_adj: where root lacks CAP_SYS_RESOURCE no sandbox would start without it.
  cat > "$NODE/containerd.toml" <<TOML
version = 3
root = "$NODE/containerd"
state = "/run/containerd"
[grpc]
  address = "$NODE/containerd.sock"
[plugins.'io.containerd.cri.v1.images'.pinned_images]
  sandbox = "registry.k8s.io/pause:3.10"
[plugins.'io.containerd.cri.v1.images'.registry]
  config_path = "$NODE/registry"
[plugins.'io.containerd.cri.v1.runtime']
  restrict_oom_score_adj = true
[plugins.'io.containerd.cri.v1.runtime'.cni]
  bin_dirs = ["$BIN/cni"${CILIUM:+, \"$CILIUM/cni\"}]
  conf_dir = "$NODE/cni"
[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc]
  runtime_type = "io.containerd.runc.v2"
[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc.options]
  BinaryName = "$(command -v runc)"
TOML
  PATH=$BIN:$PATH start containerd "$BIN/containerd" -c "$NODE/containerd.toml"
  wait_for containerd 30 "$BIN/ctr" -a "$NODE/containerd.sock" version
}

write_bridge_configuration() {
  cat > "$NODE/cni/10-pods.conflist" <<JSON
{"cniVersion": "1.0.0", "name": "pods", "plugins": [
  {"type": "bridge", "bridge": "cni0", "isGateway": true, "hairpinMode": true,
   "ipam": {"type": "host-local", "dataDir": "$NODE/ipam", "ranges": [[{"subnet": "10.245.0.0/24"}]], "routes": [{"dst": "0.0.0.0/0"}]}},
  {"type": "portmap", "capabilities": {"portMappings": true}}]}
JSON
}

start_kubelet() {
  write_kubeconfig node "$NODE/kubeconfig"
  cat > "$NODE/kubelet.yaml" <<YAML
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
address: $ADDRESS
port: $(port 10350)
authentication: {anonymous: {enabled: false}, webhook: {enabled: true}, x509: {clientCAFile: $DIR/pki/ca.crt}}
authorization: {mode: Webhook}
tlsCertFile: $DIR/pki/server.crt
tlsPrivateKeyFile: $DIR/pki/server.key
containerRuntimeEndpoint: unix://$NODE/containerd.sock
imageServiceEndpoint: unix://$NODE/containerd.sock
cgroupDriver: cgroupfs
cgroupRoot: /$NAME
failCgroupV1: false
failSwapOn: false
clusterDNS: [10.0.0.10]
clusterDomain: cluster.local
resolvConf: $NODE/resolv.conf
localStorageCapacityIsolation: false
evictionHard: {memory.available: 200Mi}
imageMinimumGCAge: 24h
volumePluginDir: $NODE/plugins
podLogsDir: $NODE/pod-logs
shutdownGracePeriod: 0s
YAML
  start kubelet "$BIN/kubelet" --config "$NODE/kubelet.yaml" --kubeconfig "$NODE/kubeconfig" \
    --hostname-override real-1 --node-ip "$ADDRESS" --root-dir "$NODE/kubelet" --cert-dir "$NODE/kubelet-pki"
}

start_kube_proxy() {
  cat > "$NODE/kube-proxy.yaml" <<YAML
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
mode: nftables
clientConnection: {kubeconfig: $DIR/kubeconfig}
clusterCIDR: $POD_RANGE
hostnameOverride: real-1
conntrack: {maxPerCore: 0}
YAML
  start kube-proxy "$BIN/kube-proxy" --config "$NODE/kube-proxy.yaml"
}
