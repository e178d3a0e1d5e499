package dev.schemaversion.e2e.bench.timeline;

/** What the time before a moment was spent on. */
public enum Part {
  /** Requests, the controllers of Kubernetes, and the operator. */
  REACTION("reaction"),
  /** From the creation of the pod that migrates to the first line of its program's log. */
  START("pod start"),
  /** From the first to the last line of the log of the program that migrates. */
  MIGRATION("migration"),
  /** From the last line of the log until the API has the end of the container. */
  END("end noticed"),
  /** From the creation of the program's pod until its container runs. */
  PROGRAM("program start");

  private final String title;

  Part(String title) {
    this.title = title;
  }

  /** Returns the title of a column. */
  public String title() {
    return title;
  }
}
