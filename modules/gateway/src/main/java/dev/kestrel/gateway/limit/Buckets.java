package dev.kestrel.gateway.limit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One bucket for each key, for the most recently used keys: reconnecting does not fill a bucket,
 * and strangers cannot make the gateway remember more than so many.
 */
public final class Buckets<K> {
    private final Map<K, TokenBucket> byKey;
    private final Supplier<TokenBucket> fresh;

    public Buckets(int maxKeys, Supplier<TokenBucket> fresh) {
        this.fresh = fresh;
        this.byKey =
                new LinkedHashMap<>(16, 0.75f, true) {
                    private static final long serialVersionUID = 1;

                    @Override
                    protected boolean removeEldestEntry(Map.Entry<K, TokenBucket> eldest) {
                        return size() > maxKeys;
                    }
                };
    }

    public synchronized TokenBucket of(K key) {
        return byKey.computeIfAbsent(key, absent -> fresh.get());
    }

    synchronized int size() {
        return byKey.size();
    }
}
