package dev.schemaversion.runner.engine;

import java.util.regex.Pattern;

/** The comments and the white space before a statement. */
public final class LeadingComments {
  private static final Pattern COMMENTS =
      Pattern.compile("\\A(?:\\s+|--[^\\n]*(?:\\n|\\z)|/\\*.*?\\*/)+", Pattern.DOTALL);

  private LeadingComments() {}

  /** Returns the statement without them. */
  public static String strip(String sql) {
    return COMMENTS.matcher(sql).replaceFirst("");
  }
}
