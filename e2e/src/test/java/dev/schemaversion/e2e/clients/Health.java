package dev.schemaversion.e2e.clients;

import com.fasterxml.jackson.databind.JsonNode;
import dev.schemaversion.e2e.cluster.Checkout;
import dev.schemaversion.e2e.cluster.Command;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What Argo CD and what kstatus (Flux, Helm 4) say of an object, each by its own code.
 *
 * @param argo such as {@code Suspended}; {@code None} of a kind that Argo CD does not know
 * @param kstatus such as {@code InProgress}
 */
public record Health(String argo, String kstatus) {
  private static final Path SCRIPT =
      Checkout.root().resolve("deploy/argocd/schemaversion.dev/SchemaVersion");

  /** Of an object as the API server has it. */
  public static Health of(JsonNode object) {
    return of(object, List.of(Clients.program("health").toString()));
  }

  /** The same, where Argo CD has the health script that is shipped for a SchemaVersion. */
  public static Health withTheScript(JsonNode object) {
    return of(object, List.of(Clients.program("health").toString(), "with", SCRIPT.toString()));
  }

  private static Health of(JsonNode object, List<String> command) {
    var said = Command.answer(command, Map.of(), object.toString()).orThrow(command).split("\\s");
    return new Health(after("argo=", said[0]), after("kstatus=", said[1]));
  }

  private static String after(String prefix, String word) {
    if (!word.startsWith(prefix)) {
      throw new IllegalStateException("not %s… but %s".formatted(prefix, word));
    }
    return word.substring(prefix.length());
  }
}
