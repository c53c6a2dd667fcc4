package dev.kestrel.api;

import static dev.kestrel.testkit.Awaited.await;

import dev.kestrel.api.access.OperatorInstall;
import dev.kestrel.api.access.Passwords;
import dev.kestrel.api.access.SigningKey;
import dev.kestrel.bus.Bus;
import dev.kestrel.domain.access.Principal;
import dev.kestrel.domain.access.Role;
import dev.kestrel.domain.incident.IncidentArchive.Document;
import dev.kestrel.domain.signal.ClusterRef;
import dev.kestrel.store.Store;
import dev.kestrel.store.StoreConfig;
import dev.kestrel.store.postgres.EmbeddedPostgres;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A running API over a real PostgreSQL, with tenants, people and incidents for tests. */
public final class Site {
    public static final String PASSWORD = "correct horse battery staple";
    public static final Instant NOW = Instant.parse("2040-01-01T00:00:00Z");

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String HASH = Passwords.hash(PASSWORD, RANDOM);
    private static final Vertx VERTX = Vertx.vertx();
    private static final Path DIRECTORY = directory();
    private static final SigningKey KEY = SigningKey.open(DIRECTORY.resolve("key.pem"), RANDOM);
    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final Store STORE = openStore();
    private static final Bus BUS = Bus.on(VERTX, STORE.owners());

    public final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TestClock clock = new TestClock();
    private final Api api;
    private final WebClient client = WebClient.create(VERTX);

    /** The real time, moved forward at will. */
    private static final class TestClock implements InstantSource {
        private volatile Instant now = NOW;

        @Override
        public Instant instant() {
            return now;
        }
    }

    private Site(Map<String, String> config) {
        var keys = new TreeMap<>(config);
        keys.put("port", "0");
        keys.putIfAbsent("requests-per-second", "100000");
        keys.putIfAbsent("requests-burst", "1000000");
        var needs =
                new Api.Needs(
                        BUS,
                        STORE.incidents(),
                        STORE.clusters(),
                        STORE.enrolments(),
                        STORE.users(),
                        STORE.audit(),
                        KEY,
                        () -> new OperatorInstall("cloud.test", 8443, 9443, "PEM", "chart"),
                        clock,
                        RANDOM,
                        meters,
                        STORE::check,
                        () -> "kestrel_up 1\n");
        api = await(Api.start(VERTX, needs, ApiConfig.of(keys)).toCompletionStage());
    }

    public static Site open() {
        return new Site(Map.of());
    }

    public static Site open(Map<String, String> config) {
        return new Site(config);
    }

    private static Path directory() {
        try {
            return Files.createTempDirectory("kestrel-api-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Store openStore() {
        var programs = Path.of(System.getProperty("user.home"), ".cache", "kestrel", "postgres");
        var server = EmbeddedPostgres.start(DIRECTORY.resolve("postgres"), programs, RANDOM);
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    server.close();
                                    delete(DIRECTORY);
                                }));
        var config = StoreConfig.at(server.url("api"));
        return await(Store.open(VERTX, config, new SimpleMeterRegistry()).toCompletionStage());
    }

    private static void delete(Path directory) {
        try (var files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Vertx vertx() {
        return VERTX;
    }

    public static Bus bus() {
        return BUS;
    }

    public static Store store() {
        return STORE;
    }

    public int port() {
        return api.port();
    }

    public void pass(Duration time) {
        clock.now = clock.now.plus(time);
    }

    /** Somebody with this role in a tenant of their own. */
    public static Principal newUser(Role role) {
        return newUser("t-" + NAMES.incrementAndGet(), role);
    }

    public static Principal newUser(String tenant, Role role) {
        var email = "%s-%d@%s.test".formatted(role, NAMES.incrementAndGet(), tenant);
        return await(STORE.users().save(tenant, email, HASH, role));
    }

    /** An access token, as signing in gives it. */
    public String tokenOf(Principal principal) {
        return signIn(principal.name(), PASSWORD).bodyAsJsonObject().getString("accessToken");
    }

    public HttpResponse<Buffer> signIn(String email, String password) {
        return post(
                "",
                "/api/v1/session",
                new JsonObject().put("email", email).put("password", password));
    }

    public HttpResponse<Buffer> get(String token, String path) {
        return send(request(HttpMethod.GET, token, path).send());
    }

    public HttpResponse<Buffer> post(String token, String path, JsonObject body) {
        return send(request(HttpMethod.POST, token, path).sendJsonObject(body));
    }

    public HttpRequest<Buffer> request(HttpMethod method, String token, String path) {
        var request = client.request(method, port(), "127.0.0.1", path);
        return token.isEmpty() ? request : request.bearerTokenAuthentication(token);
    }

    public static HttpResponse<Buffer> send(Future<HttpResponse<Buffer>> sent) {
        return await(sent.toCompletionStage());
    }

    /** A registered cluster of the tenant. */
    public static ClusterRef newCluster(String tenant) {
        var cluster = new ClusterRef(tenant, "c-" + NAMES.incrementAndGet());
        await(
                STORE.enrolments()
                        .offer(
                                cluster,
                                "Cluster " + cluster.cluster(),
                                cluster.toString().getBytes(StandardCharsets.UTF_8),
                                NOW.plusSeconds(60)));
        return cluster;
    }

    /**
     * An incident of the cluster with one remediation, {@code r-1}; saved again with each call. The
     * cluster is owned by a node of its name.
     */
    public static Document saveIncident(ClusterRef cluster, String id, long revision) {
        return saveIncident(cluster, id, revision, "OPEN", "web is out of memory");
    }

    public static Document saveIncident(
            ClusterRef cluster, String id, long revision, String status, String title) {
        var owner =
                await(
                        STORE.owners()
                                .claim(cluster, cluster.toString(), NOW, Duration.ofSeconds(10)));
        var json =
                """
                {"id": "%s", "revision": %d, "remediations": [{"id": "r-1"}]}\
                """
                        .formatted(id, revision);
        var document =
                new Document(
                        id,
                        cluster,
                        revision,
                        status,
                        "HIGH",
                        title,
                        "ROOT_CAUSE",
                        "memory.limit_too_low",
                        "Deployment/shop/web",
                        0.9,
                        NOW,
                        NOW.plusSeconds(revision),
                        Instant.EPOCH,
                        json);
        await(STORE.incidents().save(owner, List.of(document)));
        return document;
    }
}
