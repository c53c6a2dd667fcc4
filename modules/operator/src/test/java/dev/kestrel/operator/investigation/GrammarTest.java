package dev.kestrel.operator.investigation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.investigation.Question;
import dev.kestrel.operator.investigation.Grammar.Verdict;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.HashMap;
import java.util.Map;

final class GrammarTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    k8s.get     | kind=Pod namespace=shop name=cart-1 | allowed
                    k8s.get     | kind=Node name=worker-1 | allowed
                    k8s.get     | kind=Secret namespace=shop name=db | objects of this kind are not read here
                    k8s.list    | kind=Secret | objects of this kind are not read here
                    k8s.list    | kind=secrets | argument kind does not match its grammar
                    k8s.get     | kind=Pod name=cart-1 | argument namespace is missing
                    k8s.get     | kind=Node namespace=shop name=n | objects of this kind have no namespace
                    k8s.get     | kind=Pod namespace=shop name=../secrets/db | argument name does not match its grammar
                    k8s.get     | kind=Pod namespace=shop name=a%2Fb | argument name does not match its grammar
                    k8s.get     | kind=Pod namespace=shop | argument name is missing
                    k8s.get     | kind=Pod namespace=shop name=x subresource=exec | an argument is not known to k8s.get
                    k8s.list    | kind=Pod selector=app=cart,tier!=web limit=99 | allowed
                    k8s.list    | kind=Pod limit=100 | argument limit does not match its grammar
                    k8s.list    | kind=Pod limit=0 | argument limit does not match its grammar
                    k8s.list    | kind=Pod selector=app&watch=true | argument selector does not match its grammar
                    k8s.events  | namespace=shop kind=Pod name=cart-1 | allowed
                    k8s.logs    | namespace=shop pod=cart-1 container=app previous=true lines=999 | allowed
                    k8s.logs    | namespace=shop pod=cart-1 previous=yes | argument previous does not match its grammar
                    k8s.logs    | namespace=shop pod=cart-1 lines=1000 | argument lines does not match its grammar
                    k8s.exec    | namespace=shop pod=cart-1 command=ls | there is no such tool here
                    dns.lookup  | name=backend.shop.svc.cluster.local type=AAAA server=10.96.0.10 | allowed
                    dns.lookup  | name=_http._tcp.backend.shop type=SRV | allowed
                    dns.lookup  | name=-x | argument name does not match its grammar
                    dns.lookup  | name=a..b | argument name does not match its grammar
                    dns.lookup  | name=a type=ANY | argument type does not match its grammar
                    dns.lookup  | name=a server=dns.example.com | argument server does not match its grammar
                    dns.lookup  | name=a server=10.96.0.256 | argument server does not match its grammar
                    tcp.connect | host=backend.shop port=65535 | allowed
                    tcp.connect | host=fd00::1 port=80 | allowed
                    tcp.connect | host=backend port=65536 | argument port does not match its grammar
                    tcp.connect | host=backend port=0 | argument port does not match its grammar
                    tcp.connect | host=backend;id port=80 | argument host does not match its grammar
                    """)
    void onlyWhatTheGrammarAllowsIsAsked(String tool, String arguments, String verdict) {
        var said = new HashMap<String, String>();
        for (var argument : arguments.split(" ", -1)) {
            var equals = argument.indexOf('=');
            said.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
        assertThat(words(Grammar.check(new Question(tool, said)))).isEqualTo(verdict);
    }

    @Test
    void whatIsLeftOutHasADefault() {
        var verdict =
                Grammar.check(
                        new Question("k8s.logs", Map.of("namespace", "shop", "pod", "cart-1")));
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Allowed.class,
                        allowed ->
                                assertThat(allowed.arguments())
                                        .containsEntry("lines", "200")
                                        .containsEntry("previous", "false"));
    }

    @Test
    void anArgumentOfAThousandCharactersIsRefusedWithoutBeingMatched() {
        var verdict =
                Grammar.check(new Question("dns.lookup", Map.of("name", "a.".repeat(500) + "a")));
        assertThat(words(verdict)).isEqualTo("argument name does not match its grammar");
    }

    private static String words(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Allowed allowed -> "allowed";
            case Verdict.Refused refused -> refused.why();
        };
    }
}
