package dev.schemaversion.runner.mariadb.scratch;

import dev.schemaversion.runner.scratch.rows.RowCopy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** The rows of a query of the real database, read as they are needed. */
final class StreamedRows implements AutoCloseable {
  private static final int FETCHED = 500;

  private final PreparedStatement statement;
  private final ResultSet rows;
  private final List<Boolean> isBinary;

  /**
   * Sends the query.
   *
   * @param isBinary of each column, whether its bytes are read, and not its text
   */
  StreamedRows(Connection real, String sql, List<Boolean> isBinary) throws RowCopy.ReadFailed {
    this.isBinary = isBinary;
    try {
      statement = real.prepareStatement(sql);
      statement.setFetchSize(FETCHED);
      rows = statement.executeQuery();
    } catch (SQLException e) {
      throw new RowCopy.ReadFailed(e);
    }
  }

  /** The next row, bytes or text or null for each column; null after the last one. */
  Object[] next() throws RowCopy.ReadFailed {
    try {
      if (!rows.next()) {
        return null;
      }
      var row = new Object[isBinary.size()];
      for (int i = 0; i < row.length; i++) {
        row[i] = isBinary.get(i) ? rows.getBytes(i + 1) : rows.getString(i + 1);
      }
      return row;
    } catch (SQLException e) {
      throw new RowCopy.ReadFailed(e);
    }
  }

  @Override
  public void close() throws SQLException {
    statement.close();
  }
}
