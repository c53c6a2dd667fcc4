package dev.kestrel.server;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * What the cloud gets from the process it runs in.
 *
 * @param clock the real time: certificates, tokens, rates
 * @param reasoningClock the time that incidents are reasoned in; another one only where a simulated
 *     cluster runs faster
 */
public record Outside(
        InstantSource clock,
        InstantSource reasoningClock,
        SecureRandom random,
        PrometheusMeterRegistry meters) {}
