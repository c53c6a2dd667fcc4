package dev.kestrel.quality;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** That what the guides quote is what stands in the files they quote it from. */
class GuidesTest {
    /** A block with a language and a file behind it. */
    private static final Pattern QUOTE = Pattern.compile("(?ms)^```[a-z]+ (\\S+)\\n(.*?)^```$");

    @Test
    void everySnippetIsAnExcerpt() {
        var wrong = new ArrayList<String>();
        Repository.files(".md")
                .forEach(
                        guide ->
                                wrongQuotes(Repository.read(guide)).stream()
                                        .map(quote -> Repository.name(guide) + ": " + quote)
                                        .forEach(wrong::add));
        assertThat(wrong).isEmpty();
    }

    @Test
    void eachGuideQuotesTheCode() {
        assertThat(Repository.files(".md").filter(file -> file.toString().contains("/guides/")))
                .hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy(
                        guide -> assertThat(QUOTE.matcher(Repository.read(guide)).find()).isTrue());
    }

    @Test
    void aSnippetThatIsMadeUpIsSeen() {
        var quote = "```sh kestrel\nset -eu\n```\n";
        assertThat(wrongQuotes(quote)).isEmpty();
        assertThat(wrongQuotes(quote.replace("eu", "ux"))).hasSize(1);
        assertThat(wrongQuotes(quote.replace("kestrel", "nowhere"))).hasSize(1);
    }

    private static List<String> wrongQuotes(String guide) {
        var wrong = new ArrayList<String>();
        for (var quote : QUOTE.matcher(guide).results().toList()) {
            var file = Repository.ROOT.resolve(quote.group(1));
            if (!Files.isRegularFile(file)
                    || !squeezed(Repository.read(file)).contains(squeezed(quote.group(2)))) {
                wrong.add("not in " + quote.group(1) + ": " + quote.group(2).strip());
            }
        }
        return wrong;
    }

    /** Where lines break is the formatter's business. */
    private static String squeezed(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
