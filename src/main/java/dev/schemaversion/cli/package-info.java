/**
 * The command line {@code schemaversion}: what Jobs find out, on any reachable database and without
 * a cluster. It writes to no database but a scratch one. Begin with {@link
 * dev.schemaversion.cli.Main}.
 */
package dev.schemaversion.cli;
