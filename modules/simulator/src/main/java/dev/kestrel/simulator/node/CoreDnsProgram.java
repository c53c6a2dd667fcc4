package dev.kestrel.simulator.node;

import dev.kestrel.simulator.network.Reply;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** CoreDNS: serves names as long as its Corefile can be read. */
final class CoreDnsProgram implements Program {
    private static final Set<String> PLUGINS =
            Set.of(
                    "errors",
                    "health",
                    "ready",
                    "kubernetes",
                    "prometheus",
                    "forward",
                    "cache",
                    "loop",
                    "reload",
                    "loadbalance",
                    "log",
                    "hosts",
                    "rewrite",
                    "template");

    private final Surroundings around;
    private boolean serving;

    CoreDnsProgram(Surroundings around) {
        this.around = around;
    }

    @Override
    public int live(Instant now) {
        if (serving) {
            return RUNNING;
        }
        int at = around.arguments().indexOf("-conf");
        var path = at >= 0 ? around.arguments().get(at + 1) : "/Corefile";
        var corefile = around.files().get(path);
        var fault =
                corefile == null
                        ? "loading Caddyfile via flag: open %s: no such file or directory"
                                .formatted(path)
                        : faultIn(corefile, path);
        if (!fault.isEmpty()) {
            around.log().print(now, fault);
            return 1;
        }
        serving = true;
        around.log().print(now, ".:53");
        around.log().print(now, "CoreDNS-1.14.7");
        around.log().print(now, "linux/amd64, go1.26.8, ");
        return RUNNING;
    }

    private static String faultIn(String corefile, String path) {
        var lines = corefile.split("\n");
        int depth = 0;
        for (int i = 0; i < lines.length; i++) {
            var line = lines[i].strip();
            var word = line.split("[\\s{]")[0];
            if (depth == 1 && !word.isEmpty() && !line.equals("}") && !PLUGINS.contains(word)) {
                return "%s:%d - Error during parsing: Unknown directive '%s'"
                        .formatted(path, i + 1, word);
            }
            depth += line.endsWith("{") ? 1 : line.equals("}") ? -1 : 0;
        }
        return "";
    }

    @Override
    public long bytes(Instant now) {
        return 16L << 20;
    }

    @Override
    public boolean listens(int port) {
        return serving && (port == 53 || port == 8080 || port == 8181 || port == 9153);
    }

    @Override
    public Reply get(String path, Instant now) {
        return new Reply.Answered(200, "OK", Duration.ofMillis(1));
    }

    @Override
    public int terminated() {
        return 0;
    }
}
