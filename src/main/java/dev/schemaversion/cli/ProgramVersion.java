package dev.schemaversion.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version of the program, which the build writes into a file beside this class. */
final class ProgramVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    var properties = new Properties();
    try (var file = ProgramVersion.class.getResourceAsStream("version.properties")) {
      properties.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the version", e);
    }
    return new String[] {"schemaversion " + properties.getProperty("version")};
  }
}
