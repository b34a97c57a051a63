package org.omadm;

/** What became of an item that an {@link ObjectJoiner} was given. */
public enum Joined {
    /** It is no chunk: to be carried out as it stands. */
    WHOLE(1),
    /** One chunk more is there: to be answered with 213. */
    BUFFERED(2),
    /** The last chunk: to be carried out with the object as its data, and answered with what comes of that. */
    COMPLETE(3),
    /** Not to be carried out. */
    REFUSED(4);

    private final int number;

    Joined(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static Joined of(int number) {
        for (Joined value : values()) {
            if (value.number == number) {
                return value;
            }
        }
        throw new IllegalArgumentException("Joined " + number);
    }
}
