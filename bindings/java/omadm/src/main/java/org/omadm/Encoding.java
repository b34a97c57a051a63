package org.omadm;

/** How a document is written. */
public enum Encoding {
    /** XML, in UTF-8. */
    XML(1),
    /** WBXML, binary. */
    WBXML(2);

    private final int number;

    Encoding(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static Encoding of(int number) {
        for (Encoding value : values()) {
            if (value.number == number) {
                return value;
            }
        }
        throw new IllegalArgumentException("Encoding " + number);
    }
}
