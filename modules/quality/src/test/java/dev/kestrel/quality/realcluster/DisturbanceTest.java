package dev.kestrel.quality.realcluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Test;

/** What a client must be able to bear: the cluster can be made to answer 410 and to go away. */
@OnRealCluster
final class DisturbanceTest {

    private static final String CONFIG_MAPS = "/api/v1/namespaces/kube-system/configmaps";

    private final RealCluster cluster;

    DisturbanceTest(RealCluster cluster) {
        this.cluster = cluster;
    }

    /** Compaction alone is not enough: the API server answers old pages from its own memory. */
    @Test
    void pagedListThatACompactionAndARestartOvertakeIsGone() {
        var first = RealCluster.json(raw(CONFIG_MAPS + "?limit=1").output());
        var next = first.at("/metadata/continue").asText();
        assertThat(next).as("the list has a second page").isNotEmpty();
        write("after-the-first-page");
        cluster.compact();
        assertThat(raw(CONFIG_MAPS + "?limit=1&continue=" + next).succeeded()).isTrue();
        cluster.restartApiServer();
        assertThat(raw(CONFIG_MAPS + "?limit=1&continue=" + next).err())
                .contains("The provided continue parameter is too old");
    }

    @Test
    void watchFromBeforeARestartIsGone() {
        var before = raw(CONFIG_MAPS + "?limit=1").output();
        var version = RealCluster.json(before).at("/metadata/resourceVersion").asText();
        write("before-the-restart");
        cluster.restartApiServer();
        var watch = "?watch=true&timeoutSeconds=5&resourceVersion=" + version;
        var event = firstEvent(raw(CONFIG_MAPS + watch).output());
        assertThat(event.path("type").asText()).isEqualTo("ERROR");
        assertThat(event.at("/object/code").asInt()).isEqualTo(410);
        assertThat(event.at("/object/reason").asText()).isEqualTo("Expired");
    }

    @Test
    void auditLogTellsWhoDidWhat() {
        write("noticed");
        assertThat(cluster.auditLog())
                .anyMatch(
                        request ->
                                request.at("/user/username").asText().equals("admin")
                                        && request.path("verb").asText().equals("create")
                                        && request.at("/objectRef/resource")
                                                .asText()
                                                .equals("configmaps")
                                        && request.at("/objectRef/name")
                                                .asText()
                                                .equals("noticed"));
    }

    @Test
    void fieldOfAnotherManagerIsNotTakenOverByApply() {
        write("owned");
        var theirs =
                "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"owned\"},";
        assertThat(applyAs("helm", theirs + "\"data\":{\"size\":\"1\"}}").succeeded()).isTrue();
        var taken = applyAs("kestrel", theirs + "\"data\":{\"size\":\"2\"}}");
        assertThat(taken.err()).contains("conflict with \"helm\"").contains(".data.size");
    }

    private Command applyAs(String manager, String object) {
        return cluster.kubectlWith(
                object, "apply", "--server-side", "--field-manager=" + manager, "-f", "-");
    }

    private void write(String configMap) {
        cluster.kubectl("delete", "configmap", configMap, "--ignore-not-found").output();
        cluster.kubectl("create", "configmap", configMap).output();
    }

    private Command raw(String path) {
        return cluster.kubectl("get", "--raw", path);
    }

    private static JsonNode firstEvent(String stream) {
        return RealCluster.json(stream.lines().findFirst().orElse("{}"));
    }
}
