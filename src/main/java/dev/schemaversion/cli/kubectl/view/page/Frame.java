package dev.schemaversion.cli.kubectl.view.page;

import static dev.schemaversion.cli.kubectl.view.page.Html.element;

import dev.schemaversion.cli.kubectl.view.Age;
import dev.schemaversion.cli.kubectl.view.page.Html.Element;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * What all pages have in common.
 *
 * @param root leads from the page to the first one
 */
record Frame(Dashboard dashboard, String root, Instant now) {
  private static final String TITLE = "SchemaVersions";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

  /** Without scripts, the browser loads the page again after so many seconds. */
  private static final String REFRESH = "5";

  /** Returns a page. */
  String html(String title, List<Element> sections) {
    var page = new StringBuilder("<!DOCTYPE html>\n");
    element("html", head(title), body(sections)).set("lang", "en").appendTo(page);
    return page.toString();
  }

  /** Returns a part of a page, which the script of the page replaces as a whole. */
  static Element section(String id, String heading, Html... content) {
    return element("section", element("h2", heading)).set("id", id).add(content);
  }

  private Element head(String title) {
    return element(
        "head",
        element("meta").set("charset", "utf-8"),
        element("meta")
            .set("name", "viewport")
            .set("content", "width=device-width, initial-scale=1"),
        element("meta").set("name", "color-scheme").set("content", "light dark"),
        element("title", title + " · " + TITLE),
        element("link").set("rel", "stylesheet").set("href", root + "dashboard.css"),
        element("link").set("rel", "icon").set("href", root + "icon.svg"),
        element("script").set("src", root + "dashboard.js").set("defer", ""),
        element("noscript", element("meta").set("http-equiv", "refresh").set("content", REFRESH)));
  }

  private Element body(List<Element> sections) {
    return element(
        "body",
        element(
            "header",
            element("h1", element("a", TITLE).set("href", root.isEmpty() ? "." : root)),
            element(
                "p",
                (dashboard.namespace() == null
                        ? "All namespaces"
                        : "Namespace " + dashboard.namespace())
                    + " of "
                    + dashboard.server())),
        element("main", status()).set("id", "content").add(sections),
        element(
            "footer",
            element(
                "p",
                "Read with the rights of your kubeconfig. This page changes nothing; kubectl"
                    + " schemaversion --help lists the commands that do.")));
  }

  /** Returns how old the page is, and what is wrong with it. */
  private Element status() {
    var read = element("p", "Read at " + TIME.format(dashboard.readAt())).of("quiet");
    var lost =
        element("p", "This page is no longer updated: the command that serves it does not answer.")
            .of("alert")
            .set("id", "lost")
            .set("hidden", "");
    var status = element("div", read, lost).set("id", "status");
    return dashboard.problem() == null
        ? status
        : status.add(
            element(
                    "p",
                    dashboard.problem()
                        + " What you see was read "
                        + Age.since(dashboard.readAt().toString(), now)
                        + " ago.")
                .of("alert"));
  }

  /** Returns the time since an instant of the API. */
  Element age(String instant) {
    var age = element("time", Age.since(instant, now));
    try {
      return instant == null
          ? age
          : age.set("datetime", instant).set("title", TIME.format(Instant.parse(instant)));
    } catch (DateTimeException e) {
      return age;
    }
  }

  /** Returns a link to the page about a resource. */
  Element link(ResourceView resource) {
    var view = resource.view();
    return element(
            "a", element("span", view.namespace() + "/").of("quiet"), element("b", view.name()))
        .set("href", root + "r/" + encoded(view.namespace()) + "/" + encoded(view.name()));
  }

  /** Returns the state of a resource. */
  static Element badge(ResourceView resource) {
    var state = resource.view().state();
    return element("span", state.text()).of("badge " + styleClass(state.name()));
  }

  /** Returns the name of the style for the constant of an enum. */
  static String styleClass(String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The API server permits no other character in a name; nothing else becomes part of a link. */
  private static String encoded(String name) {
    var encoded = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      boolean plain = (b >= 'a' && b <= 'z') || (b >= '0' && b <= '9') || b == '-' || b == '.';
      encoded.append(plain ? Character.toString(b) : "%%%02X".formatted(b & 0xff));
    }
    return encoded.toString();
  }
}
