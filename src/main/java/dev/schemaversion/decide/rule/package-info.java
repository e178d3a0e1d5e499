/**
 * The ordered rules that choose the next Job. The first rule that applies wins. Begin with {@link
 * dev.schemaversion.decide.rule.Rule}.
 */
package dev.schemaversion.decide.rule;
