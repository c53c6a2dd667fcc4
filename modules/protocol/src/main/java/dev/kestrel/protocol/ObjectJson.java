package dev.kestrel.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;

import dev.kestrel.domain.command.CanonicalJson;
import dev.kestrel.domain.signal.Fields;
import dev.kestrel.protocol.Malformed.Reason;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the JSON of an object into {@link Fields}, bounded in size, depth and number of values, so
 * that a hostile sender cannot make a small message a large tree. Members that are {@code null} are
 * left out, as Kubernetes treats them.
 */
public final class ObjectJson {
    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(WireLimits.OBJECT_DEPTH)
                                    .maxDocumentLength(WireLimits.OBJECT_BYTES)
                                    .maxStringLength(WireLimits.OBJECT_BYTES)
                                    .maxNameLength(4096)
                                    .maxNumberLength(64)
                                    .build())
                    .build();

    /** Stands for a null until the whole object is read, so that a second member is noticed. */
    private static final Object NULL = new Object();

    private final JsonParser in;
    private int values;

    private ObjectJson(JsonParser in) {
        this.in = in;
    }

    /**
     * Reads one JSON object.
     *
     * @throws Malformed when it is no JSON object, or over a limit
     */
    public static Fields read(InputStream bytes, int length) {
        if (length > WireLimits.OBJECT_BYTES) {
            throw new Malformed(Reason.TOO_LARGE, "object of " + length + " bytes");
        }
        try (var in = JSON.createParser(bytes)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new Malformed(Reason.BAD_JSON, "expected a JSON object");
            }
            var fields = Fields.of(new ObjectJson(in).object());
            if (in.nextToken() != null) {
                throw new Malformed(Reason.BAD_JSON, "more than one JSON value");
            }
            return fields;
        } catch (com.fasterxml.jackson.core.exc.StreamConstraintsException e) {
            throw new Malformed(Reason.TOO_LARGE, "JSON over a limit of depth or length");
        } catch (IOException e) {
            throw new Malformed(Reason.BAD_JSON, "no JSON");
        }
    }

    /** Canonical JSON, UTF-8. */
    public static byte[] write(Fields fields) {
        return CanonicalJson.write(fields).getBytes(StandardCharsets.UTF_8);
    }

    private Map<String, Object> object() throws IOException {
        count();
        var members = new LinkedHashMap<String, Object>();
        var nulls = false;
        while (in.nextToken() != JsonToken.END_OBJECT) {
            var name = WireText.clean(in.currentName());
            var isNull = in.nextToken() == JsonToken.VALUE_NULL;
            nulls |= isNull;
            if (members.put(name, isNull ? NULL : value()) != null) {
                throw new Malformed(Reason.BAD_JSON, "a member comes twice");
            }
        }
        if (nulls) {
            members.values().removeIf(NULL::equals);
        }
        return members;
    }

    private List<Object> list() throws IOException {
        count();
        var members = new ArrayList<Object>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            if (in.currentToken() != JsonToken.VALUE_NULL) {
                members.add(value());
            }
        }
        return members;
    }

    private Object value() throws IOException {
        return switch (in.currentToken()) {
            case START_OBJECT -> object();
            case START_ARRAY -> list();
            case VALUE_STRING -> counted(WireText.clean(in.getText()));
            case VALUE_TRUE -> counted(true);
            case VALUE_FALSE -> counted(false);
            case VALUE_NUMBER_INT -> counted(integer());
            case VALUE_NUMBER_FLOAT -> counted(real(in.getDoubleValue()));
            case null, default -> throw new Malformed(Reason.BAD_JSON, "no JSON value");
        };
    }

    private Number integer() throws IOException {
        return in.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? in.getBigIntegerValue()
                : (Number) in.getLongValue();
    }

    /** A whole number has one form only, as in canonical JSON. */
    private static Number real(double number) throws IOException {
        if (!Double.isFinite(number)) {
            throw new IOException("a number out of range");
        }
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? (Number) (long) number
                : number;
    }

    private Object counted(Object value) {
        count();
        return value;
    }

    private void count() {
        if (++values > WireLimits.OBJECT_VALUES) {
            throw new Malformed(
                    Reason.TOO_LARGE,
                    "more than " + WireLimits.OBJECT_VALUES + " values in one object");
        }
    }
}
