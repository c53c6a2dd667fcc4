package dev.kestrel.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class NodeRoleTest {
    @Test
    void aNodeDoesWhatItIsTold() {
        assertThat(NodeRole.parse("gateway,engine,api")).containsExactly(NodeRole.values());
        assertThat(NodeRole.parse("api")).containsExactly(NodeRole.API);
        assertThat(NodeRole.parse("engine, gateway"))
                .containsExactly(NodeRole.GATEWAY, NodeRole.ENGINE);
    }

    @Test
    void aGatewayWithoutAnEngineIsRefusedWithTheReason() {
        assertThatThrownBy(() -> NodeRole.parse("gateway,api"))
                .hasMessageContaining("a cluster's owner lives where its stream ends");
    }

    @Test
    void whatIsNoRoleIsNamed() {
        assertThatThrownBy(() -> NodeRole.parse("engine,web")).hasMessageContaining("web");
        assertThatThrownBy(() -> NodeRole.parse(""))
                .hasMessageContaining("gateway, engine and api");
    }

    @Test
    void nodesThatAreOneCloudNeedOneDatabase() {
        var keys =
                Map.of(
                        "cluster.enabled", "true",
                        "cluster.members", "10.0.0.1:5701",
                        "cluster.host", "10.0.0.2");

        assertThatThrownBy(() -> ServerConfig.read(List.of(), Map.of(), keys))
                .hasMessageContaining("store.owner-url must be set");
    }
}
