package org.omadm;

/** A property of a node, as {@code ?prop=} names it. */
public enum Property {
    /** Who may do what; empty where it is inherited. */
    ACL(1),
    /** The format. */
    FORMAT(2),
    /** The last segment of the URI. */
    NAME(3),
    /** Octets of the value of a leaf. */
    SIZE(4),
    /** A name for people. */
    TITLE(5),
    /** When the node last changed. */
    TSTAMP(6),
    /** The media type of a leaf, the identifier of the management object that begins at an interior node. */
    TYPE(7),
    /** How often the node changed. */
    VER_NO(8);

    private final int number;

    Property(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static Property of(int number) {
        for (Property value : values()) {
            if (value.number == number) {
                return value;
            }
        }
        throw new IllegalArgumentException("Property " + number);
    }
}
