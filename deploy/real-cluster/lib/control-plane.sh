# etcd, API server, controller-manager, scheduler and kwok. Each listens on 127.0.0.1, or on the address of the real node's
# own network namespace: nothing outside this machine can reach them.

kc() { "$BIN/kubectl" --kubeconfig "$DIR/kubeconfig" "$@"; }

start_control_plane() {
  start_etcd
  port 23790 > run/etcd.port
  start_apiserver
  echo 1 > run/apiserver.starts
  start controller-manager "$BIN/kube-controller-manager" --kubeconfig kubeconfig --leader-elect=false \
    --bind-address 127.0.0.1 --secure-port "$(port 10257)" \
    --root-ca-file pki/ca.crt --service-account-private-key-file pki/service-accounts.key --node-monitor-grace-period 20s \
    --allocate-node-cidrs="$([ "$CNI" = cilium ] && echo true || echo false)" --cluster-cidr "$POD_RANGE"
  start scheduler "$BIN/kube-scheduler" --kubeconfig kubeconfig --leader-elect=false --bind-address 127.0.0.1 --secure-port "$(port 10259)"
}

start_etcd() {
  local client peer
  client=http://127.0.0.1:$(port 23790) peer=http://127.0.0.1:$(port 23800)
  start etcd "$BIN/etcd" --name n0 --data-dir etcd --unsafe-no-fsync \
    --listen-client-urls "$client" --advertise-client-urls "$client" \
    --listen-peer-urls "$peer" --initial-advertise-peer-urls "$peer" --initial-cluster "n0=$peer"
}

start_apiserver() {
  cat > audit-policy.yaml <<'YAML'
apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules: [{level: Metadata}]
YAML
  # The kubernetes Service gets an endpoint only where pods run that could use it.
  start apiserver "$BIN/kube-apiserver" --etcd-servers "http://127.0.0.1:$(port 23790)" \
    --bind-address "$ADDRESS" --advertise-address "$ADDRESS" --secure-port "$(port 16443)" \
    --endpoint-reconciler-type "$([ "$MODE" = kwok ] && echo none || echo lease)" \
    --service-cluster-ip-range 10.0.0.0/24 --allow-privileged --authorization-mode Node,RBAC \
    --tls-cert-file pki/server.crt --tls-private-key-file pki/server.key --client-ca-file pki/ca.crt \
    --service-account-issuer https://kubernetes.default.svc \
    --service-account-key-file pki/service-accounts.key --service-account-signing-key-file pki/service-accounts.key \
    --kubelet-client-certificate pki/admin.crt --kubelet-client-key pki/admin.key --kubelet-preferred-address-types InternalIP \
    --audit-policy-file audit-policy.yaml --audit-log-path logs/audit.jsonl
  wait_for "the API server" 120 kc get --raw /readyz
}

# Runs on USR1, which request_restart sends. Without its pid file nobody takes the API server's end for an accident.
restart_apiserver() {
  local pid
  pid=$(cat run/apiserver.pid)
  rm run/apiserver.pid
  end_process "$pid" 3
  start_apiserver
  echo $(($(cat run/apiserver.starts) + 1)) > run/apiserver.starts
}

add_kwok_nodes() {
  [ "$NODES" != 0 ] || return 0
  local node
  start kwok "$BIN/kwok" --kubeconfig kubeconfig --manage-nodes-with-annotation-selector kwok.x-k8s.io/node=fake \
    --node-ip "$ADDRESS" --node-port "$(port 10247)" --server-address "$ADDRESS:$(port 10247)" --cidr 10.244.0.0/16 \
    --tls-cert-file pki/server.crt --tls-private-key-file pki/server.key --node-lease-duration-seconds 40 \
    --config "$BIN/kwok-stages.yaml"
  for node in $(seq "$NODES"); do
    cat <<YAML
apiVersion: v1
kind: Node
metadata:
  name: node-$node
  annotations: {kwok.x-k8s.io/node: fake}
  labels: {kubernetes.io/hostname: node-$node, kubernetes.io/os: linux, kubernetes.io/arch: amd64, topology.kubernetes.io/zone: zone-$((node % 3))}
status:
  allocatable: {cpu: "4", memory: 16Gi, pods: "110"}
  capacity: {cpu: "4", memory: 16Gi, pods: "110"}
---
YAML
  done > run/kwok-nodes.yaml
  kc apply -f run/kwok-nodes.yaml > logs/kwok-nodes.log
}
