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
 * The fields that the operator reads of each kind of object. Everything else in an answer of the
 * API server is dropped while it arrives, so that the size of an object, or what other controllers
 * write into it, does not decide how much memory the operator needs. This list is the
 * specification: a field that is not here is never seen.
 */
final class KeptFields {
  /** Longer values are cut, and end with {@link #CUT}. */
  static final int LONGEST_TEXT = 4096;

  /** More elements of a list are dropped. */
  static final int MOST_ELEMENTS = 64;

  /** Ends a value that was cut. It makes a version or a requirement invalid, so nothing passes. */
  static final String CUT = "…";

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
              // The CRD bounds the spec, and the operator alone writes the status.
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
                      "phase reason conditions",
                      Map.of(
                          "containerStatuses", CONTAINERS, "initContainerStatuses", CONTAINERS)))),
          "deployments",
          object(
              METADATA,
              Map.of(
                  "spec",
                  fields(
                      "paused",
                      Map.of(
                          "template",
                          fields("", Map.of("metadata", METADATA, "spec", POD_SPEC)))))),
          // Of lists and watches; a single one is read whole, for its migrations.
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

  /** What is kept of the answers under this path; empty for those that are kept whole. */
  static Optional<KeptFields> ofPath(String path) {
    var matcher = PATH.matcher(path);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    var resource = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
    return Optional.of(answer(BY_RESOURCE.get(resource)));
  }

  /** What is kept of this field's value, or null if the field is dropped. */
  KeptFields of(String field) {
    var part = parts.get(field);
    return part != null ? part : whole.test(field) ? (limited ? ALL : this) : null;
  }

  /** Whether long values and long lists are cut. */
  boolean limited() {
    return limited;
  }

  /** One object, a list of them, an event of a watch, or what the API server says otherwise. */
  private static KeptFields answer(KeptFields object) {
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

  /** The same with one more field. */
  private KeptFields with(String field, KeptFields part) {
    var all = new HashMap<>(parts);
    all.put(field, part);
    return new KeptFields(whole, Map.copyOf(all), limited);
  }

  /** The same in a list of any length. */
  private KeptFields unbounded() {
    return new KeptFields(whole, parts, false);
  }

  private static boolean ours(String name) {
    // That one is the operator's own, for itself.
    return name.startsWith(Names.GROUP + "/") && !name.equals(Names.UNREADABLE);
  }
}
