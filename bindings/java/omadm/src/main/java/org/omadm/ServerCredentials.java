package org.omadm;

import java.util.Objects;

/** The server's half of an account, which a notification's digest is made of. */
public final class ServerCredentials {
    private final byte[] secret;
    private final byte[] nonce;
    private final String name;
    private final boolean resync;

    private ServerCredentials(byte[] secret, byte[] nonce, String name, boolean resync) {
        this.secret = secret;
        this.nonce = nonce;
        this.name = name;
        this.resync = resync;
    }

    /**
     * Secret and nonce.
     *
     * @param secret the secret, of any octets
     * @param nonce the nonce that the server uses, decoded from base64
     * @return both
     */
    public static ServerCredentials of(byte[] secret, byte[] nonce) {
        return new ServerCredentials(
                Objects.requireNonNull(secret, "secret").clone(), Objects.requireNonNull(nonce, "nonce").clone(), null, false);
    }

    /**
     * The same, hashed with another name than the notification's server identifier.
     *
     * @param name the name
     * @return the changed copy
     */
    public ServerCredentials withName(String name) {
        return new ServerCredentials(secret, nonce, name, resync);
    }

    /**
     * The same, but a digest that does not fit the stored nonce is tried again with four zero octets, for a server that has lost its nonce. Whoever has
     * recorded such a notification can send it again until the secret changes.
     *
     * @return the changed copy
     */
    public ServerCredentials withResync() {
        return new ServerCredentials(secret, nonce, name, true);
    }

    long put(Scratch scratch) {
        return scratch.struct(Layout.omadm_server_credentials.SIZE)
                .putInt(Layout.omadm_server_credentials.resync, resync ? 1 : 0)
                .putText(Layout.omadm_server_credentials.name, name)
                .putOctets(Layout.omadm_server_credentials.secret, secret)
                .putOctets(Layout.omadm_server_credentials.nonce, nonce)
                .address;
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "ServerCredentials[" + name + "]";
    }
}
