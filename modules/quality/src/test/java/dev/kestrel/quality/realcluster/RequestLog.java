package dev.kestrel.quality.realcluster;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads the API server's audit log: what the operator asked for, and whether it may have. */
final class RequestLog {

    private static final String OPERATOR = "system:serviceaccount:kestrel:kestrel-operator";

    private RequestLog() {}

    static boolean isByOperator(JsonNode request) {
        return request.at("/user/username").asText().equals(OPERATOR);
    }

    /**
     * Reading, or asking about oneself. A subresource such as exec is a way to act, whatever the
     * verb.
     */
    static boolean isHarmless(JsonNode request) {
        var resource = request.at("/objectRef/resource").asText();
        var subresource = request.at("/objectRef/subresource").asText();
        return switch (request.path("verb").asText()) {
            case "get", "list", "watch" ->
                    !resource.equals("secrets")
                            && (subresource.isEmpty() || subresource.equals("log"));
            case "create" -> resource.startsWith("selfsubject") && resource.endsWith("reviews");
            default -> false;
        };
    }

    /** Verb, resource and name, for a message. */
    static String words(JsonNode request) {
        return request.path("verb").asText() + " " + request.path("requestURI").asText();
    }
}
