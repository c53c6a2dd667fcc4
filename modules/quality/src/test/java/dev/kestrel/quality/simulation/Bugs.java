package dev.kestrel.quality.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;

import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;

/**
 * What the code under simulation logs as an error. It catches what a message handler throws, so
 * that one stream's bug harms no other; here that is a failure like any other. Warnings of what the
 * faults do to it are not printed.
 */
final class Bugs extends AppenderBase<ILoggingEvent> {
    private final ThreadLocal<List<String>> heard = ThreadLocal.withInitial(ArrayList::new);
    private final Logger root = (Logger) LoggerFactory.getLogger("dev.kestrel");
    private Level before = Level.INFO;

    void attach() {
        before = root.getLevel();
        root.setLevel(Level.ERROR);
        start();
        root.addAppender(this);
    }

    void detach() {
        root.detachAppender(this);
        root.setLevel(before);
    }

    /** A run begins on this thread. */
    void forget() {
        heard.get().clear();
    }

    void mustBeNone() {
        if (!heard.get().isEmpty()) {
            throw new AssertionError("logged as errors: " + heard.get());
        }
    }

    @Override
    protected void append(ILoggingEvent event) {
        var thrown = event.getThrowableProxy();
        var why = thrown == null ? "" : ": " + thrown.getClassName() + " " + thrown.getMessage();
        heard.get().add(event.getFormattedMessage() + why);
    }
}
