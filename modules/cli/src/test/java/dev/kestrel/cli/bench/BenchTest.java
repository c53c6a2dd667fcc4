package dev.kestrel.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.LongStream;

class BenchTest {
    @ParameterizedTest
    @CsvSource({
        "gateway, --streams=0, --streams must be between 1 and 15000",
        "gateway, --streams=15001, --streams must be between 1 and 15000",
        "gateway, --idle=15001, --idle must be between 1 and 15000",
        "gateway, --flood=101, --flood must be between 1 and 100",
        "gateway, --seconds=601, --seconds must be between 1 and 600",
        "gateway, --warm-up=0, --warm-up must be between 1 and 600",
        "gateway, --batch=51, --batch must be between 1 and 50",
        "rca, --callers=501, --callers must be between 1 and 500",
        "rca, --seconds=0, --seconds must be between 1 and 3600"
    })
    void whatCannotBeMeasuredIsWrongUsageAndNothingIsStarted(
            String bench, String option, String why) {
        var told = new StringWriter();
        var command =
                new CommandLine(new BenchCommand())
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .setErr(new PrintWriter(told));

        assertThat(command.execute(bench, option)).isEqualTo(2);
        assertThat(told.toString()).contains(why);
    }

    @Test
    void aPercentileIsTheSmallestTimeThatSoManyDidNotExceed() {
        var times = LongStream.rangeClosed(1, 100).map(micros -> micros * 1_000).toArray();

        assertThat(Percentiles.of(times)).isEqualTo(new Percentiles(100, 50, 99, 100));
        assertThat(Percentiles.of(new long[0])).isEqualTo(Percentiles.NONE);
        assertThat(Percentiles.read(Percentiles.of(times).json())).isEqualTo(Percentiles.of(times));
    }
}
