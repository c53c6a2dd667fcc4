package dev.kestrel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;

import dev.kestrel.bus.Topics;
import dev.kestrel.bus.Topics.CommandIssued;
import dev.kestrel.bus.Topics.Noted;
import dev.kestrel.domain.command.Command;
import dev.kestrel.domain.command.Dispatch;
import dev.kestrel.domain.command.Outcome;
import dev.kestrel.domain.investigation.Answer;
import dev.kestrel.domain.investigation.Question;
import dev.kestrel.protocol.WireLimits;
import dev.kestrel.protocol.WireTime;
import dev.kestrel.protocol.wire.v1.ControlDown;
import dev.kestrel.protocol.wire.v1.ControlHello;
import dev.kestrel.protocol.wire.v1.ControlUp;
import dev.kestrel.protocol.wire.v1.InvestigationResult;
import dev.kestrel.protocol.wire.v1.ToolOutcome;

import io.vertx.grpc.common.GrpcStatus;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

class ControlTest {
    @TempDir private Path directory;
    private Site site;

    @BeforeEach
    void start() {
        site = Site.with(directory, "commands-in-flight", "2", "outcomes-waiting", "2");
    }

    @AfterEach
    void stop() {
        site.close();
    }

    private TestStream<ControlUp, ControlDown> connected() {
        return connected(site.enrolled(Site.PROD));
    }

    private TestStream<ControlUp, ControlDown> connected(TestOperator operator) {
        var stream = operator.control();
        stream.send(
                ControlUp.newBuilder()
                        .setHello(ControlHello.newBuilder().setBootId("boot-1"))
                        .build());
        stream.next(
                down -> down.hasSettings() ? Optional.of(down.getSettings()) : Optional.empty());
        return stream;
    }

    private static Command.Investigate question(String id) {
        return new Command.Investigate(
                id, new Question("k8s.get", Map.of("kind", "Pod")), Duration.ofSeconds(5));
    }

    private Dispatch issue(Command command) {
        return Served.await(
                        site.bus
                                .ask(Topics.COMMAND_ISSUED, new CommandIssued(Site.PROD, command))
                                // A stream that ends just now takes nothing: the owner asks again.
                                .otherwise(Optional.empty()))
                .orElse(new Dispatch.Unreachable("nobody holds the stream"));
    }

    private static InvestigationResult.Builder chunk(String id, int number, String output) {
        return InvestigationResult.newBuilder()
                .setId(id)
                .setChunk(number)
                .setOutput(ByteString.copyFromUtf8(output))
                .setOutcome(ToolOutcome.TOOL_OUTCOME_ANSWERED)
                .setAt(WireTime.wire(Say.LATER));
    }

    private static ControlUp up(InvestigationResult.Builder result) {
        return ControlUp.newBuilder().setInvestigationResult(result).build();
    }

    @Test
    void aCommandGoesDownAndItsOutcomeComesToTheOwner() {
        var stream = connected();
        assertThat(issue(question("q1"))).isEqualTo(new Dispatch.Taken("q1"));
        var asked =
                stream.next(
                        down ->
                                down.hasInvestigate()
                                        ? Optional.of(down.getInvestigate())
                                        : Optional.empty());
        assertThat(asked.getTool()).isEqualTo("k8s.get");
        assertThat(asked.getArgumentsMap()).containsEntry("kind", "Pod");

        stream.send(up(chunk("q1", 0, "first ")));
        stream.send(up(chunk("q1", 1, "second").setLast(true)));

        Served.until("the owner knows", () -> site.owner.ended.size() == 1);
        assertThat(site.owner.ended.getFirst().commandId()).isEqualTo("q1");
        assertThat(site.owner.ended.getFirst().outcome())
                .isEqualTo(
                        new Outcome.Answered(new Answer.Given("first second", false), Say.LATER));
    }

    @Test
    void withoutAStreamNobodyIsThere() {
        assertThat(issue(question("q1"))).isInstanceOf(Dispatch.Unreachable.class);
    }

    @Test
    void onceTheStreamIsGoneNobodyIsThere() {
        var stream = connected();
        stream.request().end();
        stream.ended();

        Served.until(
                "nobody is there", () -> issue(question("q1")) instanceof Dispatch.Unreachable);
    }

    @Test
    void commandsWithoutOutcomesAreBounded() {
        var stream = connected();
        assertThat(issue(question("q1"))).isInstanceOf(Dispatch.Taken.class);
        assertThat(issue(question("q2"))).isInstanceOf(Dispatch.Taken.class);

        assertThat(issue(question("q3"))).isInstanceOf(Dispatch.Unreachable.class);
        assertThat(issue(question("q2"))).as("asked again").isInstanceOf(Dispatch.Taken.class);

        stream.send(up(chunk("q1", 0, "done").setLast(true)));
        Served.until("the owner knows", () -> site.owner.ended.size() == 1);
        assertThat(issue(question("q3"))).isInstanceOf(Dispatch.Taken.class);
    }

    @Test
    void anOutcomeIsToldUntilTheOwnerNotesIt() {
        var attempts = new AtomicInteger();
        site.owner.whenEnded(outcome -> new Noted(attempts.incrementAndGet() == 3));
        var stream = connected();

        stream.send(up(chunk("q1", 0, "done").setLast(true)));

        Served.until("told three times", () -> attempts.get() == 3);
    }

    @Test
    void aResultOverItsLimitIsAnOutcomeToo() {
        var stream = connected();
        var half = "x".repeat(WireLimits.RESULT_BYTES / 2);
        stream.send(up(chunk("q1", 0, half)));
        stream.send(up(chunk("q1", 1, half)));

        stream.send(up(chunk("q1", 2, "x").setLast(true)));

        Served.until("the owner knows", () -> site.owner.ended.size() == 1);
        assertThat(site.owner.ended.getFirst().outcome())
                .isInstanceOfSatisfying(
                        Outcome.Answered.class,
                        answered ->
                                assertThat(answered.answer())
                                        .isInstanceOfSatisfying(
                                                Answer.Unknown.class,
                                                unknown ->
                                                        assertThat(unknown.why())
                                                                .contains("512 KiB")));
        assertThat(stream.isEnded()).isFalse();
    }

    @Test
    void aMissingChunkMakesTheAnswerUnknown() {
        var stream = connected();
        stream.send(up(chunk("q1", 0, "a")));

        stream.send(up(chunk("q1", 2, "c").setLast(true)));

        Served.until("the owner knows", () -> site.owner.ended.size() == 1);
        assertThat(site.owner.ended.getFirst().outcome())
                .isInstanceOfSatisfying(
                        Outcome.Answered.class,
                        answered ->
                                assertThat(answered.answer()).isInstanceOf(Answer.Unknown.class));
    }

    @Test
    void anEmptyMessageEndsTheStream() {
        var stream = connected();

        stream.send(ControlUp.getDefaultInstance());

        assertThat(stream.ended().status()).contains(GrpcStatus.INVALID_ARGUMENT);
    }

    @Test
    void commandsGoDownTheNewestStream() {
        var operator = site.enrolled(Site.PROD);
        var older = connected(operator);
        var newer = connected(operator);
        assertThat(older.ended().status()).contains(GrpcStatus.ABORTED);

        Served.until("it is reached", () -> issue(question("q1")) instanceof Dispatch.Taken);

        newer.next(
                down ->
                        down.hasInvestigate()
                                ? Optional.of(down.getInvestigate())
                                : Optional.empty());
    }
}
