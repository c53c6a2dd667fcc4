package dev.kestrel.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.bus.Bus.JsonCodec;

import io.vertx.core.buffer.Buffer;

import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Local delivery never encodes, so what works on one node is proved here for several. */
class CodecTest {
    static List<Object> samples() {
        return Samples.all();
    }

    private static Set<Class<?>> travelling() {
        var types = new LinkedHashSet<Class<?>>();
        for (var topic : Topics.ALL) {
            types.add(topic.message());
            if (topic instanceof Topic.Question<?, ?> question) {
                types.add(question.reply());
            }
        }
        return types;
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everyMessageSurvivesItsCodec(Object message) {
        var type =
                travelling().stream()
                        .filter(candidate -> candidate.isInstance(message))
                        .findFirst()
                        .orElseThrow();

        assertThat(throughTheWire(message, type))
                .usingRecursiveComparison(
                        RecursiveComparisonConfiguration.builder()
                                .withStrictTypeChecking(true)
                                .build())
                .isEqualTo(message);
    }

    private static <T> Object throughTheWire(Object message, Class<T> type) {
        var codec = new JsonCodec<>(type);
        var wire = Buffer.buffer("before");
        codec.encodeToWire(wire, type.cast(message));
        return codec.decodeFromWire("before".length(), wire.appendString("after"));
    }

    @Test
    void everyTypeThatTravelsHasASample() {
        assertThat(travelling())
                .allMatch(
                        type -> Samples.all().stream().anyMatch(type::isInstance), "has a sample");
    }

    @Test
    void everySealedSiblingHasASample() {
        var sampled =
                Stream.of(
                                Samples.observations(),
                                Samples.commands(),
                                Samples.dispatches(),
                                Samples.outcomes(),
                                Samples.words())
                        .flatMap(samples -> samples)
                        .map(Object::getClass)
                        .collect(Collectors.toSet());
        var siblings =
                Stream.of(
                                dev.kestrel.domain.signal.Observation.class,
                                dev.kestrel.domain.command.Command.class,
                                dev.kestrel.domain.command.Dispatch.class,
                                dev.kestrel.domain.command.Outcome.class,
                                dev.kestrel.domain.remediation.Word.class)
                        .flatMap(type -> Stream.of(type.getPermittedSubclasses()))
                        .filter(Class::isRecord)
                        .toList();

        assertThat(sampled).containsAll(siblings);
    }

    @Test
    void topicsHaveNamesOfTheirOwn() {
        assertThat(Topics.ALL.stream().map(Topic::name)).doesNotHaveDuplicates();
    }
}
