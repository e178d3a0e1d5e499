package dev.schemaversion.e2e.gate;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * The program of a mutating webhook. It changes objects as {@link ForeignMutation} says. It needs
 * nothing but the JDK, because it runs as a process of its own beside the API server.
 */
final class MutatingWebhook {

  static final String PASSWORD = "changeit";

  private static final Pattern UID = Pattern.compile("\"uid\":\"([^\"]+)\"");
  private static final Pattern CHANGE = Pattern.compile("\"gate-test/change\":\"([^\"]+)\"");

  private MutatingWebhook() {}

  /**
   * Serves until it is killed, and prints its port.
   *
   * @param arguments the key store with the server's key and certificate
   */
  public static void main(String[] arguments) throws IOException, GeneralSecurityException {
    var server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls(Path.of(arguments[0]))));
    server.createContext("/", MutatingWebhook::answer);
    server.start();
    System.out.println(server.getAddress().getPort());
  }

  private static SSLContext tls(Path file) throws IOException, GeneralSecurityException {
    var password = PASSWORD.toCharArray();
    var store = KeyStore.getInstance("PKCS12");
    try (var content = Files.newInputStream(file)) {
      store.load(content, password);
    }
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, password);
    var tls = SSLContext.getInstance("TLS");
    tls.init(keys.getKeyManagers(), null, null);
    return tls;
  }

  private static void answer(HttpExchange exchange) throws IOException {
    var review = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var patch = Base64.getEncoder().encodeToString(patch(review).getBytes(StandardCharsets.UTF_8));
    var answer =
        """
        {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "response": {\
        "uid": "%s", "allowed": true, "patchType": "JSONPatch", "patch": "%s"}}\
        """
            .formatted(first(UID, review), patch)
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private static String patch(String review) {
    var pod = review.contains("\"version\":\"v1\",\"kind\":\"Pod\"}");
    var change = first(CHANGE, review);
    return switch (change) {
      case "version" ->
          add(
              (pod ? "" : "/spec/template")
                  + "/metadata/annotations/schemaversion.dev~1min-version",
              "\"99\"");
      case "hold" -> pod ? add("/spec/schedulingGates", "[]") : add("/spec/paused", "false");
      case "harmless" -> add("/metadata/labels/harmless", "\"true\"");
      default ->
          add(
              "/metadata/labels/schemaversion.dev~1requires",
              '"' + change.substring("label-".length()) + '"');
    };
  }

  private static String add(String path, String value) {
    return "[{\"op\": \"add\", \"path\": \"%s\", \"value\": %s}]".formatted(path, value);
  }

  private static String first(Pattern pattern, String text) {
    var matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IllegalArgumentException("no " + pattern + " in " + text);
    }
    return matcher.group(1);
  }
}
