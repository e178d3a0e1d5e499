package dev.schemaversion.e2e.gate;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * A change of an object that the policies deny to the operator's account.
 *
 * @param <T> the type of the object
 * @param name the name of the test case
 * @param change makes the change
 * @param message a part of the API server's message
 */
record DeniedChange<T>(String name, UnaryOperator<T> change, String message) {
  static <T> DeniedChange<T> denied(String name, UnaryOperator<T> change, String message) {
    return new DeniedChange<>(name, change, message);
  }

  /** Asserts that a policy denies a request with this message. */
  static void assertDenied(ThrowingCallable request, String message) {
    assertThatThrownBy(request)
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("schemaversion-bind-operator-")
        .hasMessageContaining(message);
  }

  @Override
  public String toString() {
    return name;
  }
}
