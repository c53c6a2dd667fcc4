package dev.kestrel.bus;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;

import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.signal.ResourceRef;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Writes records as JSON and tells sealed siblings apart by name (member {@code is}), so the domain
 * needs no annotations. Instants and durations are ISO-8601 texts. Used on the bus, for stored
 * documents, and for what the API answers.
 */
public final class SealedJson extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1;
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .annotationIntrospector(new SealedJson())
                    .findAndAddModules()
                    .addModule(
                            new SimpleModule()
                                    .addSerializer(new FieldsWriter())
                                    .addDeserializer(Fields.class, new FieldsReader())
                                    .addKeySerializer(ResourceRef.class, new RefKeyWriter())
                                    .addKeyDeserializer(ResourceRef.class, new RefKeyReader()))
                    // What a record says about itself (isLive) is computed and not part of it.
                    .visibility(PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE)
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                    .build();

    private SealedJson() {}

    public static byte[] write(Object message) {
        try {
            return MAPPER.writeValueAsBytes(message);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@link #write} as text. */
    public static String text(Object message) {
        return new String(write(message), StandardCharsets.UTF_8);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws UncheckedIOException when the JSON is not one of the type
     */
    public static <T> T read(byte[] json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public JsonTypeInfo.Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
        return isSealed(annotated.getRawType())
                ? JsonTypeInfo.Value.construct(
                        JsonTypeInfo.Id.SIMPLE_NAME,
                        JsonTypeInfo.As.PROPERTY,
                        "is",
                        null,
                        false,
                        true)
                : super.findPolymorphicTypeInfo(config, annotated);
    }

    @Override
    public List<NamedType> findSubtypes(Annotated annotated) {
        return annotated.getRawType().isSealed()
                ? Arrays.stream(annotated.getRawType().getPermittedSubclasses())
                        .map(sibling -> new NamedType(sibling, sibling.getSimpleName()))
                        .toList()
                : super.findSubtypes(annotated);
    }

    private static boolean isSealed(Class<?> type) {
        return type.isSealed() || Arrays.stream(type.getInterfaces()).anyMatch(Class::isSealed);
    }

    private static final class FieldsWriter extends StdSerializer<Fields> {
        private static final long serialVersionUID = 1;

        FieldsWriter() {
            super(Fields.class);
        }

        @Override
        public void serialize(Fields fields, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            out.writePOJO(fields.tree().orElse(null));
        }
    }

    private static final class FieldsReader extends StdDeserializer<Fields> {
        private static final long serialVersionUID = 1;

        FieldsReader() {
            super(Fields.class);
        }

        @Override
        public Fields deserialize(JsonParser in, DeserializationContext context)
                throws IOException {
            return Fields.of(in.readValueAs(Object.class));
        }

        @Override
        public Object deserializeWithType(
                JsonParser in, DeserializationContext context, TypeDeserializer type)
                throws IOException {
            return deserialize(in, context);
        }

        @Override
        public Fields getNullValue(DeserializationContext context) {
            return Fields.ABSENT;
        }
    }

    private static final class RefKeyWriter extends StdSerializer<ResourceRef> {
        private static final long serialVersionUID = 1;

        RefKeyWriter() {
            super(ResourceRef.class);
        }

        @Override
        public void serialize(ResourceRef ref, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            out.writeFieldName(ref.toString());
        }
    }

    private static final class RefKeyReader extends KeyDeserializer {
        @Override
        public Object deserializeKey(String key, DeserializationContext context) {
            return ResourceRef.parse(key);
        }
    }
}
