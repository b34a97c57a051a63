package org.omadm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Credentials, held against the JDK's MD5 and base64. */
class AuthTest {
    private static final byte[] SECRET = {'s', 0, -1, ':'};
    private static final byte[] NONCE = {0, 1, -2};
    private static final byte[] LOST = new byte[4];

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] md5(byte[]... parts) throws Exception {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < parts.length; i++) {
            if (i > 0) {
                all.write(':');
            }
            all.writeBytes(parts[i]);
        }
        return MessageDigest.getInstance("MD5").digest(all.toByteArray());
    }

    private static byte[] base64(byte[] octets) {
        return Base64.getEncoder().encode(octets);
    }

    /** A message with these credentials, or none, in both encodings. */
    private static List<byte[]> messages(Cred cred) {
        try (MessageBuilder builder = new MessageBuilder("1", "1", "https://dm.example.com", "IMEI:1")) {
            builder.sourceName("déva");
            if (cred != null) {
                builder.cred(cred);
            }
            builder.command(NewCommand.of(CommandKind.STATUS)
                    .withMsgRef("1").withCmdRef("0").withCmd("SyncHdr").withCode(212)
                    .withChal(Meta.of("b64", "syncml:auth-md5").withNextNonce(Data.text("AAECAw=="))));
            builder.command(NewCommand.of(CommandKind.GET, NewItem.target("./DevInfo/Mod")));
            return List.of(builder.encode(Encoding.XML), builder.encode(Encoding.WBXML));
        }
    }

    private static ErrorKind refusal(Message message, Scheme scheme, byte[] a1, byte[]... nonces) {
        OmadmException refused = assertThrows(OmadmException.class, () -> message.verify(scheme, a1, nonces));
        assertTrue(refused.getMessage().length() > 10);
        return refused.kind();
    }

    @Test
    void digestsAreThoseOfTheSpecification() throws Exception {
        // SyncML Representation Protocol: Bruce2, OhBehave, Nonce.
        assertEquals("QnJ1Y2UyOk9oQmVoYXZl", Auth.basic("Bruce2", octets("OhBehave")).data().text());
        assertEquals("Zz6EivR3yeaaENcRN6lpAQ==", Auth.md5(Auth.a1("Bruce2", octets("OhBehave")), octets("Nonce")).data().text());
        byte[] a1 = Auth.a1("déva", SECRET);
        assertArrayEquals(md5(octets("déva"), SECRET), a1);
        Cred cred = Auth.md5(a1, NONCE);
        assertEquals("syncml:auth-md5", cred.scheme());
        assertEquals("b64", cred.format());
        assertArrayEquals(base64(md5(base64(a1), NONCE)), cred.data().octets());
        Cred basic = Auth.basic("déva", octets("pässword"));
        assertEquals("syncml:auth-basic", basic.scheme());
        assertArrayEquals(base64(octets("déva:pässword")), basic.data().octets());
        String long64 = "n".repeat(3000);
        assertArrayEquals(base64(octets(long64 + ":x")), Auth.basic(long64, octets("x")).data().octets(), "longer than the first room");
    }

    @Test
    void md5CredentialsAreVerifiedWithTheNonceThatIsDueOrAnother() {
        byte[] a1 = Auth.a1("déva", SECRET);
        for (byte[] octets : messages(Auth.md5(a1, NONCE))) {
            try (Message message = Message.decode(octets)) {
                assertEquals(0, message.verify(Scheme.MD5, a1, NONCE));
                assertEquals(1, message.verify(Scheme.MD5, a1, LOST, NONCE));
                assertEquals(ErrorKind.REFUSED, refusal(message, Scheme.MD5, a1, LOST));
                assertEquals(ErrorKind.REFUSED, refusal(message, Scheme.MD5, Auth.a1("déva", octets("other")), NONCE));
                assertEquals(ErrorKind.ANOTHER_SCHEME, refusal(message, Scheme.BASIC, a1));
                assertEquals(ErrorKind.ANOTHER_SCHEME, refusal(message, Scheme.MAC, a1, NONCE));
                assertEquals(Optional.empty(), message.basicName());
                assertThrows(OmadmException.class, () -> message.verify(Scheme.MD5, a1), "no nonce to try");
                assertThrows(IllegalArgumentException.class, () -> message.verify(Scheme.MD5, new byte[15], NONCE));
                assertThrows(NullPointerException.class, () -> message.verify(Scheme.MD5, a1, NONCE, null));
                assertArrayEquals(new byte[] {0, 1, 2, 3}, message.nextNonce(message.commands().get(0)).orElseThrow());
                assertEquals(Optional.empty(), message.nextNonce(message.commands().get(1)));
            }
        }
    }

    @Test
    void basicCredentialsAreVerifiedAndNameTheirOwner() {
        byte[] a1 = Auth.a1("déva", octets("pässword"));
        for (byte[] octets : messages(Auth.basic("déva", octets("pässword")))) {
            try (Message message = Message.decode(octets)) {
                assertEquals(Optional.of("déva"), message.basicName());
                assertEquals(0, message.verify(Scheme.BASIC, a1));
                assertEquals(ErrorKind.REFUSED, refusal(message, Scheme.BASIC, Auth.a1("déva", octets("password"))));
            }
        }
    }

    @Test
    void aMessageWithoutCredentialsIsNotAuthentic() {
        try (Message message = Message.decode(messages(null).get(1))) {
            assertEquals(ErrorKind.NOT_FOUND, refusal(message, Scheme.MD5, new byte[16], NONCE));
            assertEquals(ErrorKind.NOT_FOUND, refusal(message, Scheme.BASIC, new byte[16]));
        }
    }

    @Test
    void aMacIsOverTheWholeMessage() throws Exception {
        byte[] a1 = Auth.a1("déva", SECRET);
        byte[] body = messages(null).get(1);
        String header = Auth.mac("déva", a1, NONCE, body);
        String expected = new String(base64(md5(base64(a1), NONCE, base64(md5(body)))), StandardCharsets.US_ASCII);
        assertTrue(header.contains("mac=" + expected) || header.contains("mac=\"" + expected), header);
        assertEquals("déva", Auth.macName(header));
        assertEquals(0, Auth.verifyMac(header, a1, body, NONCE));
        assertEquals(1, Auth.verifyMac(header, a1, body, LOST, NONCE));
        byte[] changed = body.clone();
        changed[changed.length / 2] ^= 1;
        assertEquals(ErrorKind.REFUSED, assertThrows(OmadmException.class, () -> Auth.verifyMac(header, a1, changed, NONCE)).kind());
        assertEquals(ErrorKind.ANOTHER_SCHEME,
                assertThrows(OmadmException.class, () -> Auth.verifyMac(header.replaceFirst("MD5", "SHA1"), a1, body, NONCE)).kind());
        assertEquals(ErrorKind.AUTH_HEADER_INCOMPLETE, assertThrows(OmadmException.class, () -> Auth.macName("algorithm=MD5")).kind());
        assertEquals(ErrorKind.AUTH_HEADER_NAME, assertThrows(OmadmException.class, () -> Auth.mac("a\r\nb", a1, NONCE, body)).kind());
    }
}
