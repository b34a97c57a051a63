package org.omadm;

/** What the user may enter. */
public enum InputType {
    /** Anything. */
    ALPHANUMERIC(0),
    /** Digits, a decimal point, a sign. */
    NUMERIC(1),
    /** A date, answered as {@code DDMMYYYY}. */
    DATE(2),
    /** A time, answered as {@code hhmmss}. */
    TIME(3),
    /** A telephone number: digits, {@code +} in front, {@code p}, {@code w}, {@code s}. */
    PHONE(4),
    /** An IPv4 address, answered with dots. */
    IP_ADDRESS(5);

    private final int number;

    InputType(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static InputType of(int number) {
        for (InputType value : values()) {
            if (value.number == number) {
                return value;
            }
        }
        throw new IllegalArgumentException("InputType " + number);
    }
}
