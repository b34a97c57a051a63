package org.omadm;

/** The form in which {@code Data} was sent. */
public enum DataForm {
    /** Character data; also of an empty element. */
    TEXT(1),
    /** Character data with a CDATA section in it. */
    CDATA(2),
    /** A WBXML opaque block: octets. */
    OPAQUE(3),
    /** Elements. */
    MARKUP(4);

    private final int number;

    DataForm(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static DataForm of(int number) {
        for (DataForm value : values()) {
            if (value.number == number) {
                return value;
            }
        }
        throw new IllegalArgumentException("DataForm " + number);
    }
}
