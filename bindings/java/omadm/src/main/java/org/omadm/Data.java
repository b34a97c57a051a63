package org.omadm;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The content of a {@code Data} or {@code NextNonce} element as it was sent, or is to be sent: base64 is not decoded. */
public final class Data extends Value {
    private final DataForm form;
    private final byte[] octets;
    private final String text;

    private Data(DataForm form, byte[] octets, String text) {
        this.form = form;
        this.octets = octets;
        this.text = text;
    }

    /**
     * Data that is text.
     *
     * @param text the text
     * @return the data
     */
    public static Data text(String text) {
        return new Data(DataForm.TEXT, null, Objects.requireNonNull(text, "text"));
    }

    /**
     * Text as a CDATA section, where the encoding has such.
     *
     * @param text the text
     * @return the data
     */
    public static Data cdata(String text) {
        return new Data(DataForm.CDATA, null, Objects.requireNonNull(text, "text"));
    }

    /**
     * Octets: an opaque block in WBXML, base64 in XML.
     *
     * @param octets the octets, which are copied
     * @return the data
     */
    public static Data octets(byte[] octets) {
        return new Data(DataForm.OPAQUE, octets.clone(), null);
    }

    /** Out of an {@code omadm_data}; null where it is absent. */
    static Data of(int form, long address, long length, Lent lent) {
        switch (form) {
            case 0:
                return null;
            case 3:
                return new Data(DataForm.OPAQUE, lent.octets(address, length), null);
            case 4:
                return new Data(DataForm.MARKUP, null, null);
            default:
                return new Data(DataForm.of(form), null, lent.text(address, length));
        }
    }

    /** Form, offset, text and run, which come next in rows. */
    static Data next(Rows rows) {
        int form = rows.next();
        rows.next();
        int text = rows.next();
        int run = rows.next();
        switch (form) {
            case 0:
                return null;
            case 3:
                return new Data(DataForm.OPAQUE, rows.run(run), null);
            case 4:
                return new Data(DataForm.MARKUP, null, null);
            default:
                return new Data(form == 1 ? DataForm.TEXT : DataForm.CDATA, null, rows.text(text));
        }
    }

    static Data of(Scratch.Mem struct, int at, Lent lent) {
        int bytes = at + Layout.omadm_data.bytes;
        return of(struct.getInt(at + Layout.omadm_data.form), struct.getLong(bytes), struct.getLong(bytes + 8), lent);
    }

    void put(Scratch.Mem struct, int at) {
        if (form == DataForm.MARKUP) {
            throw new IllegalArgumentException("data that is elements cannot be sent");
        }
        struct.putInt(at + Layout.omadm_data.form, form.number());
        struct.putOctets(at + Layout.omadm_data.bytes, lentOctets());
    }

    /**
     * The form in which it was sent.
     *
     * @return the form
     */
    public DataForm form() {
        return form;
    }

    /**
     * The data as text; octets are taken for UTF-8.
     *
     * @return the text; null for elements
     */
    public String text() {
        return text == null && octets != null ? new String(octets, StandardCharsets.UTF_8) : text;
    }

    /**
     * The data as octets; text becomes UTF-8.
     *
     * @return a copy of the octets; null for elements
     */
    public byte[] octets() {
        return octets == null ? lentOctets() : octets.clone();
    }

    byte[] lentOctets() {
        return octets == null && text != null ? text.getBytes(StandardCharsets.UTF_8) : octets;
    }

    @Override
    Object[] parts() {
        return new Object[] {form, octets, text};
    }
}
