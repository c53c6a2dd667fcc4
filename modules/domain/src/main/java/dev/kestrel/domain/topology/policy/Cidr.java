package dev.kestrel.domain.topology.policy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A block of addresses, IPv4 or IPv6, such as {@code 10.0.0.0/8}.
 *
 * @param width bits of an address of this family: 32 or 128
 */
record Cidr(BigInteger base, int width, int bits) {
    private static final Pattern OCTET = Pattern.compile("\\d{1,3}");
    private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");

    /** An address as a number. */
    private record Bits(BigInteger value, int width) {}

    /** Empty for a text that is no block. */
    static Optional<Cidr> parse(String text) {
        var slash = text.indexOf('/');
        if (slash < 0 || !OCTET.matcher(text.substring(slash + 1)).matches()) {
            return Optional.empty();
        }
        var bits = Integer.parseInt(text.substring(slash + 1));
        return number(text.substring(0, slash))
                .filter(base -> bits <= base.width())
                .map(base -> new Cidr(base.value(), base.width(), bits));
    }

    /** An address of the other family, or no address at all, is in no block. */
    boolean contains(String address) {
        return number(address)
                .filter(number -> number.width() == width)
                .filter(number -> network(number.value()).equals(network(base)))
                .isPresent();
    }

    private BigInteger network(BigInteger address) {
        return address.shiftRight(width - bits);
    }

    private static Optional<Bits> number(String address) {
        return address.contains(":")
                ? six(address).map(value -> new Bits(value, 128))
                : parts(address, "\\.", OCTET, 10)
                        .filter(octets -> octets.size() == 4)
                        .filter(octets -> octets.stream().allMatch(octet -> octet < 256))
                        .map(octets -> new Bits(joined(octets, 8), 32));
    }

    /** Groups before and after the one gap that {@code ::} may leave. */
    private static Optional<BigInteger> six(String address) {
        var gap = address.indexOf("::");
        if (gap < 0) {
            return parts(address, ":", GROUP, 16)
                    .filter(groups -> groups.size() == 8)
                    .map(groups -> joined(groups, 16));
        }
        var before = parts(address.substring(0, gap), ":", GROUP, 16);
        var after = parts(address.substring(gap + 2), ":", GROUP, 16);
        if (before.isEmpty() || after.isEmpty() || before.get().size() + after.get().size() > 7) {
            return Optional.empty();
        }
        var all = new ArrayList<>(before.get());
        while (all.size() + after.get().size() < 8) {
            all.add(0);
        }
        all.addAll(after.get());
        return Optional.of(joined(all, 16));
    }

    private static Optional<List<Integer>> parts(
            String text, String separator, Pattern part, int radix) {
        if (text.isEmpty()) {
            return Optional.of(List.of());
        }
        var words = List.of(text.split(separator, -1));
        return words.stream().allMatch(word -> part.matcher(word).matches())
                ? Optional.of(words.stream().map(word -> Integer.parseInt(word, radix)).toList())
                : Optional.empty();
    }

    private static BigInteger joined(List<Integer> parts, int bits) {
        return parts.stream()
                .map(BigInteger::valueOf)
                .reduce(BigInteger.ZERO, (all, part) -> all.shiftLeft(bits).or(part));
    }
}
