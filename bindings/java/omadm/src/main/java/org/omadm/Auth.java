package org.omadm;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Credentials of SyncML (OMA DM security 1.2.1): made here, checked by {@link Message#verify} and {@link #verifyMac}. The MD5 of these schemes is broken as a hash: use
 * them below TLS, with secrets and nonces of at least 16 random octets.
 *
 * <pre>{@code
 * byte[] stored = Auth.a1("dev1", secret);
 * builder.cred(Auth.md5(stored, nonce));
 * }</pre>
 */
public final class Auth {
    private static final int DIGEST = 16;
    private static final int ROOM = 512;

    private Auth() {}

    /**
     * A1, {@code MD5(name ":" secret)}: all that a verifier needs to store. Whoever has it can make credentials: keep it like the secret.
     *
     * @param name whose secret it is
     * @param secret the secret, of any octets
     * @return 16 octets
     */
    public static byte[] a1(String name, byte[] secret) {
        try (Scratch scratch = new Scratch()) {
            Text text = new Text(scratch, Objects.requireNonNull(name, "name"));
            Scratch.Mem octets = scratch.octets(Objects.requireNonNull(secret, "secret"));
            Scratch.Mem a1 = scratch.alloc(DIGEST);
            scratch.check(Lib.omadm_a1(text.address, text.length, octets.address, secret.length, a1.address, scratch.error));
            return new Lent().octets(a1.address, DIGEST);
        }
    }

    /**
     * Credentials of scheme basic, which are the secret in all but name.
     *
     * @param name whose secret it is
     * @param secret the secret, of any octets
     * @return the credentials, for {@link MessageBuilder#cred}
     */
    public static Cred basic(String name, byte[] secret) {
        try (Scratch scratch = new Scratch()) {
            Text text = new Text(scratch, Objects.requireNonNull(name, "name"));
            Scratch.Mem octets = scratch.octets(Objects.requireNonNull(secret, "secret"));
            return cred(Scheme.BASIC, text(scratch, (room, size, length) ->
                    Lib.omadm_cred_basic(text.address, text.length, octets.address, secret.length, room, size, length, scratch.error)));
        }
    }

    /**
     * Credentials of scheme md5. The name that was hashed goes into {@link MessageBuilder#sourceName}.
     *
     * @param a1 what {@link #a1} made of name and secret
     * @param nonce the nonce that is due, decoded from base64
     * @return the credentials, for {@link MessageBuilder#cred}
     */
    public static Cred md5(byte[] a1, byte[] nonce) {
        try (Scratch scratch = new Scratch()) {
            long stored = stored(scratch, a1);
            Scratch.Mem octets = scratch.octets(Objects.requireNonNull(nonce, "nonce"));
            return cred(Scheme.MD5, text(scratch, (room, size, length) ->
                    Lib.omadm_cred_md5(stored, octets.address, nonce.length, room, size, length, scratch.error)));
        }
    }

    private static Cred cred(Scheme scheme, String base64) {
        return Cred.of(scheme.schemeName(), "b64", Data.text(base64));
    }

    /**
     * The transport's header {@code x-syncml-hmac} for a message as it is sent. Whatever its name, it is not the HMAC of RFC 2104.
     *
     * @param name whose secret it is
     * @param a1 what {@link #a1} made of name and secret
     * @param nonce the nonce that is due, decoded from base64
     * @param body the complete message
     * @return the value of the header
     * @throws OmadmException {@link ErrorKind#AUTH_HEADER_NAME} for a name with a control character
     */
    public static String mac(String name, byte[] a1, byte[] nonce, byte[] body) {
        Objects.requireNonNull(body, "body");
        try (Scratch scratch = new Scratch(); Octets message = new Octets(body)) {
            Text text = new Text(scratch, Objects.requireNonNull(name, "name"));
            Scratch.Mem octets = scratch.octets(Objects.requireNonNull(nonce, "nonce"));
            Scratch.Mem mac = scratch.alloc(DIGEST);
            scratch.check(Lib.omadm_mac_digest(
                    stored(scratch, a1), octets.address, nonce.length, message.address, message.length, mac.address, scratch.error));
            return text(scratch, (room, size, length) ->
                    Lib.omadm_hmac_header_encode(text.address, text.length, mac.address, room, size, length, scratch.error));
        }
    }

    /**
     * Whose secret a header {@code x-syncml-hmac} claims to be made with, not verified: to find the A1, and to be compared with {@link Header#sourceName}.
     *
     * @param value the value of the header
     * @return the name
     * @throws OmadmException what is wrong with the header, and where: the message is not authentic
     */
    public static String macName(String value) {
        try (Scratch scratch = new Scratch()) {
            Text header = new Text(scratch, Objects.requireNonNull(value, "value"));
            return text(scratch, (room, size, length) ->
                    Lib.omadm_hmac_header_username(header.address, header.length, room, size, length, scratch.error));
        }
    }

    /**
     * Checks a header {@code x-syncml-hmac}: that it returns says that the peer has the secret and sent this.
     *
     * @param value the value of the header
     * @param a1 what is stored of the peer
     * @param body the complete message as it came in
     * @param nonces the nonce that is due, decoded from base64; others are tried after it, such as four zero octets where a peer may have lost its nonce
     * @return the place of the nonce that fitted: above 0 both sides go on with that one, and have to be given new ones
     * @throws OmadmException {@link ErrorKind#REFUSED} for a wrong secret, nonce or message; {@link ErrorKind#ANOTHER_SCHEME} for another algorithm than MD5;
     *     and what is wrong with the header
     */
    public static int verifyMac(String value, byte[] a1, byte[] body, byte[]... nonces) {
        Objects.requireNonNull(body, "body");
        try (Scratch scratch = new Scratch(); Octets message = new Octets(body)) {
            Text header = new Text(scratch, Objects.requireNonNull(value, "value"));
            Scratch.Mem place = scratch.alloc(8);
            scratch.check(Lib.omadm_hmac_header_verify(
                    header.address, header.length, stored(scratch, a1), nonces(scratch, nonces), nonces.length, message.address, message.length, place.address,
                    scratch.error));
            return (int) place.getLong(0);
        }
    }

    /** The 16 octets of an A1: C cannot see how many there are. */
    static long stored(Scratch scratch, byte[] a1) {
        if (a1.length != DIGEST) {
            throw new IllegalArgumentException("A1 has 16 octets, not " + a1.length);
        }
        return scratch.octets(a1).address;
    }

    /** An array of {@code omadm_bytes}. */
    static long nonces(Scratch scratch, byte[][] nonces) {
        Scratch.Mem array = scratch.alloc(Math.multiplyExact(Layout.omadm_str.SIZE, Math.max(nonces.length, 1)));
        for (int i = 0; i < nonces.length; i++) {
            array.putOctets(i * Layout.omadm_str.SIZE, Objects.requireNonNull(nonces[i], "nonce"));
        }
        return array.address;
    }

    /** A call that fills room, and says how much it takes. */
    interface Fill {
        int into(long room, long size, long length);
    }

    /** What a call fills room with; null where it finds nothing. */
    static byte[] filled(Scratch scratch, Fill fill) {
        Scratch.Mem length = scratch.alloc(8);
        int size = ROOM;
        for (;;) {
            Scratch.Mem room = scratch.alloc(size);
            int code = fill.into(room.address, size, length.address);
            if (code != ErrorKind.BUFFER_TOO_SMALL.code()) {
                return scratch.found(code) ? new Lent().octets(room.address, length.getLong(0)) : null;
            }
            // A text has a zero octet behind it.
            size = Math.toIntExact(length.getLong(0) + 1);
        }
    }

    private static String text(Scratch scratch, Fill fill) {
        return new String(filled(scratch, fill), StandardCharsets.UTF_8);
    }
}
