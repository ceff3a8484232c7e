// Prints the columns and the rows of a view as pgJDBC sees them, one a line:
//
//   java -cp DRIVER test/server/ReadView.java URL SCHEMA VIEW
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.StringJoiner;

class ReadView {
  public static void main(String[] args) throws Exception {
    try (Connection connection = DriverManager.getConnection(args[0])) {
      try (ResultSet views = connection.getMetaData().getTables(null, args[1], "%", new String[] {"VIEW"})) {
        while (views.next()) System.out.println(views.getString("TABLE_NAME"));
      }
      String columns = "";
      try (ResultSet column = connection.getMetaData().getColumns(null, args[1], args[2], null)) {
        while (column.next()) {
          System.out.println(column.getString("COLUMN_NAME") + " " + column.getString("TYPE_NAME"));
          columns += (columns.isEmpty() ? "" : ", ") + '"' + column.getString("COLUMN_NAME") + '"';
        }
      }
      String query = "SELECT " + columns + " FROM " + args[1] + "." + args[2] + " ORDER BY " + columns;
      try (ResultSet row = connection.createStatement().executeQuery(query)) {
        while (row.next()) {
          StringJoiner line = new StringJoiner("|");
          for (int i = 1; i <= row.getMetaData().getColumnCount(); ++i) line.add("" + row.getObject(i));
          System.out.println(line);
        }
      }
    }
  }
}
