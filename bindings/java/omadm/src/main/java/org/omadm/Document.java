package org.omadm;

/** What {@link Omadm#parse} gives: a {@link Notification}, {@link Message}, {@link Tree} or {@link Schema}. */
public interface Document extends AutoCloseable {
    /**
     * What it is.
     *
     * @return the kind
     */
    Kind kind();

    /**
     * All of it in the JSON form that the bindings share: one object, keys named as on the wire, octets as hexadecimal digits.
     *
     * @return the JSON
     */
    String toJson();

    /** Gives back its native memory, if it has some. */
    @Override
    void close();
}
