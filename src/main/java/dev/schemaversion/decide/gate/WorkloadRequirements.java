package dev.schemaversion.decide.gate;

import dev.schemaversion.api.v1alpha1.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The SchemaVersions that a workload requires, from its label and the annotations of its pods.
 *
 * @param requirements the parsed requirements; if a name occurs twice, both must be satisfied
 * @param unreadable why a requirement cannot be parsed, as a message, or null; such a workload is
 *     never satisfied
 */
public record WorkloadRequirements(List<VersionRequirement> requirements, String unreadable) {
  /** The bound keeps the cost of the admission policies within the API server's limit. */
  private static final int MAX_ENTRIES = 8;

  private static final int MAX_LENGTH = 2048;
  private static final String VERSION = "[A-Za-z0-9][A-Za-z0-9_.]{0,150}";

  private static final Pattern ENTRY =
      Pattern.compile(
          " *([a-z0-9](?:[-a-z0-9]{0,38}[a-z0-9])?)=(%s)(?:-(%s))? *".formatted(VERSION, VERSION));

  /**
   * Parses the requirements of a workload.
   *
   * @param label the value of the label {@link Names#REQUIRES}, or null
   * @param annotations the annotations of the pod, or of the pod template
   */
  public static WorkloadRequirements read(String label, Map<String, String> annotations) {
    var requirements = new ArrayList<VersionRequirement>();
    boolean named = label != null && !label.isEmpty();
    if (named) {
      requirements.add(
          new VersionRequirement(
              label, annotations.get(Names.MIN_VERSION), annotations.get(Names.MAX_VERSION)));
    }
    var more = annotations.get(Names.REQUIREMENTS);
    if (more == null) {
      return new WorkloadRequirements(
          List.copyOf(requirements),
          named
              ? null
              : "the label %s is empty, and the pod template has no annotation %s; name a SchemaVersion in one of them"
                  .formatted(Names.REQUIRES, Names.REQUIREMENTS));
    }
    var further = further(more);
    requirements.addAll(further.orElse(List.of()));
    return new WorkloadRequirements(
        List.copyOf(requirements), further.isPresent() ? null : invalid(more));
  }

  /** Returns the names of the required SchemaVersions. */
  public Set<String> names() {
    return requirements.stream()
        .map(VersionRequirement::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Returns the requirements for one SchemaVersion; unparsable ones count for each. */
  public WorkloadRequirements of(String name) {
    return new WorkloadRequirements(
        requirements.stream().filter(one -> one.name().equals(name)).toList(), unreadable);
  }

  private static Optional<List<VersionRequirement>> further(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    var entries = text.split(",", -1);
    var read = new ArrayList<VersionRequirement>();
    for (var entry : entries) {
      var matcher = ENTRY.matcher(entry);
      if (entries.length > MAX_ENTRIES || !matcher.matches()) {
        return Optional.empty();
      }
      read.add(new VersionRequirement(matcher.group(1), matcher.group(2), matcher.group(3)));
    }
    return Optional.of(read);
  }

  private static String invalid(String text) {
    return "the pod template's annotation %s is \"%s\", which cannot be parsed; write at most %d resources with the versions on which the program runs, separated by commas, such as \"keystone=4,nova=13-15\""
        .formatted(Names.REQUIREMENTS, Verdict.shortened(text), MAX_ENTRIES);
  }
}
