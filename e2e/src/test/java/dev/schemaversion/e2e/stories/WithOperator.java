package dev.schemaversion.e2e.stories;

import dev.schemaversion.e2e.OnCluster;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** For classes of stories: the cluster with the operator on it, and several stories at once. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith({OnCluster.class, OnGlance.class})
@Execution(ExecutionMode.CONCURRENT)
public @interface WithOperator {
  /** What stories read that leave the operator alone, and write that do not. */
  String OPERATOR = "operator";
}
