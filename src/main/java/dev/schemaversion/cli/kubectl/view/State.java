package dev.schemaversion.cli.kubectl.view;

/** The state of a resource, in the order in which a person should look at them. */
public enum State {
  /** A person must act. */
  STALLED("Stalled"),
  /** This release of the plugin cannot read the resource. */
  UNREADABLE("Unreadable"),
  /** The operator works on it, or waits for something. */
  NOT_READY("Not ready"),
  /** The operator has not reconciled the resource. */
  NEW("Not reconciled yet"),
  /** The database is at the wanted version. */
  READY("Ready");

  private final String text;

  State(String text) {
    this.text = text;
  }

  /** Returns the words for people. */
  public String text() {
    return text;
  }
}
