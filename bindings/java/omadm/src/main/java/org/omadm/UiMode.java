package org.omadm;

/** How much of the session the user should notice (OMA DM notification 1.2.1 §6). */
public enum UiMode {
    /** Nothing is said. */
    NOT_SPECIFIED(0),
    /** Nothing. */
    BACKGROUND(1),
    /** The user is told. */
    INFORMATIVE(2),
    /** The user is asked first. */
    USER_INTERACTION(3);

    private final int number;

    UiMode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static UiMode of(int number) {
        for (UiMode value : values()) {
            if (value.number == number) {
                return value;
            }
        }
        throw new IllegalArgumentException("UiMode " + number);
    }
}
