package org.understudy.store;

/** A database is removed or renamed, as a commit of its own. */
public final class DatabaseCommand extends Commit {
    /** What is done. */
    enum Kind {
        REMOVE,
        RENAME
    }

    private final Kind kind;
    private final String name;
    private final String newName;

    private DatabaseCommand(Kind kind, String name, String newName) {
        this.kind = kind;
        this.name = name;
        this.newName = newName;
    }

    /** The database and all its keys go; nothing happens if there is none. */
    public static DatabaseCommand remove(String name) {
        return new DatabaseCommand(Kind.REMOVE, name, name);
    }

    /** The database gets another name, which must be free. */
    public static DatabaseCommand rename(String from, String to) {
        return new DatabaseCommand(Kind.RENAME, from, to);
    }

    Kind kind() {
        return kind;
    }

    String name() {
        return name;
    }

    String newName() {
        return newName;
    }
}
