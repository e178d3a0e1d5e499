package dev.schemaversion.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The root of the commands; its subcommands are added by {@link Main}. */
@Command(
    name = "schemaversion",
    description =
        "Proves which version a database has, and shows what its pending migrations would do. It"
            + " needs no cluster, and writes to no database but a scratch one.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    scope = CommandLine.ScopeType.INHERIT,
    versionProvider = ProgramVersion.class,
    footer = {"", "Exit codes: docs/command-line.md#exit-codes"})
final class SchemaVersionCommand {}
