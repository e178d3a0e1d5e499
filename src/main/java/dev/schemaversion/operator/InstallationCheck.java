package dev.schemaversion.operator;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Checks an installation, in the pod of {@code helm test}: a replica of the operator is ready, and
 * the one that leads reports that a SchemaVersion holds a workload. It uses nothing but the JDK, so
 * that it starts without the libraries.
 */
final class InstallationCheck {
  private static final int ATTEMPTS = 60;
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final URI operator;
  private final String resource;
  private final Pattern holdsOne;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

  /**
   * Creates a check.
   *
   * @param operator the address of the Service in front of the replicas
   * @param resource the name of the SchemaVersion
   */
  InstallationCheck(URI operator, String resource) {
    this.operator = operator;
    this.resource = resource;
    this.holdsOne =
        Pattern.compile(
            "(?m)^schemaversion_held_workloads\\{[^}]*\\bname=\"%s\"[^}]*} 1(\\.0)?$"
                .formatted(Pattern.quote(resource)));
  }

  /** Prints the result. The exit code is 1 if the check fails. */
  public static void main(String[] args) throws InterruptedException {
    var check = new InstallationCheck(URI.create(args[0]), args[1]);
    var problem = check.problemAfter(ATTEMPTS, PAUSE);
    if (problem.isPresent()) {
      System.err.println("The test has failed: " + problem.get() + ".");
      System.exit(1);
    }
    System.out.println("The operator is ready, one replica leads, and the gate holds.");
  }

  /** Returns the last problem of so many attempts; empty as soon as one finds none. */
  Optional<String> problemAfter(int attempts, Duration pause) throws InterruptedException {
    var problem = problem();
    for (int attempt = 1; attempt < attempts && problem.isPresent(); attempt++) {
      Thread.sleep(pause);
      problem = problem();
    }
    return problem;
  }

  private Optional<String> problem() throws InterruptedException {
    try {
      if (get("/q/health/ready").statusCode() != HttpURLConnection.HTTP_OK) {
        return Optional.of(
            "a replica is not ready, because its watches are not connected. kubectl logs deployment/schemaversion-operator says why");
      }
      return holdsOne.matcher(get("/q/metrics").body()).find()
          ? Optional.empty()
          : Optional.of(
              "the replicas are ready, but none reports that SchemaVersion %s holds a workload. Either no replica leads, or the gate's policies are not in force"
                  .formatted(resource));
    } catch (IOException e) {
      return Optional.of("no replica answers at %s (%s)".formatted(operator, e));
    }
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(operator.resolve(path)).timeout(TIMEOUT).build();
    return http.send(request, BodyHandlers.ofString());
  }
}
