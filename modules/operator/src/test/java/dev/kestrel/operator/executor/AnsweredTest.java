package dev.kestrel.operator.executor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.command.Command;
import dev.kestrel.domain.command.Outcome;
import dev.kestrel.domain.investigation.Answer;
import dev.kestrel.domain.investigation.Question;
import dev.kestrel.operator.executor.Answered.Arrival;
import dev.kestrel.operator.link.Commands.Ended;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

final class AnsweredTest {
    private final Answered answered = new Answered(3, 1000);

    @Test
    void aCommandIsDoneOnceAndAnsweredAgain() {
        assertThat(answered.arrived(ask("a"))).isInstanceOf(Arrival.New.class);
        assertThat(answered.arrived(ask("a"))).isInstanceOf(Arrival.UnderWay.class);
        answered.finish("a", ended("first"));
        assertThat(answered.arrived(ask("a"))).isEqualTo(new Arrival.Again(ended("first")));
    }

    @Test
    void theOldestAreForgottenWhenThereAreTooMany() {
        for (var id : new String[] {"a", "b", "c"}) {
            answered.arrived(ask(id));
            answered.finish(id, ended("x"));
        }
        assertThat(answered.size()).isEqualTo(3);
        answered.arrived(ask("d"));
        answered.finish("d", ended("x"));
        assertThat(answered.size()).isEqualTo(3);
        assertThat(answered.arrived(ask("a"))).isInstanceOf(Arrival.New.class);
    }

    @Test
    void largeAnswersAreForgottenSooner() {
        answered.finish("a", ended("x".repeat(600)));
        answered.finish("b", ended("x".repeat(400)));
        assertThat(answered.size()).isEqualTo(2);
        answered.finish("c", ended("x"));
        assertThat(answered.size()).isEqualTo(2);
        assertThat(answered.arrived(ask("a"))).isInstanceOf(Arrival.New.class);
    }

    private static Command ask(String id) {
        return new Command.Investigate(
                id, new Question("k8s.get", Map.of()), Duration.ofSeconds(1));
    }

    private static Ended ended(String output) {
        return new Ended(
                new Outcome.Answered(new Answer.Given(output, false), Instant.EPOCH),
                false,
                Duration.ZERO);
    }
}
