package dev.schemaversion.operator.traces;

import java.time.Instant;
import java.util.Map;

/**
 * A span to export.
 *
 * @param name the name
 * @param root whether it is the root of its trace; otherwise it is a child of {@code parent}
 * @param parent the name of the parent among the same spans; null for a child of the root
 * @param start when it began
 * @param end when it ended
 * @param attributes the attributes
 * @param failure the message if it failed; null if it succeeded
 */
record TracedSpan(
    String name,
    boolean root,
    String parent,
    Instant start,
    Instant end,
    Map<String, String> attributes,
    String failure) {}
