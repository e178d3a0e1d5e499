package dev.schemaversion.operator;

import dev.schemaversion.api.v1alpha1.DatabaseSpec.Engine;
import dev.schemaversion.api.v1alpha1.MigrationsSpec.ImageSource;
import dev.schemaversion.api.v1alpha1.ProofSpec;
import dev.schemaversion.desired.JobFactory;
import dev.schemaversion.desired.ScratchImages;
import dev.schemaversion.desired.ScratchPermissions;
import dev.schemaversion.operator.metrics.ResourceSeries;
import dev.schemaversion.operator.queue.JobLimits;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * The operator's settings, read from environment variables.
 *
 * @param runnerImage the image of the Jobs, which is the operator's own
 * @param scratchImages the images of scratch servers, by engine
 * @param scratchPermissions what resources may ask of scratch servers
 * @param namespaces the watched namespaces; empty for all
 * @param jobLimits how many Jobs run at the same time
 * @param resourceSeries which metric series a resource has
 */
record Settings(
    String runnerImage,
    Map<Engine, ScratchImages> scratchImages,
    ScratchPermissions scratchPermissions,
    Set<String> namespaces,
    JobLimits jobLimits,
    ResourceSeries resourceSeries) {
  static final String RUNNER_IMAGE = "SCHEMAVERSION_RUNNER_IMAGE";

  /** The variable with the watched namespaces, separated by commas; empty for all. */
  static final String NAMESPACES = "SCHEMAVERSION_NAMESPACES";

  /** The prefix of PostgreSQL's variables, before {@code IMAGES} and {@code DEFAULT_MAJOR}. */
  static final String SCRATCH = "SCHEMAVERSION_SCRATCH_";

  /** The prefix of MariaDB's variables. */
  static final String SCRATCH_MARIADB = "SCHEMAVERSION_SCRATCH_MARIADB_";

  /** The prefix of MySQL's variables. */
  static final String SCRATCH_MYSQL = "SCHEMAVERSION_SCRATCH_MYSQL_";

  private static final String ONE_NUMBER = "[1-9][0-9]?";
  private static final String TWO_NUMBERS = "[1-9][0-9]?\\.[0-9]{1,2}";

  private static final Pattern EXTENSION = Pattern.compile(ProofSpec.EXTENSION_PATTERN);

  /** A label of the DNS, as the API server requires for the name of a namespace. */
  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  private static final Pattern IMAGE = Pattern.compile(ImageSource.REFERENCE);

  /**
   * Reads and validates the settings.
   *
   * @throws IllegalArgumentException with one sentence that names the variable and its valid values
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
            scratch(environment, SCRATCH_MYSQL, TWO_NUMBERS, ScratchImages.OFFICIAL_MYSQL)),
        new ScratchPermissions(extensions(environment), superuser(environment)),
        namespaces(environment),
        JobLimits.of(environment),
        ResourceSeries.of(environment));
  }

  private static Set<String> namespaces(Map<String, String> environment) {
    var text = environment.getOrDefault(NAMESPACES, "");
    if (text.isBlank()) {
      return Set.of();
    }
    var names = Arrays.stream(text.split(",", -1)).map(String::strip).collect(Collectors.toSet());
    if (!names.stream().allMatch(name -> NAMESPACE.matcher(name).matches())) {
      throw new IllegalArgumentException(
          "%s is \"%s\", but must be a list of namespaces such as \"orders,billing\", or empty for all namespaces"
              .formatted(NAMESPACES, text));
    }
    return names;
  }

  /** Returns the watched namespaces for the log. */
  String watched() {
    return namespaces.isEmpty() ? "all" : String.join(", ", new TreeSet<>(namespaces));
  }

  private static Set<String> extensions(Map<String, String> environment) {
    var text = environment.get(ScratchPermissions.EXTENSIONS);
    if (text == null) {
      return ScratchPermissions.DEFAULT.extensions();
    }
    var names = Arrays.stream(text.split(",", -1)).map(String::strip).collect(Collectors.toSet());
    if (!text.isBlank() && !names.stream().allMatch(name -> EXTENSION.matcher(name).matches())) {
      throw new IllegalArgumentException(
          "%s is \"%s\", but must be a list of extensions such as \"pg_stat_statements,postgres_fdw\", or empty"
              .formatted(ScratchPermissions.EXTENSIONS, text));
    }
    return text.isBlank() ? Set.of() : names;
  }

  private static boolean superuser(Map<String, String> environment) {
    var text = environment.getOrDefault(ScratchPermissions.SUPERUSER, "false");
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(
              "%s is \"%s\", but must be true or false"
                  .formatted(ScratchPermissions.SUPERUSER, text));
    };
  }

  private static ScratchImages scratch(
      Map<String, String> environment, String prefix, String majors, ScratchImages defaults) {
    var major = environment.getOrDefault(prefix + "DEFAULT_MAJOR", defaults.defaultMajor());
    if (!major.matches(majors)) {
      throw new IllegalArgumentException(
          "%sDEFAULT_MAJOR is \"%s\", but must be a major version, a number such as %s"
              .formatted(prefix, major, defaults.defaultMajor()));
    }
    try {
      return ScratchImages.of(
          environment.getOrDefault(prefix + "IMAGES", defaults.template()), major);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(e.getMessage().replace(SCRATCH, prefix), e);
    }
  }

  /** Produces the beans that depend on the environment. */
  @ApplicationScoped
  static class Beans {
    private static final Logger LOG = Logger.getLogger(Settings.class);

    void start(@Observes StartupEvent event) {
      var settings = Settings.of(System.getenv());
      LOG.infof(
          "Image of the Jobs: %s. Watched namespaces: %s.",
          settings.runnerImage(), settings.watched());
    }

    @Produces
    @ApplicationScoped
    Clock clock() {
      return Clock.systemUTC();
    }

    @Produces
    Settings settings() {
      return Settings.of(System.getenv());
    }

    @Produces
    JobLimits jobLimits(Settings settings) {
      return settings.jobLimits();
    }

    @Produces
    ResourceSeries resourceSeries(Settings settings) {
      return settings.resourceSeries();
    }

    @Produces
    JobFactory jobFactory(Settings settings) {
      return new JobFactory(
          settings.runnerImage(), settings.scratchImages(), settings.scratchPermissions());
    }
  }
}
