/**
 * The kubectl plugin, {@code kubectl schemaversion}. It is a client of the API server with the
 * rights of its user. {@code show} prints what is there, as {@code view} words it, {@code change}
 * sets annotations and {@code spec.suspend}, {@code dashboard} serves pages, {@code report}
 * collects an archive for support, {@code adopt} writes the manifests for an existing database,
 * {@code cluster} is the edge to the API server. Begin with {@link
 * dev.schemaversion.cli.kubectl.KubectlCommand}.
 */
package dev.schemaversion.cli.kubectl;
