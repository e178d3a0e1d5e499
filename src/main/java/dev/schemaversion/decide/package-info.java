/**
 * The decisions of the operator as pure functions: {@code ClusterState -> Decision}. The current
 * time is part of the input, and nothing here accesses the network. Begin with {@link
 * dev.schemaversion.decide.Decide}; the rules are in {@code rule}, the status in {@code status},
 * the release of workloads in {@code gate}.
 */
package dev.schemaversion.decide;
