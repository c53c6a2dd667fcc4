package dev.kestrel.api.access;

/**
 * Where operators find this cloud; makes the command that installs one.
 *
 * @param host name or address, as seen from the customers' clusters
 * @param caCertificate PEM of the authority that signed the enrolment endpoint's certificate; empty
 *     for a public one
 * @param chart as Helm is to find it
 */
public record OperatorInstall(
        String host, int enrolmentPort, int streamPort, String caCertificate, String chart) {
    /** For a POSIX shell; the quotes hold because names and tokens have none. */
    String helmCommand(String clusterName, String joinToken) {
        var command =
                """
                helm upgrade --install kestrel-operator %s \\
                  --namespace kestrel --create-namespace \\
                  --set-string cloud.host='%s' \\
                  --set cloud.enrolmentPort=%d,cloud.streamPort=%d \\
                  --set-string cluster.name='%s' \\
                  --set-string joinToken.value='%s'\
                """
                        .formatted(chart, host, enrolmentPort, streamPort, clusterName, joinToken);
        return caCertificate.isBlank()
                ? command
                : command
                        + " \\\n  --set-string cloud.caCertificate='"
                        + caCertificate.strip()
                        + "'";
    }
}
