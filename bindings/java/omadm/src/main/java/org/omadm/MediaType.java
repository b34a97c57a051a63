package org.omadm;

/** The media type of a notification: which format it is of. */
public enum MediaType {
    /** {@code application/vnd.syncml.notification}: DM 1.1 and 1.2. */
    DM12(68),
    /** {@code application/vnd.syncml.ds.notification}: data synchronisation. */
    DATA_SYNC(78),
    /** {@code application/vnd.syncml.dm.notification}: DM 1.3, whose bits are not public: it is refused. */
    DM13(88);

    private final int number;

    MediaType(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static MediaType of(int number) {
        for (MediaType value : values()) {
            if (value.number == number) {
                return value;
            }
        }
        throw new IllegalArgumentException("MediaType " + number);
    }
}
