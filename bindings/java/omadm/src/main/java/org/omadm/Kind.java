package org.omadm;

/** What a document is. */
public enum Kind {
    /** Package #0 of DM 1.1 or 1.2, bare. */
    NOTIFICATION(1),
    /** Package #0 inside a WSP push. */
    PUSH(2),
    /** A SyncML message. */
    SYNCML(3),
    /** A tree document (TNDS). */
    TREE(4),
    /** A device description (DDF). */
    DESCRIPTION(5),
    /** Device information of data synchronisation. */
    DEV_INF(6),
    /** Meta-information by itself. */
    MET_INF(7),
    /** A client-provisioning document. */
    PROVISIONING(8);

    private final int number;

    Kind(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static Kind of(int number) {
        for (Kind value : values()) {
            if (value.number == number) {
                return value;
            }
        }
        throw new IllegalArgumentException("Kind " + number);
    }
}
