package org.understudy;

/** What an environment is kept on. */
public enum StorageKind {
    /** On disk, in its home: it survives its process. */
    DISK,

    /**
     * In memory: it ends with its process. In a group it comes back as a new incarnation, from the others; as a local store
     * it begins empty each time.
     */
    MEMORY
}
