package dev.schemaversion.cli.output;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Says in the words of the command line what the runner says in those of the resource: an option
 * where the runner names a field, and nothing about the operator.
 */
public final class Wording {
  private record Phrase(Pattern said, String instead) {
    Phrase(String said, String instead) {
      this(Pattern.compile(said), instead);
    }
  }

  private static final List<Phrase> PHRASES =
      List.of(
          new Phrase("^spec\\.baseline\\.version is ", "The claim is "),
          new Phrase("\\bspec\\.baseline\\.version\\b", "--claim (spec.baseline.version)"),
          new Phrase(
              "\\bspec\\.baseline\\.acceptDifference\\b",
              "--accept-difference (spec.baseline.acceptDifference)"),
          new Phrase("\\bspec\\.proof\\.ignore\\b", "--ignore (spec.proof.ignore)"),
          new Phrase("\\bspec\\.proof\\.scratch\\.image\\b", "--scratch-image"),
          new Phrase("\\bspec\\.job\\.limits\\.rewrite\\b", "--max-rewrite"),
          new Phrase("\\bspec\\.version\\b", "--to (spec.version)"),
          new Phrase("\\bspec\\.database\\.engine\\b", "--engine"),
          new Phrase("\\bspec\\.database\\.schemas\\b", "--schema"),
          new Phrase("\\bspec\\.database\\.role\\b", "--role"),
          new Phrase("\\bspec\\.database\\.parameters\\b", "--parameter"),
          new Phrase("\\bspec\\.database\\.tls(?:\\.mode)?\\b", "--tls-mode"),
          new Phrase("\\bspec\\.database\\b", "--url"),
          new Phrase("\\bspec\\.migrations\\.flyway\\.", "--flyway "),
          new Phrase("\\bspec\\.migrations\\b", "--migrations"),
          new Phrase(" and apply (?:it|them)(?=[.,])", ""),
          new Phrase("\\b[Tt]he Secret(?: of --url\\.secretRef)?\\b", "the credentials"),
          new Phrase("[;,] the next attempt (?:uses|takes) (?:them|it)\\.", "."),
          new Phrase("[;.] +[Tt]he operator (?:retries|starts|creates|begins)[^.;]*\\.", "."),
          new Phrase(", if the error persists, read the log of the pod's container “scratch”,", ""),
          new Phrase("The pod's log", "--verbose"),
          new Phrase("\\bset the annotation schemaversion\\.dev/retry\\b", "run the command again"),
          new Phrase(
              "The runner's image has no pg_dump, which copies the schema for the rehearsal\\..*",
              "There is no pg_dump on the PATH, which copies the schema for the rehearsal. Install the"
                  + " client programs of PostgreSQL, of the server's major version or newer."),
          new Phrase(
              "The runner has pg_dump ([0-9]+), which cannot dump a server of PostgreSQL ([0-9]+)\\..*",
              "The pg_dump on the PATH is of PostgreSQL $1, and cannot dump a server of PostgreSQL $2."
                  + " Install the client programs of PostgreSQL $2 or newer."),
          new Phrase("\\breachable from this namespace\\b", "reachable from here"),
          new Phrase("\\bthis Job\\b", "this run"));

  private static final Pattern RETRIES =
      Pattern.compile("(?<=\\.) +The operator (?:retries|begins)[^.;]*; (\\p{javaLowerCase})");

  private Wording() {}

  /** Returns a message of the runner in the words of the command line. */
  public static String of(String message) {
    var text =
        RETRIES
            .matcher(message)
            .replaceAll(retries -> " " + retries.group(1).toUpperCase(Locale.ROOT));
    for (var phrase : PHRASES) {
      text = phrase.said().matcher(text).replaceAll(phrase.instead());
    }
    return text;
  }
}
