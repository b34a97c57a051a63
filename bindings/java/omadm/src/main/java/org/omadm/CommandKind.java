package org.omadm;

/** What a command asks or tells. */
public enum CommandKind {
    /** One that DM does not use, such as {@code Put}: {@link Command#name()} says which. */
    OTHER(0),
    /** {@code Add}. */
    ADD(1),
    /** {@code Alert}. */
    ALERT(2),
    /** {@code Atomic}. */
    ATOMIC(3),
    /** {@code Copy}. */
    COPY(4),
    /** {@code Delete}. */
    DELETE(5),
    /** {@code Exec}. */
    EXEC(6),
    /** {@code Get}. */
    GET(7),
    /** {@code Replace}. */
    REPLACE(8),
    /** {@code Results}. */
    RESULTS(9),
    /** {@code Sequence}. */
    SEQUENCE(10),
    /** {@code Status}. */
    STATUS(11);

    private final int number;

    CommandKind(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static CommandKind of(int number) {
        for (CommandKind value : values()) {
            if (value.number == number) {
                return value;
            }
        }
        throw new IllegalArgumentException("CommandKind " + number);
    }
}
