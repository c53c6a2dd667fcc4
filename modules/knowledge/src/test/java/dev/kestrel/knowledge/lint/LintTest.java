package dev.kestrel.knowledge.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kestrel.knowledge.KnowledgeReader;
import dev.kestrel.knowledge.PackFiles;

import org.junit.jupiter.api.Test;

import java.util.TreeMap;

class LintTest {
    private static final String HEAD = "apiVersion: kestrel/v1\npack: more\n";

    private static LintReport lint(String extra) {
        var bundled = PackFiles.bundled();
        var packs = new TreeMap<>(bundled.packs());
        packs.put("more.yaml", extra);
        return Lint.of(KnowledgeReader.read(new PackFiles(packs, bundled.worlds())));
    }

    private static void assertComplains(String extra, String... complaints) {
        var report = lint(extra);

        assertThat(report.isClean()).isFalse();
        assertThat(report.text()).contains(complaints);
    }

    @Test
    void whatIsWrittenWrongIsNamedByFileAndLine() {
        assertComplains(
                HEAD
                        + """
                        states:
                        - {id: a.b, on: Workload, title: t, source: logs, leak: 0.95, colour: red}
                        effects:
                        - {from: a.b, to: pod.not_ready.all, w: 1.0, path: "Workload <-LOVES- Service"}
                        - {from: a.b, to: no.such, w: 0.5, lag: [1s], when: "self.spec ="}
                        mechanisms:
                        - {id: m.x, on: Workload, title: t, family: f, share: 0.1, fixes: [fix.none], signature: nobody}
                        - {id: m.y, on: Workload, title: t, family: f, share: 0.1}
                        """,
                "more.yaml:4: leak is 0.95; it should be 0.002 to 0.9",
                "more.yaml:4: colour is no field here",
                "more.yaml:6: w is 1.0; it should be 0.01 to 0.99",
                "more.yaml:6: path is Workload <-LOVES- Service",
                "more.yaml:7: there is no state no.such",
                "more.yaml:7: lag should be [soonest, latest]",
                "more.yaml:7: when is self.spec =",
                "more.yaml:9: there is no fix fix.none",
                "more.yaml:9: there is no analyzer nobody",
                "more.yaml:9: m.x leads to no symptom, so nothing can show it",
                "more.yaml:10: give fixes, or say in noFix why there is none",
                "the pack more has 0 examples where one of its mechanisms is the cause");
    }

    @Test
    void whatIsNoYamlIsNamedByFileAndLine() {
        assertComplains("apiVersion: kestrel/v1\npack: [unclosed\n", "more.yaml:", "no YAML");
    }

    @Test
    void aThingIsDeclaredOnce() {
        assertComplains(
                HEAD + "states:\n- {id: image.pull_failed, on: Workload, title: t, source: logs}\n",
                "states.yaml:15: image.pull_failed is declared already at more.yaml:4");
    }

    @Test
    void effectsDoNotLeadInACircle() {
        assertComplains(
                HEAD
                        + "effects:\n"
                        + "- {from: pod.not_ready.all, to: container.oom_killed, w: 0.5}\n",
                "the effects lead in a circle: ",
                "pod.not_ready.all -> container.oom_killed");
    }

    @Test
    void anExampleThatComesOutOtherwiseSaysHow() {
        assertComplains(
                HEAD
                        + """
                        examples:
                        - name: wrong on purpose
                          world: shop
                          symptoms: [service.selects_nothing@Service/shop/cart -1m]
                          expect: {top: image.not_found@Deployment/shop/cart}
                        - {name: nowhere, world: nowhere, symptoms: [], expect: {verdict: UNKNOWN_CAUSE}}
                        - {name: no state, world: shop, symptoms: [no.such@Service/shop/cart -1m], expect: {verdict: UNKNOWN_CAUSE}}
                        """,
                "more.yaml:4: the example \"wrong on purpose\" comes out otherwise: expected"
                        + " image.not_found@Deployment/shop/cart first. Got ",
                "there is no world nowhere; there are [shop]",
                "there is no state no.such");
    }

    @Test
    void whatLooksTheSameIsNamed() {
        var report =
                lint(
                        HEAD
                                + """
                                mechanisms:
                                - {id: m.one, on: Workload, title: t, family: f, share: 0.01, noFix: none}
                                - {id: m.two, on: Workload, title: t, family: f, share: 0.01, noFix: none}
                                effects:
                                - {from: m.one, to: job.failed, w: 0.6}
                                - {from: m.two, to: job.failed, w: 0.7}
                                """);

        assertThat(report.text())
                .contains("more.yaml:4: warning: m.one and m.two are indistinguishable");
        assertThat(report.pairs())
                .anyMatch(pair -> pair.one().equals("m.one") && !pair.separated());
    }

    @Test
    void programsGetTheSameAsJson() {
        var json = lint(HEAD + "nonsense: 1\n").json();

        assertThat(json).contains("\"clean\":false", "\"file\":\"more.yaml\"", "\"line\":3");
    }

    @Test
    void knowledgeWithMistakesIsNotReasonedWith() {
        var bundled = PackFiles.bundled();
        var packs = new TreeMap<>(bundled.packs());
        packs.put("more.yaml", "apiVersion: other/v1\npack: more\n");
        var knowledge = KnowledgeReader.read(new PackFiles(packs, bundled.worlds()));

        assertThatThrownBy(knowledge::sound)
                .hasMessageContaining("more.yaml:1: apiVersion should be kestrel/v1");
    }

    @Test
    void everyEditChangesTheDigestAndNothingElseDoes() {
        var bundled = KnowledgeReader.bundled();
        var packs = new TreeMap<>(bundled.files().packs());
        packs.merge("dns.yaml", "# a comment\n", String::concat);
        var edited = KnowledgeReader.read(new PackFiles(packs, bundled.files().worlds()));

        assertThat(bundled.isSameAs(KnowledgeReader.bundled())).isTrue();
        assertThat(bundled.isSameAs(edited)).isFalse();
    }
}
