package dev.kestrel.operator.link;

import io.vertx.core.Context;
import io.vertx.core.Vertx;

import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * What all streams of an operator share.
 *
 * @param context event loop on which everything about streams happens
 */
public record StreamSetting(
        Vertx vertx,
        Context context,
        CloudClient client,
        LinkTimes times,
        InstantSource clock,
        RandomGenerator random) {}
