package org.understudy;

/**
 * Who has the home, as far as the process goes that asks (protocol.md §11).
 *
 * @param pid this process
 * @param holderPid the process that has the home: this one, unless it is a subordinate
 * @param subordinate whether this environment goes through another one, of another process or another class loader, that has the
 *     home
 * @param subordinates how many environments go through the one that has the home
 */
public record ProcessStatus(long pid, long holderPid, boolean subordinate, int subordinates) {

    /** That of an environment that has its home. */
    public static ProcessStatus ofHolder(int subordinates) {
        long pid = ProcessHandle.current().pid();
        return new ProcessStatus(pid, pid, false, subordinates);
    }

    /** As it is in an environment that goes through the one that this is of. */
    public ProcessStatus ofSubordinate() {
        return new ProcessStatus(ProcessHandle.current().pid(), holderPid, true, subordinates);
    }
}
