package com.funnelseye.messaging.setup;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;

/// Two pools behind one name. Transactions that write get a connection for work; whatever only reads, mostly one
/// statement by itself, gets one for reading, and can never take the last connection from work.
///
/// They differ in how PostgreSQL plans. Optional filters and search words decide which index is right, so what is read
/// is planned anew each time. What work does is the same over and over and goes by index; planning it takes longer than
/// doing it, so its plans are kept. They must not be made for a table that is still small: hence no sequential scans.
/// A transaction that looks at whole tables says `SET LOCAL` otherwise.
final class Connections extends AbstractDataSource implements AutoCloseable {

    static final String PLANS_FOR_READING = "-c plan_cache_mode=force_custom_plan";
    static final String PLANS_FOR_WORK = "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c jit=off";

    private static final ScopedValue<Boolean> WORK = ScopedValue.newInstance();

    private final HikariDataSource reading;
    private final HikariDataSource work;

    Connections(HikariDataSource reading, HikariDataSource work) {
        this.reading = reading;
        this.work = work;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return pool().getConnection();
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return pool().getConnection(username, password);
    }

    @Override
    public void close() {
        reading.close();
        work.close();
    }

    private DataSource pool() {
        return WORK.orElse(false) ? work : reading;
    }

    /// Says which kind of connection a transaction begins with.
    static final class Transactions extends JdbcTransactionManager {

        Transactions(Connections connections) {
            super(connections);
        }

        @Override
        protected void doBegin(Object transaction, TransactionDefinition definition) {
            ScopedValue.where(WORK, !definition.isReadOnly()).run(() -> super.doBegin(transaction, definition));
        }
    }
}
