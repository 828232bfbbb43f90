package org.understudy.simulation;

import java.util.random.RandomGenerator;
import org.understudy.protocol.Recovered;
import org.understudy.protocol.Replica;
import org.understudy.protocol.ReplicaSettings;

/** Where a simulated site's protocol core comes from: the one production runs, or one with a planted bug. */
interface Replicas {
    Replica make(ReplicaSettings settings, Recovered recovered, RandomGenerator random);
}
