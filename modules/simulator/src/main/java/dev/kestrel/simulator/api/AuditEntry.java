package dev.kestrel.simulator.api;

/**
 * One request that reached the API and how it was answered.
 *
 * @param verb as the audit log of Kubernetes names it: get, list, watch, create, patch …
 * @param resource plural with subresource, such as {@code pods/log}; empty for other paths
 * @param code the HTTP status
 */
public record AuditEntry(
        String verb,
        String group,
        String resource,
        String namespace,
        String name,
        String user,
        String path,
        int code) {}
