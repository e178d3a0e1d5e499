/**
 * The steps that a Job can run: baseline, sync, plan, verify and prove. Begin with {@link
 * dev.schemaversion.runner.step.StepExecutor}.
 */
package dev.schemaversion.runner.step;
