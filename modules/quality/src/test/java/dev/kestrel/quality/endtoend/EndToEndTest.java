package dev.kestrel.quality.endtoend;

import static dev.kestrel.testkit.Awaited.await;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kestrel.api.access.Passwords;
import dev.kestrel.cli.DemoCluster;
import dev.kestrel.cli.LocalCloud;
import dev.kestrel.domain.access.Role;
import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.simulator.scenario.Scenario;
import dev.kestrel.simulator.scenario.ScenarioRun;
import dev.kestrel.simulator.scenario.Scenarios;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** One fault, the whole cloud, a real browser, and the people who look at it. */
class EndToEndTest {
    /** As fast as the headless demo: a minute of back-offs in eight seconds. */
    private static final int SPEED = 8;

    private static final String PASSWORD = "correct-horse-battery";
    private static final String VIEWER = "viewer@kestrel.local";
    private static final String STRANGER = "admin@elsewhere.example";

    @TempDir private Path data;

    @Test
    void anIncidentArrivesIsUnderstoodIsApprovedByKeyboardAndIsResolvedWithoutAReload()
            throws InterruptedException {
        var obstacle = Walk.obstacle();
        assumeTrue(obstacle.isEmpty(), () -> obstacle.orElse(""));
        var scenario = Scenarios.named("image-tag-missing").orElseThrow();
        var cloud = await(LocalCloud.start(data, 0, SPEED).toCompletionStage());
        try {
            addPeople(cloud);
            var cluster = await(startCluster(cloud, scenario));
            try {
                var played = new ArrayList<ScenarioRun>();
                var steps =
                        Walk.go(
                                people(cloud),
                                step -> {
                                    if (step.equals("all is quiet")) {
                                        played.add(cluster.play(scenario));
                                    }
                                });
                assertThat(steps)
                        .containsExactly(
                                "all is quiet",
                                "the incident arrived",
                                "cause, chain and fix are shown",
                                "a viewer has no approve button",
                                "another tenant finds nothing",
                                "approved by keyboard",
                                "applied",
                                "verified",
                                "resolved",
                                "the decision is in the audit log");
                assertThat(played)
                        .as("what was broken works again")
                        .singleElement()
                        .matches(ScenarioRun::isMended);
            } finally {
                await(cluster.stop().toCompletionStage());
            }
        } finally {
            cloud.stop();
        }
    }

    private CompletionStage<DemoCluster> startCluster(LocalCloud cloud, Scenario scenario) {
        return DemoCluster.start(
                        cloud,
                        new ClusterRef(LocalCloud.TENANT, "demo"),
                        scenario,
                        data.resolve("operator"))
                .toCompletionStage();
    }

    private static void addPeople(LocalCloud cloud) {
        var users = cloud.cloud().store().users();
        var hash = Passwords.hash(PASSWORD, new SecureRandom());
        await(users.save(LocalCloud.TENANT, VIEWER, hash, Role.VIEWER));
        await(users.save("elsewhere", STRANGER, hash, Role.ADMIN));
    }

    private static Map<String, String> people(LocalCloud cloud) {
        return Map.of(
                "WALK_ADDRESS",
                cloud.address(),
                "WALK_ADMIN",
                cloud.login().email(),
                "WALK_ADMIN_PASSWORD",
                cloud.login().password(),
                "WALK_VIEWER",
                VIEWER,
                "WALK_STRANGER",
                STRANGER,
                "WALK_PASSWORD",
                PASSWORD);
    }
}
