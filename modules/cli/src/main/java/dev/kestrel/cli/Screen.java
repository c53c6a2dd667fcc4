package dev.kestrel.cli;

import java.io.Console;
import java.io.PrintStream;
import java.util.Optional;

/**
 * Tells a person what happens: on standard error, so that standard output stays for results;
 * colours only on a terminal.
 */
final class Screen {
    private final PrintStream out;
    private final boolean colours;

    Screen() {
        out = System.err;
        colours =
                Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
                        && System.getenv("NO_COLOR") == null;
    }

    void say(String text) {
        out.println(text);
    }

    void loud(String text) {
        out.println(colours ? "\u001b[1m" + text + "\u001b[0m" : text);
    }

    /** Where the dashboard is, and how to get in. */
    void address(LocalCloud local) {
        out.println();
        loud("  dashboard  " + local.address());
        say("  e-mail     " + local.login().email());
        say("  password   " + local.login().password());
        out.println();
    }
}
