package org.omadm;

/** Who wanted the session. */
public enum Initiator {
    /** The client, or the person who uses it. */
    CLIENT(0),
    /** The server. */
    SERVER(1);

    private final int number;

    Initiator(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static Initiator of(int number) {
        for (Initiator value : values()) {
            if (value.number == number) {
                return value;
            }
        }
        throw new IllegalArgumentException("Initiator " + number);
    }
}
