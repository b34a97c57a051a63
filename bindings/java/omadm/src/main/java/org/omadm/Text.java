package org.omadm;

import java.nio.charset.StandardCharsets;

/** A text as two arguments, pointer and length; absent for null. */
final class Text {
    final long address;
    final long length;

    Text(Scratch scratch, String text) {
        byte[] octets = text == null ? null : text.getBytes(StandardCharsets.UTF_8);
        address = octets == null ? 0 : scratch.octets(octets).address;
        length = octets == null ? 0 : octets.length;
    }
}
