package org.omadm;

/** What a description says of a value. */
public enum Verdict {
    /** It can be. */
    ALLOWED(1),
    /** It cannot be. */
    REFUSED(2),
    /** The description says more than the library can judge. */
    NOT_JUDGED(3);

    private final int number;

    Verdict(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static Verdict of(int number) {
        for (Verdict value : values()) {
            if (value.number == number) {
                return value;
            }
        }
        throw new IllegalArgumentException("Verdict " + number);
    }
}
