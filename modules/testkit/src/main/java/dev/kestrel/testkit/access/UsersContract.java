package dev.kestrel.testkit.access;

import static dev.kestrel.testkit.Awaited.await;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kestrel.domain.access.Principal;
import dev.kestrel.domain.access.Role;
import dev.kestrel.domain.access.Users;
import dev.kestrel.domain.access.Users.Refreshed;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** What every keeper of users must do. */
public abstract class UsersContract {
    private static final Instant NOW = Instant.parse("2040-01-01T00:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(3600);

    /** The adapter under test. */
    protected abstract Users users();

    /** The id of a tenant that no other test uses; it need not exist yet. */
    protected abstract String newTenant();

    @Test
    void aUserIsFoundByAddressInWhateverCaseItIsWritten() {
        var tenant = newTenant();
        var alice = await(users().save(tenant, "Alice@" + tenant + ".test", "hash", Role.ADMIN));

        var found =
                await(users().findByEmail(" alice@" + tenant.toUpperCase(Locale.ROOT) + ".TEST "));

        assertThat(found).contains(new Users.Account(alice, "hash"));
        assertThat(alice.tenant()).isEqualTo(tenant);
        assertThat(alice.role()).isEqualTo(Role.ADMIN);
        assertThat(await(users().findByEmail("nobody@" + tenant + ".test"))).isEmpty();
    }

    @Test
    void savingAgainChangesPasswordAndRole() {
        var tenant = newTenant();
        var before = await(users().save(tenant, "a@" + tenant, "old", Role.VIEWER));

        var after = await(users().save(tenant, "a@" + tenant, "new", Role.APPROVER));

        assertThat(after.user()).isEqualTo(before.user());
        assertThat(await(users().findByEmail("a@" + tenant)))
                .contains(new Users.Account(after, "new"));
    }

    @Test
    void anAddressBelongsToOneTenant() {
        var tenant = newTenant();
        await(users().save(tenant, "a@" + tenant, "hash", Role.VIEWER));

        assertThatThrownBy(() -> await(users().save(newTenant(), "a@" + tenant, "x", Role.ADMIN)))
                .hasMessageContaining("another tenant");
        assertThat(await(users().findByEmail("a@" + tenant)).orElseThrow().principal().tenant())
                .isEqualTo(tenant);
    }

    @Test
    void aRefreshTokenSaysWhoseItIsWithTheRoleOfNow() {
        var alice = user(Role.VIEWER);
        keep(alice, "f", "t1");
        var promoted = await(users().save(alice.tenant(), alice.name(), "hash", Role.ADMIN));

        assertThat(use(alice, "t1")).contains(new Refreshed(promoted, "f"));
    }

    @Test
    void aTokenUsedTwiceEndsItsWholeFamilyAndNoOther() {
        var alice = user(Role.VIEWER);
        keep(alice, "stolen", "t1");
        use(alice, "t1");
        keep(alice, "stolen", "t2");
        keep(alice, "mine", "t3");

        assertThat(use(alice, "t1")).isEmpty();

        assertThat(use(alice, "t2")).isEmpty();
        assertThat(await(users().keepRefresh(alice, "stolen", token(alice, "t4"), LATER)))
                .isFalse();
        assertThat(use(alice, "t3")).contains(new Refreshed(alice, "mine"));
    }

    @Test
    void anExpiredOrUnknownTokenIsWorthNothing() {
        var alice = user(Role.VIEWER);
        keep(alice, "f", "t1");

        assertThat(await(users().useRefresh(token(alice, "t1"), LATER))).isEmpty();
        assertThat(use(alice, "t2")).isEmpty();
    }

    @Test
    void signingOutEndsTheFamily() {
        var alice = user(Role.VIEWER);
        keep(alice, "f", "t1");

        assertThat(await(users().endFamily(newTenant(), "f"))).isFalse();
        assertThat(await(users().endFamily(alice.tenant(), "f"))).isTrue();

        assertThat(use(alice, "t1")).isEmpty();
        assertThat(await(users().endFamily(alice.tenant(), "f"))).isFalse();
    }

    private Principal user(Role role) {
        var tenant = newTenant();
        return await(users().save(tenant, "user@" + tenant, "hash", role));
    }

    private void keep(Principal principal, String family, String token) {
        assertThat(await(users().keepRefresh(principal, family, token(principal, token), LATER)))
                .isTrue();
    }

    private Optional<Refreshed> use(Principal principal, String token) {
        return await(users().useRefresh(token(principal, token), NOW));
    }

    private static byte[] token(Principal principal, String token) {
        return (principal.tenant() + token).getBytes(StandardCharsets.UTF_8);
    }
}
