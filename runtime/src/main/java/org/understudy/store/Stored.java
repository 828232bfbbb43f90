package org.understudy.store;

import org.rocksdb.ReadOptions;
import org.understudy.Standing;
import org.understudy.log.GenerationHistory;
import org.understudy.log.MemberTable;
import org.understudy.log.ValueReader;

/**
 * What a store's data is the result of, at one moment.
 *
 * @param applied the last record applied
 * @param history the masterships up to there
 * @param members the member table in force there
 * @param catalog the databases there
 */
record Stored(Standing applied, GenerationHistory history, MemberTable members, Catalog catalog) {

    /** What an open RocksDB holds. */
    static Stored read(Engine engine, Holding holding) {
        return new Stored(
                readStanding(engine, engine.newest()),
                Meta.read(engine::meta, Meta.HISTORY, GenerationHistory::read).orElse(GenerationHistory.EMPTY),
                Meta.read(engine::meta, Meta.MEMBERS, MemberTable::read).orElse(MemberTable.NONE),
                new Catalog(readTable(engine), holding, engine::family));
    }

    static DatabaseTable readTable(Engine engine) {
        return engine.meta(Meta.DATABASES).map(DatabaseTable::decode).orElse(DatabaseTable.EMPTY);
    }

    /** The standing as a snapshot has it. */
    static Standing readStanding(Engine engine, ReadOptions options) {
        return Meta.read(key -> engine.meta(options, key), Meta.APPLIED, ValueReader::getStanding)
                .orElse(Standing.ZERO);
    }
}
