package dev.kestrel.cli.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class ScratchFolderTest {
    @Test
    void whatAnEarlierStartLeftIsRemoved(@TempDir Path parent) throws IOException {
        var folder = parent.resolve("demo");
        Files.createDirectories(folder.resolve("postgres/data"));
        Files.writeString(folder.resolve("token.key"), "old");

        ScratchFolder.empty(folder);
        assertThat(folder).doesNotExist();
        ScratchFolder.empty(folder);
    }

    @Test
    void aFolderWithSomethingElseInItIsLeftAsItIs(@TempDir Path folder) throws IOException {
        var ours = Files.writeString(folder.resolve("token.key"), "old");
        var precious = Files.writeString(folder.resolve("thesis.txt"), "years of work");

        assertThatThrownBy(() -> ScratchFolder.empty(folder)).hasMessageContaining("thesis.txt");
        assertThat(precious).exists();
        assertThat(ours).exists();
    }
}
