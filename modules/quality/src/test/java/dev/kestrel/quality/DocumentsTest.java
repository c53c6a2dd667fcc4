package dev.kestrel.quality;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** That the documents name only what is there. */
class DocumentsTest {
    private static final Pattern LINK =
            Pattern.compile("\\]\\((?!https?:|#|mailto:)([^)#\\s]+)(?:#[^)]*)?\\)");
    private static final Pattern PATH =
            Pattern.compile("`((?:modules|conf|docs|deploy|proto|webroot)/[A-Za-z0-9_./-]+)`");
    private static final Pattern COMMAND = Pattern.compile("\\./kestrel ([a-z]+)");

    @Test
    void everyLinkAndPathLeadsSomewhere() {
        var broken = new ArrayList<String>();
        Repository.files(".md")
                .forEach(
                        file -> {
                            var text = Repository.read(file);
                            named(LINK, text).stream()
                                    .filter(link -> !Files.exists(file.resolveSibling(link)))
                                    .forEach(
                                            link ->
                                                    broken.add(
                                                            Repository.ROOT.relativize(file)
                                                                    + " → "
                                                                    + link));
                            named(PATH, text).stream()
                                    .filter(path -> !Files.exists(Repository.ROOT.resolve(path)))
                                    .forEach(
                                            path ->
                                                    broken.add(
                                                            Repository.ROOT.relativize(file)
                                                                    + " → "
                                                                    + path));
                        });
        assertThat(broken).isEmpty();
    }

    @Test
    void everyCommandInTheDocumentsIsKnownToTheLauncher() {
        var help = Repository.read(Repository.ROOT.resolve("kestrel"));
        var unknown = new ArrayList<String>();
        Repository.files(".md")
                .forEach(
                        file ->
                                named(COMMAND, Repository.read(file)).stream()
                                        .filter(command -> !help.contains("\n  " + command + " "))
                                        .forEach(
                                                command ->
                                                        unknown.add(
                                                                file + ": ./kestrel " + command)));
        assertThat(unknown).isEmpty();
    }

    @Test
    void everyModuleIsOnTheMap() {
        var map = Repository.read(Repository.ROOT.resolve("ARCHITECTURE.md"));
        try (var modules = Files.list(Repository.ROOT.resolve("modules"))) {
            assertThat(modules.map(Path::getFileName).map(Path::toString))
                    .allSatisfy(module -> assertThat(map).contains("`modules/" + module + "`"));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<String> named(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1)).toList();
    }
}
