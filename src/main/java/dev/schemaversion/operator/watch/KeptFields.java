package dev.schemaversion.operator.watch;

import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.desired.Labels;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Lists the fields that the operator reads of each kind of object. All other fields are dropped
 * while a response of the API server arrives, so that the memory of the operator does not depend on
 * the size of objects or on what other controllers write into them. A field that is not listed here
 * is always absent.
 */
final class KeptFields {
  /** The limit of a string, in characters. A longer one is truncated and ends with an ellipsis. */
  static final int MAX_TEXT = 4096;

  /** The limit of a list in an object. Further elements are dropped. */
  static final int MAX_ELEMENTS = 64;

  /**
   * Ends a truncated value. The character makes a version or a requirement invalid, so a truncated
   * requirement is never satisfied.
   */
  static final String ELLIPSIS = "…";

  private static final Pattern PATH =
      Pattern.compile(
          "/(?:api/v1|apis/[^/]+/[^/]+)/(?:namespaces/[^/]+/)?"
              + "(?:(pods|jobs|deployments|statefulsets|schemaversions)(?:/[^/]+){0,2}|(configmaps))");

  private static final KeptFields ALL = new KeptFields(name -> true, Map.of(), true);

  private static final KeptFields LABELS =
      only(
          name ->
              ours(name)
                  || name.equals(Labels.MANAGED_BY)
                  || name.equals("controller-revision-hash")
                  || name.endsWith("pod-template-hash"));

  private static final KeptFields METADATA =
      fields(
          "name namespace uid resourceVersion generation creationTimestamp deletionTimestamp"
              + " ownerReferences continue remainingItemCount",
          Map.of("labels", LABELS, "annotations", only(KeptFields::ours)));

  private static final KeptFields CONTAINERS = fields("name state", Map.of());

  private static final KeptFields POD_SPEC = fields("schedulingGates", Map.of());

  private static final Map<String, KeptFields> BY_RESOURCE =
      Map.of(
          "schemaversions",
          object(
              METADATA.with("finalizers", only(name -> true)),
              // The CRD limits the spec, and only the operator writes the status.
              Map.of("spec", unlimited(), "status", unlimited())),
          "jobs",
          object(
              METADATA, Map.of("status", fields("active succeeded failed conditions", Map.of()))),
          "pods",
          object(
              METADATA,
              Map.of(
                  "spec",
                  POD_SPEC,
                  "status",
                  fields(
                      "phase reason conditions podIP",
                      Map.of(
                          "containerStatuses", CONTAINERS, "initContainerStatuses", CONTAINERS)))),
          "deployments",
          object(
              METADATA,
              Map.of(
                  "spec",
                  fields(
                      "paused replicas",
                      Map.of(
                          "template", fields("", Map.of("metadata", METADATA, "spec", POD_SPEC)))),
                  "status",
                  fields("observedGeneration replicas updatedReplicas conditions", Map.of()))),
          // For lists and watches. A single ConfigMap is read whole, for its migrations.
          "configmaps",
          object(METADATA, Map.of()),
          "statefulsets",
          object(
              METADATA,
              Map.of(
                  "spec",
                  fields("updateStrategy ordinals", Map.of()),
                  "status",
                  fields("observedGeneration currentRevision updateRevision", Map.of()))));

  private final Predicate<String> whole;
  private final Map<String, KeptFields> parts;
  private final boolean limited;

  private KeptFields(Predicate<String> whole, Map<String, KeptFields> parts, boolean limited) {
    this.whole = whole;
    this.parts = parts;
    this.limited = limited;
  }

  /** Returns what to keep of the responses for a path; empty to keep them whole. */
  static Optional<KeptFields> ofPath(String path) {
    var matcher = PATH.matcher(path);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    var resource = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
    return Optional.of(response(BY_RESOURCE.get(resource)));
  }

  /** Returns what to keep of a field's value, or null to drop the field. */
  KeptFields of(String field) {
    var part = parts.get(field);
    return part != null ? part : whole.test(field) ? (limited ? ALL : this) : null;
  }

  /** Whether long strings and long lists are truncated. */
  boolean limited() {
    return limited;
  }

  /** Accepts an object, a list of objects, an event of a watch, or a Status. */
  private static KeptFields response(KeptFields object) {
    return object.with("items", object.unbounded()).with("object", object);
  }

  private static KeptFields object(KeptFields metadata, Map<String, KeptFields> parts) {
    return fields("kind apiVersion type code message reason details", parts)
        .with("metadata", metadata);
  }

  private static KeptFields fields(String whole, Map<String, KeptFields> parts) {
    return new KeptFields(Arrays.asList(whole.split(" "))::contains, parts, true);
  }

  private static KeptFields only(Predicate<String> names) {
    return new KeptFields(names, Map.of(), true);
  }

  private static KeptFields unlimited() {
    return new KeptFields(name -> true, Map.of(), false);
  }

  /** Adds a field. */
  private KeptFields with(String field, KeptFields part) {
    var all = new HashMap<>(parts);
    all.put(field, part);
    return new KeptFields(whole, Map.copyOf(all), limited);
  }

  /** Removes the limit of a list's length. */
  private KeptFields unbounded() {
    return new KeptFields(whole, parts, false);
  }

  private static boolean ours(String name) {
    // The operator sets UNREADABLE itself, while it parses an object.
    return name.startsWith(Names.GROUP + "/") && !name.equals(Names.UNREADABLE);
  }
}
