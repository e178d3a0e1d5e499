package dev.schemaversion.operator;

import dev.schemaversion.desired.JobFactory;
import io.smallrye.config.ConfigMapping;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;

/** What the operator itself is told, by environment variables. */
@ConfigMapping(prefix = "schemaversion")
public interface Settings {
  /** The image of Job pods, the operator's own: {@code SCHEMAVERSION_RUNNER_IMAGE}. */
  String runnerImage();

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
      return new JobFactory(settings.runnerImage());
    }
  }
}
