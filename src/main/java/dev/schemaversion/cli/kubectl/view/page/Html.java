package dev.schemaversion.cli.kubectl.view.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A piece of a page. There is no way to add markup: all text and all values are escaped. */
sealed interface Html {
  /** Adds the piece to a page. */
  void appendTo(StringBuilder page);

  /** Returns a text; a question mark if there is none. */
  static Html text(String text) {
    return new Text(Objects.requireNonNullElse(text, "?"));
  }

  /** Returns an element. */
  static Element element(String name, Html... content) {
    return new Element(name, Map.of(), List.of(content));
  }

  /** Returns an element with a text. */
  static Element element(String name, String text) {
    return element(name, text(text));
  }

  /** A text. */
  record Text(String text) implements Html {
    @Override
    public void appendTo(StringBuilder page) {
      Html.escape(text, page);
    }
  }

  /**
   * An element; its name and the names of its attributes are constants.
   *
   * @param attributes their values by their names
   */
  record Element(String name, Map<String, String> attributes, List<Html> content) implements Html {
    private static final Set<String> EMPTY = Set.of("link", "meta", "wbr");

    /** A line break after these is not shown. */
    private static final Set<String> LINES =
        Set.of(
            "body", "dd", "details", "div", "dl", "footer", "h1", "h2", "head", "header", "html",
            "li", "link", "main", "meta", "nav", "ol", "p", "pre", "script", "section", "summary",
            "table", "tbody", "thead", "title", "tr", "ul");

    /** Returns the element with an attribute. */
    Element set(String attribute, String value) {
      var all = new LinkedHashMap<>(attributes);
      all.put(attribute, value);
      return new Element(name, all, content);
    }

    /** Returns the element of a class, by which it gets its style. */
    Element of(String styleClass) {
      return set("class", styleClass);
    }

    /** Returns the element with further content. */
    Element add(Html... further) {
      return add(Arrays.asList(further));
    }

    /** Returns the element with further content. */
    Element add(List<? extends Html> further) {
      var all = new ArrayList<>(content);
      all.addAll(further);
      return new Element(name, attributes, all);
    }

    @Override
    public void appendTo(StringBuilder page) {
      page.append('<').append(name);
      attributes.forEach(
          (attribute, value) -> {
            page.append(' ').append(attribute).append("=\"");
            Html.escape(value, page);
            page.append('"');
          });
      page.append('>');
      content.forEach(piece -> piece.appendTo(page));
      if (!EMPTY.contains(name)) {
        page.append("</").append(name).append('>');
      }
      if (LINES.contains(name)) {
        page.append('\n');
      }
    }
  }

  private static void escape(String text, StringBuilder page) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> page.append("&amp;");
        case '<' -> page.append("&lt;");
        case '>' -> page.append("&gt;");
        case '"' -> page.append("&quot;");
        case '\'' -> page.append("&#39;");
        default -> page.append(c);
      }
    }
  }
}
