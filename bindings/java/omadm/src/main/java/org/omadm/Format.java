package org.omadm;

/** What kind of value a node has. */
public enum Format {
    /** Text that is base64. */
    B64(1),
    /** Octets. */
    BIN(2),
    /** {@code true} or {@code false}. */
    BOOL(3),
    /** Text. */
    CHR(4),
    /** A whole number. */
    INT(5),
    /** An interior node: children, and no value. */
    NODE(6),
    /** No value. */
    NULL(7),
    /** XML. */
    XML(8),
    /** A date. */
    DATE(9),
    /** A time. */
    TIME(10),
    /** A number. */
    FLOAT(11);

    private final int number;

    Format(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static Format of(int number) {
        for (Format value : values()) {
            if (value.number == number) {
                return value;
            }
        }
        throw new IllegalArgumentException("Format " + number);
    }

    /**
     * The name on the wire.
     *
     * @return the name, such as {@code chr}
     */
    public String wireName() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
