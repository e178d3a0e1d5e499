/**
 * What is shipped for Argo CD, Flux and Helm. The resources in the test data are those of simulated
 * clusters; the tools' own code reads them in {@code e2e}. Begin with {@link
 * dev.schemaversion.gitops.ArgoCdFilesTest}.
 */
package dev.schemaversion.gitops;
