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

/** Records the connection properties of every attempt to connect, before the real driver. */
public final class RecordingDriver implements Driver {
  private final List<Properties> recorded = new ArrayList<>();
  private final Driver real;
  private boolean rejecting;

  private RecordingDriver(Driver real) {
    this.real = real;
  }

  static RecordingDriver register() throws SQLException {
    var real =
        DriverManager.drivers()
            .filter(driver -> driver.getClass().getName().equals("org.postgresql.Driver"))
            .findFirst()
            .orElseThrow();
    var driver = new RecordingDriver(real);
    DriverManager.deregisterDriver(real);
    DriverManager.registerDriver(driver);
    DriverManager.registerDriver(real);
    return driver;
  }

  /** Rejects connections with "no such database" instead of passing them on, which is faster. */
  public void rejectConnections() throws SQLException {
    DriverManager.deregisterDriver(real);
    rejecting = true;
  }

  void unregister() throws SQLException {
    DriverManager.deregisterDriver(this);
    if (rejecting) {
      DriverManager.registerDriver(real);
    }
  }

  public void clear() {
    recorded.clear();
  }

  /** The properties that the real driver parses from each URL and its properties. */
  public List<Properties> recorded() {
    return recorded;
  }

  @Override
  public Connection connect(String url, Properties info) throws SQLException {
    var parsed = parse(url, info);
    assertThat(parsed).as(url).isNotNull();
    var properties = new Properties();
    parsed.stringPropertyNames().forEach(name -> properties.put(name, parsed.getProperty(name)));
    recorded.add(properties);
    if (rejecting) {
      throw new SQLException("there is no such database", "3D000");
    }
    return null; // passes the call on to the next driver
  }

  /**
   * Parses like the driver itself; by reflection, because its annotations cause compiler warnings.
   */
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
    return Logger.getLogger("recording-driver");
  }
}
