package dev.schemaversion.decide.model;

import java.util.List;

/**
 * A trace that violates an invariant.
 *
 * @param rule the violated invariant
 * @param trace the transitions from the initial state
 */
record Counterexample(String rule, List<Transition> trace) {
  private static final int MAX_SHOWN = 60;

  @Override
  public String toString() {
    var text = new StringBuilder(rule).append(". Trace:\n");
    for (int i = 0; i < Math.min(MAX_SHOWN, trace.size()); i++) {
      var transition = trace.get(i);
      text.append(
          "%3d. %s%n       (%s)%n"
              .formatted(i + 1, transition.what(), transition.next().describe()));
    }
    return text.append(trace.size() > MAX_SHOWN ? "     …\n" : "").toString();
  }
}
