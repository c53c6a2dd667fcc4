package dev.kestrel.testkit.hostile;

import java.util.List;

/**
 * One reader of what others wrote. Every implementation also has a method {@code public static void
 * fuzzerTestOneInput(byte[])}, by which Jazzer finds it.
 */
public interface Target {
    /** Inputs that mean something; hostile ones are made of them. */
    List<byte[]> seeds();

    /** Words of the language that it reads. */
    List<String> words();

    /**
     * Reads an input as strangers send it. A refusal that is documented ends here; whatever is
     * thrown is a fault.
     */
    void feed(byte[] input);
}
