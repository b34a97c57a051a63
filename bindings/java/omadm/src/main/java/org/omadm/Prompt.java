package org.omadm;

/** What to do about the user before the session begins. */
public enum Prompt {
    /** Begin the session. */
    NOTHING(0),
    /** Tell the user, and begin the session. */
    INFORM(1),
    /** Ask the user; begin the session only when the answer is yes. */
    CONFIRM(2);

    private final int number;

    Prompt(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static Prompt of(int number) {
        for (Prompt value : values()) {
            if (value.number == number) {
                return value;
            }
        }
        throw new IllegalArgumentException("Prompt " + number);
    }
}
