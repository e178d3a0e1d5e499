package dev.schemaversion.contract;

/**
 * The digests of a schema that a run has read. Two are equal exactly if nothing has changed.
 *
 * @param header the inputs of the fingerprint other than the schema itself (format, engine, major
 *     version, ignored objects); fingerprints with different headers are not comparable
 * @param fingerprint {@code sha256:<hex>} over all objects
 * @param history {@code sha256:<hex>} over the rows of the history table
 */
public record Schema(String header, String fingerprint, String history) {}
