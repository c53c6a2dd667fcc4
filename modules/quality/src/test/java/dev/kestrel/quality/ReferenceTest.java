package dev.kestrel.quality;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/**
 * That the reference is what the code and the packs say; {@code -Dgolden.update=true} writes it.
 */
class ReferenceTest {
    static List<Page> pages() {
        return List.of(
                DeclarationPages.detectors(),
                DeclarationPages.knowledge(),
                DeclarationPages.topics(),
                MetricsPage.page(),
                ConfigurationPage.page());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void thePageSaysWhatIsSo(Page page) throws IOException {
        var file = Repository.ROOT.resolve("docs/reference").resolve(page.name());
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, page.text());
        }
        assertThat(file).as("written by -Dgolden.update=true").exists();
        assertThat(Repository.read(file)).isEqualTo(page.text());
    }
}
