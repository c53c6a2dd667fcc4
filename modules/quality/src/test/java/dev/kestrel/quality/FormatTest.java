package dev.kestrel.quality;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;

class FormatTest {
    private static final Formatter FORMATTER =
            new Formatter(
                    JavaFormatterOptions.builder().style(JavaFormatterOptions.Style.AOSP).build());

    @Test
    void everySourceIsFormatted() {
        assertThat(
                        Repository.javaSources().parallelStream()
                                .filter(FormatTest::isUntidy)
                                .map(Repository.ROOT::relativize))
                .as("run ./kestrel format")
                .isEmpty();
    }

    @Test
    void anUnformattedSourceIsSeen() {
        assertThat(isUntidy("class A{int b;}\n")).isTrue();
    }

    private static boolean isUntidy(Path file) {
        return isUntidy(Repository.read(file));
    }

    private static boolean isUntidy(String source) {
        try {
            return !FORMATTER.formatSourceAndFixImports(source).equals(source)
                    || !RemoveUnusedImports.removeUnusedImports(source).equals(source);
        } catch (FormatterException e) {
            throw new IllegalStateException(e);
        }
    }
}
