package org.understudy.cdi;

import static org.awaitility.Awaitility.await;

import com.arjuna.ats.arjuna.recovery.RecoveryManager;
import com.arjuna.ats.internal.jta.recovery.arjunacore.XARecoveryModule;
import com.arjuna.ats.jta.cdi.TransactionExtension;
import com.arjuna.ats.jta.recovery.XAResourceRecoveryHelper;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.TransactionManager;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import javax.sql.XAConnection;
import javax.transaction.xa.XAResource;
import org.h2.jdbcx.JdbcDataSource;
import org.understudy.Consistency;
import org.understudy.Database;
import org.understudy.Environment;
import org.understudy.KeyRange;
import org.understudy.Role;

/**
 * An application in a process of its own that puts an entry here and in SQL in one JTA transaction, and stops in the middle of
 * its end, to be killed; or one that recovers what such a one left behind, or stops while that goes on. It says on its standard output what happens.
 */
final class CrashingApplication {
    private static final String SAYS = "application: ";

    /** What the application uses. */
    @Singleton
    static class Bean {
        @Inject
        Environment environment;

        @Inject
        @DatabaseName("ledger")
        Database<String, String> entries;

        @Inject
        TransactionManager manager;
    }

    private final JdbcDataSource source = new JdbcDataSource();
    private final Bean bean;

    private CrashingApplication(String sql, Bean bean) {
        this.source.setURL("jdbc:h2:file:" + sql + ";DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE");
        this.bean = bean;
    }

    /** {@code what sites sql name value …}: what to do in a group of so many sites, a database file, and the configuration. */
    public static void main(String[] arguments) throws Exception {
        boolean stops = arguments[0].equals("stop");
        boolean recovers = arguments[0].equals("recover") || stops;
        if (recovers) {
            RecoveryManager.manager(RecoveryManager.DIRECT_MANAGEMENT);
        }
        List<String> properties = List.of(arguments).subList(3, arguments.length);
        Application.Started started = Application.start(List.of(new TransactionExtension()), properties, Bean.class);
        CrashingApplication application = new CrashingApplication(arguments[2], started.get(Bean.class));
        if (stops) {
            application.stopRecovering(started);
        } else if (recovers) {
            application.recover();
            started.close();
        } else {
            application.awaitGroup(Integer.parseInt(arguments[1]));
            application.commit(arguments[0].equals("prepare"));
        }
    }

    static void say(String what) {
        System.out.println(SAYS + what);
        System.out.flush();
    }

    /** What a line of the output says, if it is the application that says something. */
    static String said(String line) {
        return line.startsWith(SAYS) ? line.substring(SAYS.length()) : "";
    }

    private void awaitGroup(int sites) {
        await().until(() -> bean.environment.role() == Role.MASTER
                && bean.environment.status().sites().size() == sites);
    }

    private void commit(boolean diesPreparing) throws Exception {
        try (Connection connection = source.getConnection()) {
            connection.createStatement().execute("create table entries (name varchar primary key, content varchar)");
        }
        bean.manager.begin();
        if (!diesPreparing) {
            bean.manager.getTransaction().enlistResource(BlockingResource.inCommit());
        }
        bean.entries.put("a", "1");
        XAConnection xa = source.getXAConnection();
        Connection connection = xa.getConnection();
        bean.manager.getTransaction().enlistResource(xa.getXAResource());
        connection.createStatement().execute("insert into entries values ('a', '1')");
        if (diesPreparing) {
            bean.manager.getTransaction().enlistResource(BlockingResource.inPrepare());
        }
        bean.manager.commit();
    }

    private void recover() throws Exception {
        XAConnection xa = source.getXAConnection();
        XARecoveryModule.getRegisteredXARecoveryModule().addXAResourceRecoveryHelper(new SqlRecovery(xa, () -> {}));
        say("recovers " + bean.environment.prepared().size() + " and "
                + xa.getXAResource().recover(XAResource.TMSTARTRSCAN).length);
        while (!bean.environment.prepared().isEmpty()
                || xa.getXAResource().recover(XAResource.TMSTARTRSCAN).length > 0) {
            RecoveryManager.manager().scan();
        }
        say("settled " + ledger() + " " + table());
    }

    /** Its transaction manager looks for branches when it stops. */
    private void stopRecovering(Application.Started started) throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        SqlRecovery sql = new SqlRecovery(source.getXAConnection(), asked::countDown);
        XARecoveryModule.getRegisteredXARecoveryModule().addXAResourceRecoveryHelper(sql);
        Thread recovery = new Thread(() -> RecoveryManager.manager().scan());
        recovery.start();
        asked.await();
        started.close();
        recovery.join();
        say("stopped " + table());
    }

    private Map<String, String> ledger() {
        Map<String, String> all = new TreeMap<>();
        return bean.environment.read(Consistency.LOCAL, txn -> {
            bean.entries.stream(txn, KeyRange.all()).forEach(entry -> all.put(entry.key(), entry.value()));
            return all;
        });
    }

    private Map<String, String> table() throws SQLException {
        try (Connection connection = source.getConnection();
                ResultSet rows = connection.createStatement().executeQuery("select name, content from entries")) {
            Map<String, String> all = new TreeMap<>();
            while (rows.next()) {
                all.put(rows.getString(1), rows.getString(2));
            }
            return all;
        }
    }

    private record SqlRecovery(XAConnection connection, Runnable asked) implements XAResourceRecoveryHelper {
        @Override
        public boolean initialise(String ignored) {
            return true;
        }

        @Override
        public XAResource[] getXAResources() throws SQLException {
            asked.run();
            return new XAResource[] {connection.getXAResource()};
        }
    }
}
