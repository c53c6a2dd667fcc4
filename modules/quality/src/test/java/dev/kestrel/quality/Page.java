package dev.kestrel.quality;

import java.util.List;

/**
 * One page of the reference.
 *
 * @param name of the file
 */
record Page(String name, String text) {
    /**
     * @param head the names of the columns
     */
    static Page table(
            String name, String title, String about, List<String> head, List<List<String>> rows) {
        return new Page(name, title(title, about) + table(head, rows));
    }

    static String title(String title, String about) {
        return "# " + title + "\n\n" + about + "\n\nRendered by a test, never edited.\n\n";
    }

    static String table(List<String> head, List<List<String>> rows) {
        var text = new StringBuilder(row(head)).append("| --- ".repeat(head.size())).append("|\n");
        rows.forEach(cells -> text.append(row(cells)));
        return text.toString();
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    static String code(String text) {
        return text.isEmpty() ? "" : "`" + text + "`";
    }

    @Override
    public String toString() {
        return name;
    }
}
