package dev.kestrel.cli.bench;

import com.sun.management.HotSpotDiagnosticMXBean;

import io.vertx.core.json.JsonObject;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What operators cost that are connected and say nothing: resident memory of the server process
 * after a collection. What one more costs is the slope between a fifth of them and all, so that the
 * server itself is not in it; the kernel's buffers are not either.
 *
 * @param residentMb by operators connected
 */
record IdleMemory(int operators, Map<Integer, Double> residentMb) {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Duration SETTLING = Duration.ofSeconds(3);

    static IdleMemory measure(String fleet, int operators, Rig rig) {
        giveBackWhatIsFree();
        var resident = new TreeMap<Integer, Double>();
        resident.put(0, resident());
        for (var count : new int[] {Math.max(1, operators / 5), operators}) {
            rig.say().accept("opening streams up to " + count);
            rig.connect(fleet, rig.servers().streamPort(), count);
            rig.have(fleet, "open");
            Rig.pause(SETTLING);
            resident.put(count, resident());
        }
        rig.have(fleet, "close");
        return new IdleMemory(operators, resident);
    }

    /** Otherwise the heap keeps what the handshakes needed. */
    private static void giveBackWhatIsFree() {
        var machine = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        machine.setVMOption("MinHeapFreeRatio", "5");
        machine.setVMOption("MaxHeapFreeRatio", "10");
    }

    private static double resident() {
        System.gc();
        System.gc();
        try (var lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> line.replaceAll("[^0-9]", ""))
                    .mapToDouble(kb -> Long.parseLong(kb) / 1024.0)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no VmRSS in " + STATUS));
        } catch (IOException e) {
            throw new UncheckedIOException("resident memory is read from " + STATUS, e);
        }
    }

    private double at(int count) {
        return residentMb.getOrDefault(count, 0.0);
    }

    double kbPerOperator() {
        var fifth = Math.max(1, operators / 5);
        return operators == fifth ? 0 : (at(operators) - at(fifth)) * 1024 / (operators - fifth);
    }

    JsonObject json() {
        var byCount = new JsonObject();
        residentMb.forEach((count, mb) -> byCount.put(count.toString(), Math.round(mb)));
        return new JsonObject()
                .put("operators", operators)
                .put("resident_mb", Math.round(at(operators)))
                .put("kb_per_operator", Math.round(kbPerOperator() * 10) / 10.0)
                .put("resident_mb_at", byCount);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%,d idle operators: %.0f MB resident, %.1f KB for each more; %.0f MB with none",
                operators,
                at(operators),
                kbPerOperator(),
                at(0));
    }
}
