package dev.schemaversion.runner.failures;

import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import dev.schemaversion.contract.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Collects the literals of expressions, also those of the members and variables in them. */
final class MessageTexts extends TreeScanner<Void, Void> {
  private final List<String> literals = new ArrayList<>();
  private final Set<Outcome> outcomes = new HashSet<>();
  private final Map<String, List<Tree>> members;
  private final Map<String, List<Tree>> locals = new TreeMap<>();
  private final Set<String> parameters = new TreeSet<>();
  private final Set<String> followed = new HashSet<>();
  private boolean passesOn;

  MessageTexts(Map<String, List<Tree>> members, MethodTree method) {
    this.members = members;
    method.getParameters().stream()
        .filter(parameter -> parameter.getType().toString().matches("String|List<String>"))
        .forEach(parameter -> parameters.add(parameter.getName().toString()));
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitVariable(VariableTree node, Void nothing) {
        if (node.getInitializer() != null) {
          locals
              .computeIfAbsent(node.getName().toString(), key -> new ArrayList<>())
              .add(node.getInitializer());
        }
        return super.visitVariable(node, null);
      }
    }.scan(method.getBody(), null);
  }

  /** The string literals. */
  List<String> literals() {
    return List.copyOf(literals);
  }

  /** The outcomes that are named. */
  Set<Outcome> outcomes() {
    return Set.copyOf(outcomes);
  }

  /** Whether a parameter of the method is among the expressions. */
  boolean passesOn() {
    return passesOn;
  }

  @Override
  public Void visitLiteral(LiteralTree node, Void nothing) {
    if (node.getValue() instanceof String text) {
      literals.add(text);
    }
    return null;
  }

  @Override
  public Void visitLambdaExpression(LambdaExpressionTree node, Void nothing) {
    return null; // what it computes is no text of ours
  }

  @Override
  public Void visitMemberSelect(MemberSelectTree node, Void nothing) {
    if (node.getExpression().toString().equals("Outcome")) {
      outcomes.add(Outcome.valueOf(node.getIdentifier().toString()));
      return null;
    }
    return super.visitMemberSelect(node, null);
  }

  @Override
  public Void visitIdentifier(IdentifierTree node, Void nothing) {
    var name = node.getName().toString();
    if (parameters.contains(name)) {
      passesOn = true;
    } else if (followed.add(name)) {
      locals.getOrDefault(name, members.getOrDefault(name, List.of())).stream()
          .filter(tree -> tree != null)
          .forEach(tree -> scan(tree, null));
    }
    return null;
  }
}
