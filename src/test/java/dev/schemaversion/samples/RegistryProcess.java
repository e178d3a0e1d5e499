package dev.schemaversion.samples;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mariadb.jdbc.MariaDbDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The sample's registry, compiled from its source and run as a process of its own, as in its image.
 */
final class RegistryProcess implements AutoCloseable {

  record Answer(int status, JsonNode body) {}

  private static final Pattern START =
      Pattern.compile("\\S+ glance-registry .* listens on port (\\d+),.*");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final Path log;
  private final HttpClient http = HttpClient.newHttpClient();

  private RegistryProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  static void compile(Path classes) {
    var compiled =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(
                System.out,
                System.err,
                "-Xlint:all",
                "-Werror",
                "-cp",
                drivers(),
                "-d",
                classes.toString(),
                GlanceDatabase.SAMPLE.resolve("registry").resolve("Registry.java").toString());
    if (compiled != 0) {
      throw new IllegalStateException("the registry does not compile");
    }
  }

  /** Returns when the registry has said what it found. */
  static RegistryProcess start(String release, GlanceDatabase database, Path classes)
      throws IOException {
    var log = Files.createTempFile(classes, "registry", ".log");
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var classPath = classes + File.pathSeparator + drivers();
    var builder = new ProcessBuilder(List.of(java, "-cp", classPath, "Registry"));
    var environment = builder.environment();
    environment.put("GLANCE_RELEASE", release);
    environment.put("PORT", "0");
    environment.put("DB_HOST", "localhost");
    environment.put("DB_PORT", String.valueOf(database.port()));
    environment.put("DB_NAME", database.name());
    environment.put("DB_USER", GlanceDatabase.USER);
    environment.put("DB_PASSWORD", "postgres");
    var process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    var registry = new RegistryProcess(process, log);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> !process.isAlive() || registry.log().stream().anyMatch(START.asMatchPredicate()));
    return registry;
  }

  List<String> log() throws IOException {
    return Files.readAllLines(log);
  }

  Answer get(String path) throws IOException, InterruptedException {
    return send("GET", path);
  }

  Answer send(String method, String path) throws IOException, InterruptedException {
    var start = START.matcher(log().getFirst());
    if (!start.matches()) {
      throw new IllegalStateException("the registry did not start: " + log());
    }
    var request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + start.group(1) + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    var response = http.send(request, BodyHandlers.ofString());
    return new Answer(response.statusCode(), JSON.readTree(response.body()));
  }

  @Override
  public void close() {
    process.destroy();
    await().atMost(Duration.ofSeconds(30)).until(() -> !process.isAlive());
    http.close();
  }

  private static String drivers() {
    return Stream.of(PGSimpleDataSource.class, MariaDbDataSource.class)
        .map(driver -> driver.getProtectionDomain().getCodeSource().getLocation().toString())
        .map(location -> Path.of(URI.create(location)).toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
