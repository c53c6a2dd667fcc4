package dev.kestrel.api.http;

import dev.kestrel.api.http.Problem.Mistake;

import io.vertx.core.json.JsonObject;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Reads the members of a query or body and notes everything that is wrong with them, so that a
 * caller hears of all mistakes at once. {@link #check} ends it.
 */
public final class Input {
    private final String where;
    private final JsonObject members;
    private final TreeSet<String> unread;
    private final List<Mistake> mistakes = new ArrayList<>();

    Input(String where, JsonObject members) {
        this.where = where;
        this.members = members;
        this.unread = new TreeSet<>(members.fieldNames());
    }

    /** A text that must be there, with a length within these. */
    public String text(String name, int least, int most) {
        return length(name, read(name, ""), least, most);
    }

    /** A text that must be there and look like this. */
    public String text(String name, int most, Pattern pattern) {
        var text = text(name, 1, most);
        if (!text.isEmpty() && !pattern.matcher(text).matches()) {
            wrong(name, "must look like " + pattern);
        }
        return text;
    }

    /** A text that may be left out. */
    public String optionalText(String name, int most) {
        return length(name, read(name, ""), 0, most);
    }

    /** Whether a database can be asked for it. */
    static boolean isText(String text) {
        return text.indexOf('\0') < 0
                && text.codePoints()
                        .noneMatch(
                                point ->
                                        Character.MIN_SURROGATE <= point
                                                && point <= Character.MAX_SURROGATE);
    }

    private String length(String name, String text, int least, int most) {
        if (!isText(text)) {
            wrong(name, "must have no NUL and no half of a character");
            return "";
        }
        if (text.length() < least || text.length() > most) {
            wrong(name, "must have %d to %d characters".formatted(least, most));
            return "";
        }
        return text;
    }

    public boolean truth(String name) {
        unread.remove(name);
        if (members.getMap().get(name) instanceof Boolean truth) {
            return truth;
        }
        wrong(name, "must be true or false");
        return false;
    }

    /** One of the names of an enum that must be there. */
    public <E extends Enum<E>> E choice(String name, Class<E> type) {
        var text = read(name, "");
        for (var constant : type.getEnumConstants()) {
            if (constant.name().equals(text)) {
                return constant;
            }
        }
        wrong(name, "must be one of " + List.of(type.getEnumConstants()));
        return type.getEnumConstants()[0];
    }

    /** Any of the names of an enum, from a query; none means any. */
    public <E extends Enum<E>> List<String> choices(String name, Class<E> type) {
        var texts = texts(name, type.getEnumConstants().length, 40);
        var known = List.of(type.getEnumConstants()).stream().map(Enum::name).toList();
        if (!known.containsAll(texts)) {
            wrong(name, "must be any of " + known);
        }
        return texts;
    }

    /** Repeated parameters of a query. */
    public List<String> texts(String name, int mostTexts, int mostCharacters) {
        unread.remove(name);
        var texts =
                members.getMap().get(name) instanceof List<?> list
                        ? list.stream().map(String::valueOf).toList()
                        : List.<String>of();
        if (!texts.stream().allMatch(Input::isText)) {
            wrong(name, "must have no NUL and no half of a character");
            return List.of();
        }
        if (texts.size() > mostTexts
                || texts.stream().anyMatch(text -> text.length() > mostCharacters)) {
            wrong(
                    name,
                    "may be given %d times with %d characters each"
                            .formatted(mostTexts, mostCharacters));
            return List.of();
        }
        return texts;
    }

    /** A whole number from a query. */
    public long number(String name, long otherwise, long least, long most) {
        var text = read(name, Long.toString(otherwise));
        try {
            var number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            wrong(name, "must be a whole number");
            return otherwise;
        }
        wrong(name, "must be from %d to %d".formatted(least, most));
        return otherwise;
    }

    private String read(String name, String otherwise) {
        unread.remove(name);
        return switch (members.getMap().get(name)) {
            case null -> otherwise;
            case String text -> text;
            case List<?> list when list.size() == 1 -> String.valueOf(list.getFirst());
            default -> {
                wrong(name, "must be one text");
                yield otherwise;
            }
        };
    }

    private void wrong(String name, String problem) {
        mistakes.add(new Mistake(where + "/" + name, problem));
    }

    /** Fails the call when anything was wrong, or when there are members that nobody asked for. */
    public void check() {
        unread.forEach(name -> wrong(name, "is not known here"));
        unread.clear();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).raised();
        }
    }
}
