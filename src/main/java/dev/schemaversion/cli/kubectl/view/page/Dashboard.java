package dev.schemaversion.cli.kubectl.view.page;

import dev.schemaversion.cli.kubectl.view.StatusView;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the pages show.
 *
 * @param server the address of the API server
 * @param namespace the namespace; null for all namespaces
 * @param resources the resources
 * @param readAt when the API server listed them
 * @param problem why nothing newer could be read, or null
 */
public record Dashboard(
    String server, String namespace, List<ResourceView> resources, Instant readAt, String problem) {

  private static final Comparator<ResourceView> WORST_FIRST =
      Comparator.comparing((ResourceView resource) -> resource.view().state())
          .thenComparing(ResourceView::fullName);

  /** Sorts the resources: those that need a person first, then by name. */
  public Dashboard {
    resources = resources.stream().sorted(WORST_FIRST).toList();
  }

  /** Returns the same as it was read, with the reason why nothing newer could be read. */
  public Dashboard withProblem(String why) {
    return new Dashboard(server, namespace, resources, readAt, why);
  }

  /** Returns the page about all resources. */
  public String overview(Instant now) {
    return new OverviewPage(this, now).html();
  }

  /** Returns the page about a resource; empty if there is no such resource. */
  public Optional<String> page(String ofNamespace, String name, Instant now) {
    return resources.stream()
        .filter(resource -> isNamed(resource.view(), ofNamespace, name))
        .findFirst()
        .map(resource -> new ResourcePage(this, resource, now).html());
  }

  private static boolean isNamed(StatusView view, String namespace, String name) {
    return view.namespace().equals(namespace) && view.name().equals(name);
  }

  /**
   * Returns the page for an address at which there is nothing, such as a deleted resource's.
   *
   * @param depth how many folders lead to it
   */
  public String missing(int depth, Instant now) {
    return new Frame(this, "../".repeat(depth), now)
        .html(
            "Not found",
            List.of(
                Frame.section(
                    "missing",
                    "Not found",
                    Html.element(
                        "p", "There is no such SchemaVersion. It may have been deleted."))));
  }
}
