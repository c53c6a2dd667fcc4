package dev.kestrel.domain.incident;

/** How bad it is for those who use the cluster. */
public enum Severity {
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL
}
