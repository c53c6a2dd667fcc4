package dev.kestrel.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;

import dev.kestrel.protocol.wire.v1.ControlOuterClass;
import dev.kestrel.protocol.wire.v1.EnrolmentOuterClass;
import dev.kestrel.protocol.wire.v1.TelemetryOuterClass;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every message of the wire with every field set, as bytes and as JSON. Operators of older versions
 * are out there: bytes that they send must mean the same tomorrow.
 */
class GoldenTest {
    private static final Path GOLDEN =
            Path.of(
                    System.getProperty("kestrel.root", "../.."),
                    "modules/protocol/src/test/resources/golden");
    private static final boolean UPDATE = Boolean.getBoolean("golden.update");

    static Stream<Descriptor> messages() {
        return Stream.of(
                        EnrolmentOuterClass.getDescriptor(),
                        TelemetryOuterClass.getDescriptor(),
                        ControlOuterClass.getDescriptor())
                .flatMap(file -> file.getMessageTypes().stream())
                .flatMap(GoldenTest::withNested);
    }

    private static Stream<Descriptor> withNested(Descriptor type) {
        return Stream.concat(
                Stream.of(type),
                type.getNestedTypes().stream()
                        .filter(nested -> !nested.getOptions().getMapEntry())
                        .flatMap(GoldenTest::withNested));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void meansWhatItMeantBefore(Descriptor type) throws IOException {
        var file = GOLDEN.resolve(type.getFullName().replace("kestrel.operator.v1.", "") + ".txt");
        var lines = variants(type).map(GoldenTest::line).toList();
        if (UPDATE) {
            Files.createDirectories(GOLDEN);
            Files.write(file, lines, StandardCharsets.UTF_8);
        }
        var golden = Files.readAllLines(file, StandardCharsets.UTF_8);
        assertThat(lines).as("every field, in " + file.getFileName()).isEqualTo(golden);
        for (var line : golden) {
            var bytes = HexFormat.of().parseHex(line.substring(0, line.indexOf(' ')));
            var meaning = line.substring(line.indexOf(' ') + 1);
            assertThat(json(DynamicMessage.parseFrom(type, bytes))).isEqualTo(meaning);
        }
    }

    /** One for a message without choices, else one for each choice. */
    private static Stream<Message> variants(Descriptor type) {
        var choices =
                type.getOneofs().isEmpty()
                        ? List.<FieldDescriptor>of()
                        : type.getOneofs().getFirst().getFields();
        return choices.isEmpty()
                ? Stream.of(sample(type, 0))
                : choices.stream()
                        .map(
                                choice ->
                                        sample(type, 0).toBuilder()
                                                .setField(choice, value(choice, 1))
                                                .build());
    }

    private static Message sample(Descriptor type, int depth) {
        var message = DynamicMessage.newBuilder(type);
        for (var field : type.getFields()) {
            if (field.isMapField()) {
                var entry = field.getMessageType();
                message.addRepeatedField(
                        field,
                        DynamicMessage.newBuilder(entry)
                                .setField(entry.findFieldByNumber(1), "key")
                                .setField(entry.findFieldByNumber(2), "value")
                                .build());
            } else if (field.isRepeated()) {
                message.addRepeatedField(field, value(field, depth + 1));
            } else {
                message.setField(field, value(field, depth + 1));
            }
        }
        return message.build();
    }

    private static Object value(FieldDescriptor field, int depth) {
        return switch (field.getJavaType()) {
            case STRING -> field.getName();
            case BYTE_STRING -> com.google.protobuf.ByteString.copyFromUtf8(field.getName());
            case INT -> field.getNumber();
            case LONG -> (long) field.getNumber();
            case BOOLEAN -> true;
            case FLOAT -> 0.5f;
            case DOUBLE -> 0.5;
            case ENUM -> field.getEnumType().getValues().getLast();
            case MESSAGE -> sample(field.getMessageType(), depth);
        };
    }

    private static String line(Message message) {
        return HexFormat.of().formatHex(message.toByteArray()) + " " + json(message);
    }

    private static String json(Message message) {
        try {
            return JsonFormat.printer().omittingInsignificantWhitespace().print(message);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
