package org.omadm;

/** A synchronisation that the server asks for. */
public final class SyncAlert extends Value {
    private final int code;
    private final int contentType;
    private final String uri;

    SyncAlert(int code, int contentType, String uri) {
        this.code = code;
        this.contentType = contentType;
        this.uri = uri;
    }

    /**
     * The code of the alert.
     *
     * @return 200 to 215
     */
    public int code() {
        return code;
    }

    /**
     * The content type by its WSP number.
     *
     * @return the number; 0 where there is none
     */
    public int contentType() {
        return contentType;
    }

    /**
     * The server's database.
     *
     * @return its URI
     */
    public String uri() {
        return uri;
    }

    @Override
    Object[] parts() {
        return new Object[] {code, contentType, uri};
    }
}
