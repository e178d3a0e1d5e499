package dev.schemaversion.operator;

import dev.schemaversion.desired.JobFactory;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.smallrye.config.ConfigMapping;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.time.Duration;

/** What the operator itself is told, by environment variables. */
@ConfigMapping(prefix = "schemaversion")
public interface Settings {
  /** The image of Job pods, the operator's own: {@code SCHEMAVERSION_RUNNER_IMAGE}. */
  String runnerImage();

  /** What is made from the settings. */
  @ApplicationScoped
  class Beans {
    private static final String LEASE = "schemaversion-operator";

    @Produces
    @ApplicationScoped
    Clock clock() {
      return Clock.systemUTC();
    }

    @Produces
    JobFactory jobFactory(Settings settings) {
      return new JobFactory(settings.runnerImage());
    }

    /** One replica works, the others wait. Lost leadership ends the process. */
    @Produces
    @ApplicationScoped
    LeaderElectionConfiguration leaderElection() {
      return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(LEASE)
          .withLeaseDuration(Duration.ofSeconds(15))
          .withRenewDeadline(Duration.ofSeconds(10))
          .withRetryPeriod(Duration.ofSeconds(2))
          .build();
    }
  }
}
