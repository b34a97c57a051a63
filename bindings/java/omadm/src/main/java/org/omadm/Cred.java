package org.omadm;

/** {@code Cred}: credentials. Its data is a secret: do not log it. */
public final class Cred extends Value {
    private final String scheme;
    private final String format;
    private final Data data;

    Cred(String scheme, String format, Data data) {
        this.scheme = scheme;
        this.format = format;
        this.data = data;
    }

    /**
     * {@code Type} as it was sent: the scheme, such as {@code syncml:auth-md5}; absent it means {@code syncml:auth-basic}.
     *
     * @return the scheme, or null
     */
    public String scheme() {
        return scheme;
    }

    /**
     * {@code Format} as it was sent.
     *
     * @return the format, or null
     */
    public String format() {
        return format;
    }

    /**
     * The credentials themselves.
     *
     * @return the data, or null
     */
    public Data data() {
        return data;
    }

    /**
     * Credentials to send.
     *
     * @param scheme the scheme, such as {@code syncml:auth-md5}
     * @param format the format, such as {@code b64}; null for none
     * @param data the credentials
     * @return them
     */
    public static Cred of(String scheme, String format, Data data) {
        return new Cred(scheme, format, java.util.Objects.requireNonNull(data, "data"));
    }

    /** Without the data, which is a secret. */
    @Override
    public String toString() {
        return "Cred[" + scheme + "]";
    }

    @Override
    Object[] parts() {
        return new Object[] {scheme, format, data};
    }
}
