package org.understudy.cdi;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Synchronization;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.XAConnection;
import org.h2.jdbcx.JdbcDataSource;

/** Keys and values in a real SQL database, as a resource of JTA transactions. */
@ApplicationScoped
class SqlTable {
    private final JdbcDataSource source = new JdbcDataSource();

    @Inject
    TransactionManager manager;

    SqlTable() {
        source.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        try (Connection connection = source.getConnection()) {
            connection.createStatement().execute("create table entries (name varchar primary key, content varchar)");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes part in the JTA transaction of the thread. */
    void insert(String name, String content) {
        try {
            XAConnection xa = source.getXAConnection();
            Connection connection = xa.getConnection();
            Transaction transaction = manager.getTransaction();
            transaction.enlistResource(xa.getXAResource());
            transaction.registerSynchronization(new Closing(xa));
            try (PreparedStatement insert = connection.prepareStatement("insert into entries values (?, ?)")) {
                insert.setString(1, name);
                insert.setString(2, content);
                insert.executeUpdate();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is committed. */
    Map<String, String> content() {
        try (Connection connection = source.getConnection();
                ResultSet rows = connection.createStatement().executeQuery("select name, content from entries")) {
            Map<String, String> all = new TreeMap<>();
            while (rows.next()) {
                all.put(rows.getString(1), rows.getString(2));
            }
            return all;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Closing(XAConnection connection) implements Synchronization {

        @Override
        public void beforeCompletion() {}

        @Override
        public void afterCompletion(int status) {
            try {
                connection.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
