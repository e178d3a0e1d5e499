import org.flywaydb.core.Flyway;

/** Migrates a database to the newest version by Flyway, as a Job or an init container does it. */
public final class Migrate {
  private Migrate() {}

  public static void main(String[] arguments) {
    // The first line of the log: until here the pod and Java start.
    System.out.println("Flyway starts");
    Flyway.configure()
        .dataSource(
            System.getenv("DB_URL"), System.getenv("DB_USER"), System.getenv("DB_PASSWORD"))
        .locations("filesystem:/migrations")
        .connectRetries(10)
        .load()
        .migrate();
    System.out.println("Flyway has ended");
  }
}
