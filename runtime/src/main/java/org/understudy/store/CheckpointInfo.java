package org.understudy.store;

import java.nio.file.Path;
import org.understudy.Standing;
import org.understudy.log.GenerationHistory;
import org.understudy.log.MemberTable;

/**
 * What a checkpoint contains.
 *
 * @param directory where its files are
 * @param applied the standing of its data
 * @param history the masterships up to there
 * @param members the member table in force there
 * @param permanentLsn what its site knew to be permanent
 */
public record CheckpointInfo(
        Path directory, Standing applied, GenerationHistory history, MemberTable members, long permanentLsn) {}
