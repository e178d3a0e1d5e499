package dev.schemaversion.operator;

import dev.schemaversion.api.v1alpha1.DatabaseSpec.Engine;
import dev.schemaversion.desired.JobFactory;
import dev.schemaversion.desired.ScratchImages;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.util.Map;

/** What the operator itself is told, by environment variables. */
@ConfigMapping(prefix = "schemaversion")
public interface Settings {
  /** The image of Job pods, the operator's own: {@code SCHEMAVERSION_RUNNER_IMAGE}. */
  String runnerImage();

  /**
   * The images of scratch servers, see {@link ScratchImages#of}: {@code
   * SCHEMAVERSION_SCRATCH_IMAGES}.
   */
  @WithDefault("postgres:{major}")
  String scratchImages();

  /**
   * The major version of the scratch server while the database's is not known: {@code
   * SCHEMAVERSION_SCRATCH_USUAL_MAJOR}.
   */
  @WithDefault("17")
  String scratchUsualMajor();

  /** The same for MariaDB: {@code SCHEMAVERSION_SCRATCH_MARIADB_IMAGES}. */
  @WithDefault("mariadb:{major}")
  String scratchMariadbImages();

  /** The same for MariaDB: {@code SCHEMAVERSION_SCRATCH_MARIADB_USUAL_MAJOR}. */
  @WithDefault("11.4")
  String scratchMariadbUsualMajor();

  /** What is made from the settings. */
  @ApplicationScoped
  class Beans {
    @Produces
    @ApplicationScoped
    Clock clock() {
      return Clock.systemUTC();
    }

    @Produces
    JobFactory jobFactory(Settings settings) {
      return new JobFactory(
          settings.runnerImage(),
          Map.of(
              Engine.PostgreSQL,
              ScratchImages.of(settings.scratchImages(), settings.scratchUsualMajor()),
              Engine.MariaDB,
              ScratchImages.of(
                  settings.scratchMariadbImages(), settings.scratchMariadbUsualMajor())));
    }
  }
}
