/**
 * Syncs that wait for the approval of their plan. Begin with {@link
 * dev.schemaversion.decide.approval.ApprovalTest}.
 */
package dev.schemaversion.decide.approval;
