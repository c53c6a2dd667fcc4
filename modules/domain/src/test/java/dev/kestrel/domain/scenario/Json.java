package dev.kestrel.domain.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the values of a scenario: JSON, where a bare word is a text and a dash is nothing. */
final class Json {
    /** What is assigned to take something out. */
    static final Object NOTHING = new Object();

    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    static Object read(String text) {
        if (text.equals("-")) {
            return NOTHING;
        }
        var json = new Json(text);
        var structured = text.startsWith("{") || text.startsWith("[") || text.startsWith("\"");
        return structured ? json.value() : scalar(text);
    }

    private static Object scalar(String word) {
        if (word.equals("true") || word.equals("false")) {
            return Boolean.valueOf(word);
        }
        return word.matches("-?\\d{1,18}") ? (Object) Long.valueOf(word) : word;
    }

    private Object value() {
        skip();
        return switch (text.charAt(at)) {
            case '{' -> map();
            case '[' -> list();
            case '"' -> quoted();
            default -> scalar(word());
        };
    }

    private Map<String, Object> map() {
        var map = new TreeMap<String, Object>();
        at++;
        for (skip(); text.charAt(at) != '}'; skip()) {
            var key = text.charAt(at) == '"' ? quoted() : word();
            skip();
            at++; // the colon
            map.put(key, value());
            comma();
        }
        at++;
        return map;
    }

    private List<Object> list() {
        var list = new ArrayList<Object>();
        at++;
        for (skip(); text.charAt(at) != ']'; skip()) {
            list.add(value());
            comma();
        }
        at++;
        return list;
    }

    private String quoted() {
        var end = text.indexOf('"', at + 1);
        var found = text.substring(at + 1, end);
        at = end + 1;
        return found;
    }

    private String word() {
        var from = at;
        while (at < text.length() && ",:{}[]".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(from, at).strip();
    }

    private void comma() {
        skip();
        if (text.charAt(at) == ',') {
            at++;
        }
    }

    private void skip() {
        while (text.charAt(at) == ' ') {
            at++;
        }
    }
}
