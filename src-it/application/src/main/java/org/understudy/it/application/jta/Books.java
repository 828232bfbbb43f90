package org.understudy.it.application.jta;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.understudy.CommitToken;
import org.understudy.Database;
import org.understudy.cdi.DatabaseName;
import org.understudy.cdi.EnvironmentName;

/** Keeps the same entries in a database of the ledger, or of the group, and in SQL. */
@ApplicationScoped
public class Books {

    @Inject
    @EnvironmentName("ledger")
    @DatabaseName("books")
    Database<String, String> entries;

    @Inject
    @DatabaseName("shared-books")
    Database<String, String> shared;

    /** Runs in a transaction. */
    @Transactional
    public String inOne(Callable<String> work) throws Exception {
        return work.call();
    }

    /** Runs in a transaction of its own. */
    @Transactional(TxType.REQUIRES_NEW)
    public String inAnother(Callable<String> work) throws Exception {
        return work.call();
    }

    /** Runs in no transaction. */
    @Transactional(TxType.NOT_SUPPORTED)
    public String inNone(Callable<String> work) throws Exception {
        return work.call();
    }

    /** Makes the table in SQL, if it is not there. */
    @Transactional(TxType.NOT_SUPPORTED)
    public void open() throws NamingException, SQLException {
        try (Connection connection = sql().getConnection()) {
            connection
                    .createStatement()
                    .execute("create table if not exists books (name varchar(100) primary key, content varchar(100))");
        }
    }

    /** Writes an entry to both. */
    public void enter(String name, String content) throws NamingException, SQLException {
        enter(entries, name, content);
    }

    /** Writes an entry to a database of the group and to SQL. */
    public void share(String name, String content) throws NamingException, SQLException {
        enter(shared, name, content);
    }

    private static void enter(Database<String, String> entries, String name, String content)
            throws NamingException, SQLException {
        if (!entries.put(name, content).equals(CommitToken.NONE)) {
            throw new IllegalStateException("written on its own");
        }
        try (Connection connection = sql().getConnection();
                PreparedStatement insert = connection.prepareStatement("insert into books values (?, ?)")) {
            insert.setString(1, name);
            insert.setString(2, content);
            insert.executeUpdate();
        }
    }

    /** Reads it, so that the transaction conflicts with whoever writes it. */
    public String read(String name) {
        return entries.get(name).orElse("nothing");
    }

    /** Writes it here alone. */
    public CommitToken write(String name, String content) {
        return entries.put(name, content);
    }

    /** What both hold under a name. */
    @Transactional(TxType.NOT_SUPPORTED)
    public String both(String name) throws NamingException, SQLException {
        return both(entries, name);
    }

    /** What the group's database and SQL hold under a name. */
    @Transactional(TxType.NOT_SUPPORTED)
    public String bothShared(String name) throws NamingException, SQLException {
        return both(shared, name);
    }

    private static String both(Database<String, String> entries, String name) throws NamingException, SQLException {
        try (Connection connection = sql().getConnection();
                PreparedStatement select = connection.prepareStatement("select content from books where name = ?")) {
            select.setString(1, name);
            try (ResultSet rows = select.executeQuery()) {
                return entries.get(name).orElse("nothing") + " and " + (rows.next() ? rows.getString(1) : "nothing");
            }
        }
    }

    private static DataSource sql() throws NamingException {
        return InitialContext.doLookup("java:comp/DefaultDataSource");
    }
}
