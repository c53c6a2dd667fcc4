package dev.kestrel.simulator.scenario;

import com.fasterxml.jackson.databind.JsonNode;

import dev.kestrel.simulator.node.Image;
import dev.kestrel.simulator.node.ImageStore;
import dev.kestrel.simulator.resource.ResourceKey;

/** Something that somebody does to the cluster. Faults are made of these, never of symptoms. */
public sealed interface Action {
    /** Edits an object, as {@code kubectl patch} does. */
    record Patch(ResourceKey target, JsonNode with) implements Action {}

    /** Makes a new object. */
    record Create(JsonNode object) implements Action {}

    /** Deletes an object. */
    record Delete(ResourceKey target) implements Action {}

    /** Cordons a node and evicts its pods, as {@code kubectl drain --ignore-daemonsets} does. */
    record Drain(String node) implements Action {}

    /** Lets pods onto a node again. */
    record Uncordon(String node) implements Action {}

    /** Makes the registry of the repositories that begin so answer in another way. */
    record Registry(String repositories, ImageStore.Answer answer) implements Action {}

    /** Pushes an image to its registry. */
    record Publish(Image image) implements Action {}
}
