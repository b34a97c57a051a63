package org.omadm;

import java.util.Objects;

/** What needs no object of its own: finding out what octets are, reading them, and writing them in the other encoding. */
public final class Omadm {
    private Omadm() {}

    /**
     * Tells what octets are; reads no further than needed.
     *
     * @param data the octets
     * @return the kind
     * @throws OmadmException what kept the likeliest kind from being read; {@link ErrorKind#UNKNOWN_FORMAT} where nothing is likely
     */
    public static Kind detect(byte[] data) {
        Objects.requireNonNull(data, "data");
        try (Scratch scratch = new Scratch(); Octets octets = new Octets(data)) {
            Scratch.Mem kind = scratch.alloc(4);
            scratch.check(Lib.omadm_detect(octets.address, octets.length, kind.address, scratch.error));
            return Kind.of(kind.getInt(0));
        }
    }

    /**
     * Reads octets, whatever they are: a notification, bare or in a WSP push; a message; a tree; a device description.
     *
     * @param data the octets, which are copied
     * @return the document, to be closed
     * @throws OmadmException what is wrong with them; {@link ErrorKind#UNKNOWN_FORMAT} for kinds that have no class here: device information of data
     *     synchronisation, meta-information by itself, provisioning documents
     */
    public static Document parse(byte[] data) {
        switch (detect(data)) {
            case NOTIFICATION:
                return Notification.decode(data);
            case PUSH:
                return Notification.ofPush(data);
            case SYNCML:
                return Message.decode(data);
            case TREE:
                return Tree.fromTnds(data);
            case DESCRIPTION:
                return Schema.decode(data);
            default:
                throw new OmadmException(ErrorKind.UNKNOWN_FORMAT.code(), "A document that there is no class for", null, 0, -1);
        }
    }

    /**
     * All that a document says, for people and logs: see {@link Document#toJson}.
     *
     * @param data the octets
     * @return one JSON object
     * @throws OmadmException as {@link #parse}
     */
    public static String dump(byte[] data) {
        try (Document document = parse(data)) {
            return document.toJson();
        }
    }

    /**
     * Writes a document, XML or WBXML, in the other encoding or in the same: messages, trees, descriptions, device information, provisioning documents.
     * Elements, attributes, namespaces, text and their order are kept.
     *
     * @param data the document
     * @param encoding the encoding that is wanted
     * @return the document in that encoding
     * @throws OmadmException what makes the document unreadable, or what the encoding cannot carry
     */
    public static byte[] convert(byte[] data, Encoding encoding) {
        return convert(data, encoding, Options.DEFAULT);
    }

    /**
     * As {@link #convert(byte[], Encoding)}, within other limits.
     *
     * @param data the document
     * @param encoding the encoding that is wanted
     * @param options how to read it, and what reading and writing may cost
     * @return the document in that encoding
     * @throws OmadmException what makes the document unreadable, or what the encoding cannot carry
     */
    public static byte[] convert(byte[] data, Encoding encoding, Options options) {
        Objects.requireNonNull(data, "data");
        Objects.requireNonNull(encoding, "encoding");
        try (Scratch scratch = new Scratch(); Octets octets = new Octets(data); OutBuffer converted = new OutBuffer(scratch)) {
            Scratch.Mem how = scratch.struct(Layout.omadm_convert_options.SIZE).putLong(Layout.omadm_convert_options.read, options.put(scratch));
            scratch.check(Lib.omadm_convert(octets.address, octets.length, how.address, encoding.number(), converted.address, scratch.error));
            return converted.octets();
        }
    }

    /**
     * The release of the native library.
     *
     * @return the release, such as {@code 0.1.0}
     */
    public static String version() {
        return Lib.text(Lib.omadm_version());
    }

    /**
     * The name of a status code.
     *
     * @param status the code
     * @return the name, such as {@code Not found}; empty for a number without a name
     */
    public static String statusName(int status) {
        return Lib.text(Lib.omadm_status_name(status));
    }

    /**
     * The name of an alert code of DM.
     *
     * @param alert the code
     * @return the name, such as {@code GENERIC ALERT}; empty for a number without a name
     */
    public static String alertName(int alert) {
        return Lib.text(Lib.omadm_alert_name(alert));
    }
}
