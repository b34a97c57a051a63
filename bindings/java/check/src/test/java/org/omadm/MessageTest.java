package org.omadm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageTest {
    @Test
    void aMessageThatIsPutTogetherIsReadAgainInBothEncodings() {
        try (MessageBuilder builder = new MessageBuilder("1A", "2", "dev", "https://dm.example.com/é")) {
            builder.sourceName("srv").respUri("https://dm.example.com/r").cred(Cred.of("syncml:auth-basic", "b64", Data.text("dTpw")));
            builder.meta(Meta.EMPTY.withMaxMsgSize(16384L).withMaxObjSize(1048576L));
            assertEquals(1, builder.command(NewCommand.of(CommandKind.STATUS)
                    .withMsgRef("1").withCmdRef("0").withCmd("SyncHdr").withCode(212)
                    .withRefs(List.of(new Ref(true, "t"), new Ref(false, "s")))
                    .withChal(Meta.of("b64", "syncml:auth-md5").withNextNonce(Data.text("AAECAw==")))));
            assertEquals(2, builder.begin(CommandKind.ATOMIC));
            assertEquals(3, builder.command(NewCommand.of(
                    CommandKind.REPLACE,
                    NewItem.target("./A").withMeta(Meta.of("bin", "image/png")).withData(Data.octets(new byte[] {0, -1})),
                    NewItem.target("./B").withText("häuser & <co>"))));
            builder.end();
            assertEquals(4, builder.command(NewCommand.of(CommandKind.ALERT, NewItem.EMPTY.withText("MINDT=10"), NewItem.EMPTY.withText("Now?")).withCode(1101)));
            for (Encoding encoding : Encoding.values()) {
                byte[] octets = builder.encode(encoding);
                assertEquals(octets.length, builder.encodedLength(encoding));
                try (Message message = Message.decode(octets)) {
                    check(message, encoding);
                    assertArrayEquals(octets, message.encode(encoding));
                    assertEquals(octets.length, message.encodedLength(encoding));
                }
            }
            assertEquals(ErrorKind.STATE, assertThrows(OmadmException.class, () -> builder.status("1", "1", "Get", 200)).kind());
        }
    }

    @Test
    void eachItemHasItsOwnMetaAndTheFormatThatCounts() {
        Meta whole = Meta.of("chr", "text/plain").withSize(5_000_000_000L).withMark("critical").withVersion("7");
        try (MessageBuilder builder = new MessageBuilder("1", "1", "a", "b")) {
            builder.command(NewCommand.of(
                            CommandKind.ADD,
                            NewItem.target("./A").withText("1"),
                            NewItem.target("./B").withMeta(whole).withText("2").withMoreData(true),
                            NewItem.target("./C").withMeta(whole).withText("3"),
                            NewItem.target("./D").withMeta(Meta.of("int", null)).withText("4"))
                    .withMeta(Meta.of("b64", "image/png")));
            builder.command(NewCommand.of(CommandKind.REPLACE, NewItem.target("./E").withMeta(whole).withText("5")));
            for (Encoding encoding : Encoding.values()) {
                try (Message message = Message.decode(builder.encode(encoding))) {
                    Command add = message.commands().get(0);
                    assertEquals(Meta.of("b64", "image/png"), add.meta());
                    assertEquals(java.util.Arrays.asList(null, whole, whole, Meta.of("int", null)), add.items().stream().map(Item::meta).collect(java.util.stream.Collectors.toList()));
                    assertEquals(List.of("b64", "chr", "chr", "int"), add.items().stream().map(Item::format).collect(java.util.stream.Collectors.toList()));
                    assertEquals("image/png", add.items().get(3).mediaType());
                    Command replace = message.commands().get(1);
                    assertNull(replace.meta());
                    assertEquals(whole, replace.items().get(0).meta());
                }
            }
        }
    }

    private static void check(Message message, Encoding encoding) {
        assertEquals(encoding, message.encoding());
        assertTrue(message.isFinal());
        Header header = message.header();
        assertEquals("https://dm.example.com/é", header.source());
        assertEquals("srv", header.sourceName());
        assertEquals("https://dm.example.com/r", header.respUri());
        assertEquals("syncml:auth-basic", header.cred().scheme());
        assertEquals("dTpw", header.cred().data().text());
        assertEquals(1048576L, header.meta().maxObjSize());
        List<Command> commands = message.commands();
        assertEquals(4, message.commandCount());
        Command status = commands.get(0);
        assertEquals(212, status.code());
        assertEquals(List.of(new Ref(true, "t"), new Ref(false, "s")), status.refs());
        assertEquals("AAECAw==", status.chal().nextNonce().text());
        Command replace = commands.get(2);
        assertEquals(1, replace.parent());
        assertEquals(3, commands.get(1).end());
        Item png = replace.items().get(0);
        assertEquals("image/png", png.mediaType());
        // Octets travel as base64 in XML, which says so.
        assertEquals(Meta.of(encoding == Encoding.XML ? "b64" : "bin", "image/png"), png.meta());
        assertNull(replace.items().get(1).meta());
        assertArrayEquals(new byte[] {0, -1}, message.octets(png).orElseThrow());
        assertEquals(encoding == Encoding.XML ? DataForm.TEXT : DataForm.OPAQUE, png.data().form());
        assertEquals("häuser & <co>", replace.items().get(1).data().text());
        assertNull(replace.correlator());
        assertEquals(1101, commands.get(3).code());
        assertEquals("Now?", commands.get(3).items().get(1).data().text());
    }

    @Test
    void messagesThatSayTheSameInBothEncodingsAreEqualWhenTheyAreNormalised() {
        try (Message xml = Message.decode(Files.data("package2.syncml.xml"));
                Message wbxml = Message.decode(Files.data("package2.syncml.wbxml"));
                Message one = xml.normalise();
                Message other = wbxml.normalise()) {
            assertTrue(one.saysTheSameAs(other));
            try (Message first = Message.decode(Files.data("package1.syncml.xml"))) {
                assertFalse(one.saysTheSameAs(first));
            }
            assertArrayEquals(
                    Omadm.convert(Files.data("package2.syncml.xml"), Encoding.WBXML), Omadm.convert(Files.data("package2.syncml.wbxml"), Encoding.WBXML));
        }
    }

    @Test
    void aTreeOutOfAMessageOutlivesIt() {
        Tree tree;
        try (Message message = Message.decode(Files.data("results-e1.syncml.wbxml"))) {
            Item item = message.commands().stream().flatMap(command -> command.items().stream())
                    .filter(next -> message.tree(next).isPresent()).findFirst().orElseThrow();
            tree = message.tree(item).orElseThrow();
        }
        try (Tree open = tree) {
            assertTrue(open.nodes().stream().anyMatch(node -> node.name().equals("FUMO")));
        }
    }

    @Test
    void aLargeMessageIsReadWholeWithManyItemsInACommand() {
        byte[] octets = Samples.message(5_000_000);
        try (Message message = Message.decode(octets)) {
            List<Command> commands = message.commands();
            assertTrue(commands.size() > 20_000);
            Command last = commands.get(commands.size() - 1);
            assertEquals("value " + (commands.size() - 1) + " & more", last.items().get(0).data().text());
            assertEquals("./Vendor/Part" + (commands.size() - 1) + "/Value", last.items().get(0).nodeUri());
        }
        StringBuilder many = new StringBuilder("<SyncML xmlns=\"SYNCML:SYNCML1.2\"><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto><SessionID>1</SessionID>"
                + "<MsgID>1</MsgID><Target><LocURI>a</LocURI></Target><Source><LocURI>b</LocURI></Source></SyncHdr><SyncBody><Get><CmdID>1</CmdID>");
        for (int i = 0; i < 1000; i++) {
            many.append("<Item><Target><LocURI>./N").append(i).append("</LocURI></Target></Item>");
        }
        many.append("</Get></SyncBody></SyncML>");
        try (Message message = Message.decode(many.toString().getBytes(StandardCharsets.UTF_8))) {
            List<Item> items = message.commands().get(0).items();
            for (int i = 0; i < 1000; i++) {
                assertEquals("./N" + i, items.get(i).target());
                assertEquals(i, items.get(i).index());
            }
            assertFalse(message.isFinal());
        }
    }

    @Test
    void anErrorSaysWhatAndWhere() {
        byte[] cut = java.util.Arrays.copyOf(Files.data("package1.syncml.wbxml"), 40);
        OmadmException error = assertThrows(OmadmException.class, () -> Message.decode(cut));
        assertTrue(error.code() > 100);
        assertTrue(error.offset().orElseThrow() <= 40);
        assertTrue(error.innerOffset().isEmpty());
        assertTrue(error.getMessage().contains("at byte"));
        OmadmException deep = assertThrows(
                OmadmException.class, () -> Message.decode(Files.data("package1.syncml.wbxml"), Options.DEFAULT.with(Options.Limit.DEPTH, 2)));
        assertEquals(ErrorKind.LIMIT_DEPTH, deep.kind());
    }

    @Test
    void parseTellsWhatOctetsAre() {
        for (String name : new String[] {"package1.syncml.xml", "phone.tnds.wbxml", "acme.ddf.xml", "notification.bin", "push.bin"}) {
            try (Document document = Omadm.parse(Files.data(name))) {
                Class<?> expected = name.contains("syncml") ? Message.class : name.contains("tnds") ? Tree.class : name.contains("ddf") ? Schema.class : Notification.class;
                assertEquals(expected, document.getClass(), name);
                assertTrue(document.toJson().startsWith("{\"kind\":"), name);
            }
        }
        OmadmException none = assertThrows(OmadmException.class, () -> Omadm.parse(new byte[0]));
        assertEquals(ErrorKind.UNKNOWN_FORMAT, none.kind());
    }

    @Test
    void aNotificationIsWrittenAndOpened() {
        ServerCredentials credentials = ServerCredentials.of("srvsecret".getBytes(StandardCharsets.UTF_8), new byte[] {0, 1, 2, 3});
        Notification sent = Notification.of(0x1A, "dm.example.com").withUiMode(UiMode.INFORMATIVE).withVendor(new byte[] {7});
        byte[] octets = sent.encode(credentials);
        Notification.Opened opened = Notification.open(octets, credentials);
        assertEquals(sent, opened.notification());
        assertEquals("1A", opened.notification().sessionIdText());
        assertEquals(Prompt.INFORM, opened.prompt());
        ServerCredentials wrong = ServerCredentials.of(new byte[] {1}, new byte[] {0, 1, 2, 3});
        assertEquals(ErrorKind.REFUSED, assertThrows(OmadmException.class, () -> Notification.open(octets, wrong)).kind());
        assertEquals(
                ErrorKind.NOTIFICATION_FIELD,
                assertThrows(OmadmException.class, () -> Notification.of(0, "dm.example.com").encode(credentials)).kind());
        assertEquals("dm.example.com", Notification.ofPush(Files.data("push.bin")).serverId());
    }

    @Test
    void secretsAreNotPrinted() {
        assertFalse(Cred.of("syncml:auth-md5", "b64", Data.text("s3cr3t")).toString().contains("s3cr3t"));
        assertFalse(ServerCredentials.of(new byte[] {42}, new byte[0]).toString().contains("42"));
    }
}
