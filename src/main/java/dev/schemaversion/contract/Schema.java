package dev.schemaversion.contract;

/**
 * A schema as a run found it, in digests: equal exactly where nothing has changed.
 *
 * @param header what the fingerprint depends on besides the schema (format, engine, major version,
 *     what is ignored); fingerprints under different headers say nothing about each other
 * @param fingerprint {@code sha256:<hex>} over all objects
 * @param history {@code sha256:<hex>} over the rows of the history table
 */
public record Schema(String header, String fingerprint, String history) {}
