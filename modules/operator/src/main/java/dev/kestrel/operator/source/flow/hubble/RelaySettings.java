package dev.kestrel.operator.source.flow.hubble;

/**
 * How Hubble Relay is reached.
 *
 * @param address {@code host:port}, {@code off}, or empty to look for its Service
 * @param caPem whom to trust; empty for a relay without TLS
 * @param certPem our certificate, where the relay wants to see one; empty otherwise
 * @param keyPem the key to it
 */
public record RelaySettings(String address, String caPem, String certPem, String keyPem) {
    /** Looks for the Service, and speaks without TLS. */
    public static final RelaySettings DISCOVERED = new RelaySettings("", "", "", "");

    boolean isOff() {
        return address.equals("off");
    }

    boolean hasTls() {
        return !caPem.isEmpty();
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "RelaySettings[address=%s, tls=%s]".formatted(address, hasTls());
    }
}
