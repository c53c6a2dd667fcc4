# One authority per cluster, and what it signs. Made anew at each start: they outlive no test.

# RSA, because every Kubernetes client reads it; some do not know an elliptic curve's key in PKCS #8.
KEY="-newkey rsa:2048 -nodes"

make_certificates() {
  # shellcheck disable=SC2086
  quietly openssl req -x509 $KEY -days 30 -keyout pki/ca.key -out pki/ca.crt -subj /CN=kube-ca
  issue server /CN=kube-apiserver serverAuth "DNS:localhost,DNS:kubernetes,DNS:kubernetes.default.svc,IP:127.0.0.1,IP:10.0.0.1,IP:$ADDRESS"
  issue admin /O=system:masters/CN=admin clientAuth
  issue node /O=system:nodes/CN=system:node:real-1 clientAuth
  quietly openssl genrsa -out pki/service-accounts.key 2048
  write_kubeconfig admin kubeconfig
}

issue() { # NAME SUBJECT USAGE [ALTERNATIVE-NAMES]
  # shellcheck disable=SC2086
  quietly openssl req $KEY -keyout "pki/$1.key" -out "pki/$1.csr" -subj "$2"
  echo "extendedKeyUsage=$3" > "pki/$1.ext"
  [ -z "${4:-}" ] || echo "subjectAltName=$4" >> "pki/$1.ext"
  quietly openssl x509 -req -in "pki/$1.csr" -CA pki/ca.crt -CAkey pki/ca.key -CAcreateserial -days 30 -extfile "pki/$1.ext" -out "pki/$1.crt"
  rm "pki/$1.csr" "pki/$1.ext"
}

quietly() { "$@" > logs/certificates.log 2>&1 || fail "$1 $2 failed: $(tail -n 1 logs/certificates.log)"; }

inline() { base64 < "$1" | tr -d '\n'; }

# Everything is inline, so that the file may be copied and given to any client.
write_kubeconfig() { # IDENTITY FILE
  cat > "$2" <<YAML
apiVersion: v1
kind: Config
clusters: [{name: local, cluster: {server: "https://$ADDRESS:$(port 16443)", certificate-authority-data: $(inline pki/ca.crt)}}]
users: [{name: $1, user: {client-certificate-data: $(inline "pki/$1.crt"), client-key-data: $(inline "pki/$1.key")}}]
contexts: [{name: local, context: {cluster: local, user: $1}}]
current-context: local
YAML
}
