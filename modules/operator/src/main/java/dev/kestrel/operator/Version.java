package dev.kestrel.operator;

/** The version of this operator, for people. */
final class Version {
    static final String TEXT =
            Version.class.getPackage().getImplementationVersion() == null
                    ? "development"
                    : Version.class.getPackage().getImplementationVersion();

    private Version() {}
}
