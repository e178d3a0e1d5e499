/**
 * {@code dashboard}: pages about all resources, served on this machine only, with the rights of the
 * user's kubeconfig. They change nothing. {@code view.page} makes them. Begin with {@link
 * dev.schemaversion.cli.kubectl.dashboard.DashboardCommand}.
 */
package dev.schemaversion.cli.kubectl.dashboard;
