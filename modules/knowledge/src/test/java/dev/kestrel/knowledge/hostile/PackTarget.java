package dev.kestrel.knowledge.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.signal.ResourceRef;
import dev.kestrel.knowledge.KnowledgeReader;
import dev.kestrel.knowledge.PackFiles;
import dev.kestrel.knowledge.Shop;
import dev.kestrel.testkit.hostile.Target;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A pack: it is read or complained about, and its conditions hold or do not. */
public final class PackTarget implements Target {
    private static final ResourceRef SUBJECT = ResourceRef.parse("Deployment/shop/checkout");
    private static final String PACK =
            """
            apiVersion: kestrel/v1
            pack: sample
            mechanisms:
              - id: a.b
                on: workload
                family: f
                title: t
                share: 0.1
                change: {pi: 0.5, paths: [spec.replicas]}
                when: has(self.spec) && template.containers.exists(c, c.name == 'x')
                noFix: none
            states:
              - {id: s.t, on: workload, title: t, source: x, leak: 0.1, maxLag: 30s}
            effects:
              - {from: a.b, to: s.t, w: 0.9, lag: [0s, 2m], gate: all, when: name.startsWith('c')}
            """;

    private final Shop shop = new Shop();

    public static void fuzzerTestOneInput(byte[] input) {
        new PackTarget().feed(input);
    }

    @Override
    public List<byte[]> seeds() {
        return Stream.of(
                        PACK, "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "- 1\n- .inf\n- 0o7\n")
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public List<String> words() {
        return List.of(
                "[",
                "{",
                "]",
                "}",
                "&a ",
                "*a",
                ": ",
                "- ",
                "\n",
                "|\n",
                "? ",
                "!!int ",
                "!!binary ",
                "---\n",
                "0o17",
                "-.inf",
                ".nan",
                "0x1F",
                "~",
                "\t",
                "\u0000",
                "\ufeff",
                "self.metadata.all(x, self.metadata.exists(y, x == y))",
                "(",
                "name.matches('(a+)+$')");
    }

    @Override
    public void feed(byte[] input) {
        var packs = new TreeMap<String, String>();
        packs.put("sample.yaml", new String(input, StandardCharsets.UTF_8));
        var read = KnowledgeReader.read(new PackFiles(packs, new TreeMap<>()));
        assertThat(read.complaints()).doesNotContainNull();
        read.packs().stream()
                .flatMap(pack -> pack.mechanisms().stream())
                .forEach(one -> one.value().when().holds(SUBJECT, shop.topology()));
    }
}
