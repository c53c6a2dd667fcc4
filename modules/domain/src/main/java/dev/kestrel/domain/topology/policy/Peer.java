package dev.kestrel.domain.topology.policy;

import dev.kestrel.domain.signal.Fields;
import dev.kestrel.domain.topology.Selector;

import java.util.List;
import java.util.Optional;

/** Whom a rule is about. */
sealed interface Peer {
    boolean matches(End other, String ownNamespace);

    /** Pods by their labels, in the policy's own namespace. */
    record Neighbours(Selector pods) implements Peer {
        @Override
        public boolean matches(End other, String ownNamespace) {
            return other instanceof End.Pod pod
                    && !pod.isOnHostNetwork()
                    && pod.ref().namespace().equals(ownNamespace)
                    && pods.matches(pod.labels());
        }
    }

    /** Pods by their labels, in namespaces by theirs: both must match. */
    record Elsewhere(Selector namespaces, Selector pods) implements Peer {
        @Override
        public boolean matches(End other, String ownNamespace) {
            return other instanceof End.Pod pod
                    && !pod.isOnHostNetwork()
                    && namespaces.matches(pod.namespaceLabels())
                    && pods.matches(pod.labels());
        }
    }

    /** Addresses, whether of pods or not, but for some of them. */
    record Block(Cidr block, List<Cidr> except) implements Peer {
        public Block {
            except = List.copyOf(except);
        }

        @Override
        public boolean matches(End other, String ownNamespace) {
            return switch (other) {
                case End.Address(var address) -> holds(address);
                case End.Pod pod -> pod.addresses().stream().anyMatch(this::holds);
            };
        }

        private boolean holds(String address) {
            return block.contains(address)
                    && except.stream().noneMatch(one -> one.contains(address));
        }
    }

    /** What says nothing, and what cannot be read, is nobody rather than everybody. */
    record Nobody() implements Peer {
        @Override
        public boolean matches(End other, String ownNamespace) {
            return false;
        }
    }

    /** Reads one entry of {@code from} or {@code to}. An empty selector matches everything. */
    static Peer read(Fields peer) {
        var pods = peer.at("podSelector");
        var namespaces = peer.at("namespaceSelector");
        if (namespaces.isPresent()) {
            return new Elsewhere(Selector.ofLabels(namespaces), Selector.ofLabels(pods));
        }
        if (pods.isPresent()) {
            return new Neighbours(Selector.ofLabels(pods));
        }
        return Cidr.parse(peer.at("ipBlock", "cidr").text())
                .<Peer>map(block -> new Block(block, except(peer)))
                .orElseGet(Nobody::new);
    }

    private static List<Cidr> except(Fields peer) {
        return peer.at("ipBlock", "except").items().stream()
                .map(one -> Cidr.parse(one.text()))
                .flatMap(Optional::stream)
                .toList();
    }
}
