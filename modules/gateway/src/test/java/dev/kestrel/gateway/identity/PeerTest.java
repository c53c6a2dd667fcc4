package dev.kestrel.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kestrel.domain.signal.ClusterRef;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;

class PeerTest {
    private static final Instant NOW = Instant.parse("2040-01-01T00:00:00Z");

    private static X509Certificate certificate(String... uris)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        var pair = EcKeys.draw(new SecureRandom());
        var name = new X500Name("CN=x");
        var names =
                Arrays.stream(uris)
                        .map(uri -> new GeneralName(GeneralName.uniformResourceIdentifier, uri))
                        .toArray(GeneralName[]::new);
        var builder =
                new JcaX509v3CertificateBuilder(
                        name,
                        BigInteger.valueOf(0xabcdef),
                        Date.from(NOW),
                        Date.from(NOW.plusSeconds(60)),
                        name,
                        pair.getPublic());
        if (names.length > 0) {
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
        }
        return new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(
                                new JcaContentSignerBuilder("SHA256withECDSA")
                                        .build(pair.getPrivate())));
    }

    private static Peer.Reading read(String... uris) throws Exception {
        return Peer.read(List.of(certificate(uris)), "kestrel");
    }

    @Test
    void aClustersCertificateNamesTenantAndCluster() throws Exception {
        assertThat(read("spiffe://kestrel/tenant/acme/cluster/prod-1"))
                .isEqualTo(
                        new Peer.Reading.Known(
                                new Peer(
                                        new ClusterRef("acme", "prod-1"),
                                        "abcdef",
                                        NOW.plusSeconds(60))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spiffe://other/tenant/acme/cluster/prod",
                "spiffe://kestrel/tenant/acme/cluster/prod/",
                "spiffe://kestrel/tenant/acme/cluster/prod/x",
                "spiffe://kestrel/tenant/acme/cluster/",
                "spiffe://kestrel/tenant//cluster/prod",
                "spiffe://kestrel/tenant/acme/cluster",
                "spiffe://kestrel/cluster/prod/tenant/acme",
                "spiffe://kestrel/tenant/acme/cluster/Prod",
                "spiffe://kestrel/tenant/ac%2fme/cluster/prod",
                "spiffe://kestrel/tenant/../cluster/prod",
                "spiffe://kestrel:1/tenant/acme/cluster/prod",
                "https://kestrel/tenant/acme/cluster/prod",
                "spiffe://kestrel/tenant/acme/cluster/prod?x",
                "spiffe://user@kestrel/tenant/acme/cluster/prod",
                ""
            })
    void everythingElseIsAStranger(String uri) throws Exception {
        assertThat(read(uri)).isInstanceOf(Peer.Reading.Stranger.class);
    }

    @Test
    void twoNamesAreOneTooMany() throws Exception {
        var uri = "spiffe://kestrel/tenant/acme/cluster/prod";
        assertThat(read(uri, uri)).isInstanceOf(Peer.Reading.Stranger.class);
    }

    @Test
    void noNameAndNoCertificateAreStrangers() throws Exception {
        assertThat(read()).isInstanceOf(Peer.Reading.Stranger.class);
        assertThat(Peer.read(List.of(), "kestrel")).isInstanceOf(Peer.Reading.Stranger.class);
    }
}
