package dev.schemaversion.operator;

import dev.schemaversion.api.v1alpha1.DatabaseSpec.Engine;
import dev.schemaversion.api.v1alpha1.MigrationsSpec.ImageSource;
import dev.schemaversion.desired.JobFactory;
import dev.schemaversion.desired.ScratchImages;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the operator itself is told, by environment variables.
 *
 * @param runnerImage the image of Job pods, the operator's own
 * @param scratchImages the images of scratch servers
 */
record Settings(String runnerImage, Map<Engine, ScratchImages> scratchImages) {
  static final String RUNNER_IMAGE = "SCHEMAVERSION_RUNNER_IMAGE";

  /** With {@code IMAGES} and {@code USUAL_MAJOR} behind it. */
  static final String SCRATCH = "SCHEMAVERSION_SCRATCH_";

  /** The same for MariaDB. */
  static final String SCRATCH_MARIADB = "SCHEMAVERSION_SCRATCH_MARIADB_";

  /** The same for MySQL. */
  static final String SCRATCH_MYSQL = "SCHEMAVERSION_SCRATCH_MYSQL_";

  private static final String ONE_NUMBER = "[1-9][0-9]?";
  private static final String TWO_NUMBERS = "[1-9][0-9]?\\.[0-9]{1,2}";

  private static final Pattern IMAGE = Pattern.compile(ImageSource.REFERENCE);

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException with one sentence that names the variable and what it may be
   */
  static Settings of(Map<String, String> environment) {
    var image = environment.getOrDefault(RUNNER_IMAGE, "");
    if (!IMAGE.matcher(image).matches()) {
      throw new IllegalArgumentException(
          "%s is \"%s\", but must be the operator's own image, such as registry.example.org/schemaversion-operator:1.0"
              .formatted(RUNNER_IMAGE, image));
    }
    return new Settings(
        image,
        Map.of(
            Engine.PostgreSQL,
            scratch(environment, SCRATCH, ONE_NUMBER, ScratchImages.OFFICIAL),
            Engine.MariaDB,
            scratch(environment, SCRATCH_MARIADB, TWO_NUMBERS, ScratchImages.OFFICIAL_MARIADB),
            Engine.MySQL,
            scratch(environment, SCRATCH_MYSQL, TWO_NUMBERS, ScratchImages.OFFICIAL_MYSQL)));
  }

  private static ScratchImages scratch(
      Map<String, String> environment, String prefix, String majors, ScratchImages usual) {
    var major = environment.getOrDefault(prefix + "USUAL_MAJOR", usual.defaultMajor());
    if (!major.matches(majors)) {
      throw new IllegalArgumentException(
          "%sUSUAL_MAJOR is \"%s\", but must be a major version, a number such as %s"
              .formatted(prefix, major, usual.defaultMajor()));
    }
    try {
      return ScratchImages.of(environment.getOrDefault(prefix + "IMAGES", usual.template()), major);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(e.getMessage().replace(SCRATCH, prefix), e);
    }
  }

  /** What is made from the settings. */
  @ApplicationScoped
  static class Beans {
    @Produces
    @ApplicationScoped
    Clock clock() {
      return Clock.systemUTC();
    }

    @Produces
    JobFactory jobFactory() {
      var settings = Settings.of(System.getenv());
      return new JobFactory(settings.runnerImage(), settings.scratchImages());
    }
  }
}
