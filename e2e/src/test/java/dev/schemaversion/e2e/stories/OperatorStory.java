package dev.schemaversion.e2e.stories;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A test that kills or stops the operator, so that no other story runs meanwhile. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Test
@ResourceLock(WithOperator.OPERATOR)
@interface OperatorStory {}
