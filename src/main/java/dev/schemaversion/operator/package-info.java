/**
 * The operator's process and its side effects in the cluster: {@code reconcile} for SchemaVersions,
 * {@code queue} for the limits of their Jobs, {@code gate} for workloads, {@code watch} for what is
 * read from the API server, {@code progress} for what is read from running Jobs, {@code metrics},
 * {@code traces}. The decisions themselves are made in {@code decide}. The operator reads no Secret
 * and connects to no database. Begin with {@link dev.schemaversion.operator.Controllers}.
 */
package dev.schemaversion.operator;
