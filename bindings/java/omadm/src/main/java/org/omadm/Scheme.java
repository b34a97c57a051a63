package org.omadm;

/** A scheme of authentication. */
public enum Scheme {
    /** One that SyncML does not define. */
    OTHER(0),
    /** {@code syncml:auth-basic}: name and secret, readable by everyone. */
    BASIC(1),
    /** {@code syncml:auth-md5}: a digest with a nonce. */
    MD5(2),
    /** {@code syncml:auth-MAC}: a digest over each whole message, in the transport's header {@code x-syncml-hmac}; never in {@code Cred}. */
    MAC(3),
    /** {@code syncml:auth-x509} */
    X509(4),
    /** {@code syncml:auth-securid} */
    SECURID(5),
    /** {@code syncml:auth-safeword} */
    SAFEWORD(6),
    /** {@code syncml:auth-digipass} */
    DIGIPASS(7);

    private final int number;

    Scheme(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    /**
     * Its name in messages.
     *
     * @return the name, such as {@code syncml:auth-md5}; null for {@link #OTHER}
     */
    public String schemeName() {
        return Lib.text(Lib.omadm_scheme_name(number));
    }
}
