package dev.schemaversion.e2e.gate;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.function.UnaryOperator;

/**
 * Something that makes a Job another, and what the refusal of it says.
 *
 * @param sentence in words
 * @param change what makes it another
 * @param message what the API server says
 */
record RefusedJob(String sentence, UnaryOperator<Job> change, String message) {
  static RefusedJob refused(String sentence, UnaryOperator<Job> change, String message) {
    return new RefusedJob(sentence, change, message);
  }

  @Override
  public String toString() {
    return sentence;
  }
}
