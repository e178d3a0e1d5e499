package dev.schemaversion.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of the program, which the jar's manifest has. */
final class ProgramVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    var version = ProgramVersion.class.getPackage().getImplementationVersion();
    return new String[] {"schemaversion " + (version == null ? "(development)" : version)};
  }
}
