package dev.schemaversion.e2e.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class PlotTest {
  @Test
  void eachMeasurementIsADotAndEachBarEndsAtTheTypicalOne() throws Exception {
    var svg = read(new Plot(List.of(Some.scenario(), Some.again())).svg());

    var dots = elements(svg, "circle");
    assertThat(dots).hasSize(6);
    var bars = elements(svg, "rect").stream().filter(bar -> bar.hasAttribute("height")).toList();
    double end =
        bars.stream()
            .filter(bar -> bar.getAttribute("class").equals("PROGRAM"))
            .filter(bar -> bar.getAttribute("height").equals("15"))
            .mapToDouble(bar -> number(bar, "x") + number(bar, "width"))
            .findFirst()
            .orElseThrow();
    // The first measurement of the first way is the typical one.
    assertThat(end).isCloseTo(number(dots.getFirst(), "cx"), offset(0.2));
  }

  @Test
  void nothingIsDrawnOutsideAndTitlesAreText() throws Exception {
    var text = new Plot(List.of(Some.scenario())).svg();
    var svg = read(text);

    double width = number(svg.getDocumentElement(), "width");
    double height = number(svg.getDocumentElement(), "height");
    assertThat(elements(svg, "text"))
        .allSatisfy(
            element -> {
              assertThat(number(element, "x")).isBetween(0.0, width);
              assertThat(number(element, "y")).isBetween(0.0, height);
            })
        .extracting(Element::getTextContent)
        .contains("A new database", "Always < all", "4.00", "6.00");
    assertThat(text).contains("prefers-color-scheme: dark");
  }

  private static Document read(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<Element> elements(Document svg, String name) {
    var found = svg.getElementsByTagName(name);
    return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i)).toList();
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }
}
