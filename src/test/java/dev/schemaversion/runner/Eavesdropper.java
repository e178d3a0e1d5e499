package dev.schemaversion.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.logging.Logger;

/** Stands before the driver and writes down what it is told. */
public final class Eavesdropper implements Driver {
  private final List<Properties> heard = new ArrayList<>();
  private final Driver real;
  private boolean alone;

  private Eavesdropper(Driver real) {
    this.real = real;
  }

  static Eavesdropper before() throws SQLException {
    var real =
        DriverManager.drivers()
            .filter(driver -> driver.getClass().getName().equals("org.postgresql.Driver"))
            .findFirst()
            .orElseThrow();
    var ears = new Eavesdropper(real);
    DriverManager.deregisterDriver(real);
    DriverManager.registerDriver(ears);
    DriverManager.registerDriver(real);
    return ears;
  }

  /** Says itself that there is no such database, which is quicker. */
  public void answerAlone() throws SQLException {
    DriverManager.deregisterDriver(real);
    alone = true;
  }

  void leave() throws SQLException {
    DriverManager.deregisterDriver(this);
    if (alone) {
      DriverManager.registerDriver(real);
    }
  }

  public void forget() {
    heard.clear();
  }

  /** What the driver makes of each URL and the properties beside it. */
  public List<Properties> heard() {
    return heard;
  }

  @Override
  public Connection connect(String url, Properties info) throws SQLException {
    var parsed = parse(url, info);
    assertThat(parsed).as(url).isNotNull();
    var told = new Properties();
    parsed.stringPropertyNames().forEach(name -> told.put(name, parsed.getProperty(name)));
    heard.add(told);
    if (alone) {
      throw new SQLException("there is no such database", "3D000");
    }
    return null; // the next one, please
  }

  /** As the driver itself does it; its class has annotations that the compiler complains of. */
  private Properties parse(String url, Properties info) {
    try {
      return (Properties)
          real.getClass()
              .getMethod("parseURL", String.class, Properties.class)
              .invoke(null, url, info);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public boolean acceptsURL(String url) {
    return true;
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
    return new DriverPropertyInfo[0];
  }

  @Override
  public int getMajorVersion() {
    return 1;
  }

  @Override
  public int getMinorVersion() {
    return 0;
  }

  @Override
  public boolean jdbcCompliant() {
    return false;
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getLogger("eavesdropper");
  }
}
