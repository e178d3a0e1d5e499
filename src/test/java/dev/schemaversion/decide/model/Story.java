package dev.schemaversion.decide.model;

import java.util.List;

/**
 * How a rule came to be broken.
 *
 * @param rule the rule
 * @param moves what happened
 */
record Story(String rule, List<Move> moves) {
  private static final int LONGEST = 60;

  @Override
  public String toString() {
    var text = new StringBuilder(rule).append(", for this can happen:\n");
    for (int i = 0; i < Math.min(LONGEST, moves.size()); i++) {
      var move = moves.get(i);
      text.append("%3d. %s%n       (%s)%n".formatted(i + 1, move.what(), move.next().told()));
    }
    return text.append(moves.size() > LONGEST ? "     and so on\n" : "").toString();
  }
}
