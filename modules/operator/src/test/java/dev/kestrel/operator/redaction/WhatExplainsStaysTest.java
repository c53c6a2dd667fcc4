package dev.kestrel.operator.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.signal.Fields;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a diagnosis needs stays as it is, although some of it looks like a secret. */
class WhatExplainsStaysTest {
    static Stream<String> lines() {
        var drawn = new Secrets(7);
        return Stream.of(
                "image ghcr.io/acme/web@sha256:" + drawn.hex(64),
                "containerd://" + drawn.hex(64) + " exited with 137",
                "commit " + drawn.hex(40) + " deployed",
                "trace_id=" + drawn.hex(32) + " span_id=" + drawn.hex(16),
                "pod web-" + drawn.hex(10) + "-x7k2p of ReplicaSet web-" + drawn.hex(10),
                "uid 3f2504e0-4f89-41d3-9a0c-0305e82c3301 is gone",
                "MountVolume.SetUp failed for volume \"secret-volume\" : secret \"tls-cert\" not"
                        + " found",
                "MountVolume.SetUp failed for volume \"token\" : configmap \"settings\" not found",
                "references non-existent secret key: password",
                "couldn't find key DB_PASSWORD in Secret shop/db-credentials",
                "Error: secret \"db-credentials\" not found",
                "secrets \"regcred\" is forbidden: User \"system:serviceaccount:shop:web\" cannot"
                        + " get resource \"secrets\" in API group \"\" in the namespace \"shop\"",
                "Unable to retrieve some image pull secrets (regcred); attempting to pull the image"
                        + " may not succeed.",
                "0/5 nodes are available: 2 Insufficient memory, 3 node(s) had untolerated taint"
                        + " {node.kubernetes.io/memory-pressure: }.",
                "requests: cpu 250m, memory 512Mi; limits: memory 1Gi",
                "password authentication failed for user \"app\"",
                "the token expired 5m ago",
                "dial tcp: lookup https://payments:8443",
                "redis://cache:6379",
                "JWT validation failed: token is expired",
                "Get \"https://10.96.0.1:443/api/v1/namespaces/kube-system/configmaps/x\": dial tcp"
                        + " 10.96.0.1:443: i/o timeout",
                "lookup payments.shop.svc.cluster.local on 10.96.0.10:53: no such host",
                "at com.shop.checkout.PaymentServiceImplFactoryBean2.call(PaymentService.java:1234)",
                "org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping",
                "HorizontalPodAutoscalerConditionTypeScalingLimited",
                "goroutine 1 [running]: main.main() /go/src/app/main.go:42 +0x1d3 0xc000123456",
                "/var/lib/kubelet/pods/3f2504e0-4f89-41d3-9a0c-0305e82c3301/volumes/"
                        + "kubernetes.io~projected/kube-api-access-x7k2p",
                "2026-11-28T13:00:00.123456789Z level=info msg=\"listening\" addr=:8080",
                "Liveness probe failed: HTTP probe failed with statuscode: 503",
                "OOMKilled: container app, limit 268435456 bytes, exit code 137",
                "arn:aws:iam::123456789012:role/eks-node",
                "SubjectAltName: DNS:web.shop.svc, serial 4a9b31be451f00a81f82d4a79b024239",
                "x509: certificate has expired or is not yet valid: current time"
                        + " 2026-11-28T13:00:00Z is after 2026-11-27T13:00:00Z",
                "cni config uninitialized: networkPlugin returned error",
                "upstream connect error or disconnect/reset before headers. reset reason:"
                        + " TLS_error",
                "revision 12 of deployment web, generation 34, resourceVersion 1234567890",
                "kestrel.dev/revision: web-v2026.11.28-rc.1+build.20261128");
    }

    @ParameterizedTest
    @MethodSource("lines")
    void inLines(String line) {
        assertThat(TextRedaction.redact(line)).isEqualTo(line);
    }

    @ParameterizedTest
    @MethodSource("lines")
    void inObjects(String line) {
        var object =
                Fields.of(
                        Map.of(
                                "metadata",
                                Map.of("labels", Map.of("pod-template-hash", "7d9f8b6c5d")),
                                "spec",
                                Map.of(
                                        "nodeName",
                                        "ip-10-0-1-2.eu-west-1.compute.internal",
                                        "volumes",
                                        List.of(
                                                Map.of(
                                                        "name",
                                                        "v",
                                                        "secret",
                                                        Map.of("secretName", "tls"))),
                                        "text",
                                        line),
                                "status",
                                Map.of(
                                        "message",
                                        line,
                                        "imageID",
                                        "r.io/a@sha256:" + "0a".repeat(32))));

        assertThat(ObjectRedaction.clean("Pod", object)).isEqualTo(object);
    }
}
