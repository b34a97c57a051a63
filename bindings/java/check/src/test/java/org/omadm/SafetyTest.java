package org.omadm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Wrong use, threads and memory: an exception at worst. */
class SafetyTest {
    private static <T> List<T> inParallel(int threads, Callable<T> work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                futures.add(pool.submit(work));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void aClosedObjectRefusesToBeUsedAndIsClosedTwiceWithoutHarm() {
        Message message = Message.decode(Files.data("package2.syncml.xml"));
        List<Command> commands = message.commands();
        message.close();
        message.close();
        assertThrows(IllegalStateException.class, message::header);
        assertThrows(IllegalStateException.class, message::commands);
        assertThrows(IllegalStateException.class, message::isFinal);
        assertThrows(IllegalStateException.class, () -> message.encode(Encoding.XML));
        assertThrows(IllegalStateException.class, () -> message.octets(commands.get(3).items().get(0)));
        assertTrue(commands.size() > 3, "values outlive it");

        Tree tree = Tree.create();
        Tree other = Tree.create();
        Node root = tree.root();
        tree.close();
        assertThrows(IllegalStateException.class, tree::nodes);
        assertThrows(IllegalStateException.class, () -> tree.children(root));
        assertThrows(IllegalStateException.class, () -> tree.add("./A", NodeValue.interior()));
        assertThrows(IllegalStateException.class, () -> other.diff(tree));
        assertThrows(IllegalStateException.class, tree::toJson);
        other.close();

        Schema schema = Schema.decode(Files.data("acme.ddf.xml"));
        schema.close();
        assertThrows(IllegalStateException.class, schema::nodes);
        assertThrows(IllegalStateException.class, () -> schema.add(new byte[0]));
        MessageBuilder builder = new MessageBuilder("1", "1", "a", "b");
        builder.close();
        assertThrows(IllegalStateException.class, () -> builder.status("1", "0", "SyncHdr", 200));
    }

    @Test
    void nullAndNonsenseAreRefused() {
        assertThrows(NullPointerException.class, () -> Omadm.parse(null));
        assertThrows(NullPointerException.class, () -> Message.decode(null));
        assertThrows(NullPointerException.class, () -> Message.decode(new byte[0], null));
        assertThrows(NullPointerException.class, () -> Tree.fromTnds(null));
        assertThrows(NullPointerException.class, () -> Schema.decode(null));
        assertThrows(NullPointerException.class, () -> Notification.decode(null));
        assertThrows(NullPointerException.class, () -> Notification.open(new byte[0], null));
        assertThrows(NullPointerException.class, () -> Omadm.convert(new byte[0], null));
        assertThrows(NullPointerException.class, () -> new MessageBuilder(null, "1", "a", "b"));
        try (Tree tree = Tree.create()) {
            assertThrows(NullPointerException.class, () -> tree.get(null));
            assertThrows(NullPointerException.class, () -> tree.add("./A", null));
            assertThrows(NullPointerException.class, () -> tree.findMo(null));
            assertEquals(ErrorKind.STALE_NODE, assertThrows(OmadmException.class, () -> tree.node(12345)).kind());
            assertThrows(OmadmException.class, () -> tree.node(0));
            assertThrows(OmadmException.class, () -> tree.node(-1));
            assertEquals(1, tree.size(), "nothing was changed");
        }
        assertThrows(IllegalArgumentException.class, () -> Options.DEFAULT.with(Options.Limit.DEPTH, 1L << 32));
        assertThrows(IllegalArgumentException.class, () -> Options.DEFAULT.with(Options.Limit.DEPTH, -1));
        // A message is no tree, a tree no message, a description neither.
        assertEquals(
                ErrorKind.NOT_TREE, assertThrows(OmadmException.class, () -> Tree.fromTnds(Files.data("package1.syncml.wbxml"))).kind());
        assertEquals(
                ErrorKind.NOT_SYNCML, assertThrows(OmadmException.class, () -> Message.decode(Files.data("phone.tnds.xml"))).kind());
        // An item of another message, which this one does not have.
        try (Message small = Message.decode(Files.data("package1.syncml.xml")); Message large = Message.decode(Files.data("package2.syncml.xml"))) {
            List<Command> commands = large.commands();
            Command last = commands.get(commands.size() - 1);
            assertTrue(small.source(last).isEmpty());
            assertEquals(ErrorKind.NOT_FOUND, assertThrows(OmadmException.class, () -> small.unknown(last)).kind());
        }
    }

    @Test
    void oneMessageAndOneTreeAreReadByManyThreadsAtOnce() throws Exception {
        try (Message message = Message.decode(Samples.message(200_000)); Tree tree = Tree.fromTnds(Samples.tree(2_000))) {
            String expected = message.toJson();
            String nodes = tree.toJson();
            List<Boolean> same = inParallel(8, () -> {
                boolean all = true;
                for (int i = 0; i < 5; i++) {
                    all &= message.toJson().equals(expected) && tree.toJson().equals(nodes) && tree.findMo("urn:x-acme:mo:part:1.0").size() == 200;
                }
                return all;
            });
            assertEquals(List.of(true, true, true, true, true, true, true, true), same);
        }
    }

    @Test
    void whoClosesWhileOthersReadDoesNoHarm() throws Exception {
        byte[] octets = Samples.message(20_000);
        for (int round = 0; round < 200; round++) {
            Message message = Message.decode(octets);
            CountDownLatch ready = new CountDownLatch(3);
            List<String> outcomes = inParallel(3, () -> {
                ready.countDown();
                ready.await();
                try {
                    message.header();
                    message.encode(Encoding.WBXML);
                    int count = message.commands().size();
                    message.close();
                    return "read " + (count > 0);
                } catch (IllegalStateException closed) {
                    return "closed";
                }
            });
            assertTrue(outcomes.contains("read true"), outcomes.toString());
        }
    }

    @Test
    void oneWritesWhileOthersRead() throws Exception {
        try (Tree tree = Tree.create()) {
            tree.add("./A", NodeValue.interior());
            List<Boolean> whole = inParallel(4, () -> {
                boolean all = true;
                for (int i = 0; i < 50; i++) {
                    tree.add("./A/n" + Thread.currentThread().getId() + "-" + i, NodeValue.text("x"));
                    List<Node> nodes = tree.nodes();
                    // A list that was read at one time: the root, ./A, and as many as that says it has.
                    all &= nodes.size() == 2 + nodes.get(1).childCount();
                }
                return all;
            });
            assertEquals(List.of(true, true, true, true), whole);
            assertEquals(202, tree.size());
        }
    }

    @Test
    void treesAreComparedBothWaysWhileTheyAreEdited() throws Exception {
        try (Tree one = Tree.create(); Tree other = Tree.create()) {
            java.util.concurrent.atomic.AtomicInteger next = new java.util.concurrent.atomic.AtomicInteger();
            List<Boolean> done = inParallel(4, () -> {
                boolean forth = next.getAndIncrement() % 2 == 0;
                Tree mine = forth ? one : other;
                for (int i = 0; i < 200; i++) {
                    mine.add("./n" + Thread.currentThread().getId() + "-" + i, NodeValue.text("x"));
                    mine.diff(forth ? other : one);
                }
                return true;
            });
            assertEquals(4, done.size());
            assertEquals(800, one.diff(other).size());
        }
    }

    /** Resident memory, of the machine's and of native memory both. */
    private static long resident() throws IOException {
        String statm = new String(java.nio.file.Files.readAllBytes(Path.of("/proc/self/statm")), StandardCharsets.US_ASCII);
        return Long.parseLong(statm.split(" ")[1]) * 4096;
    }

    private static void decodeMany(int times, boolean close) {
        byte[] octets = Files.data("package2.syncml.wbxml");
        byte[] document = Files.data("phone.tnds.wbxml");
        for (int i = 0; i < times; i++) {
            Message message = Message.decode(octets);
            Tree tree = Tree.fromTnds(document);
            assertTrue(message.commands().size() + tree.nodes().size() > 300);
            assertThrows(OmadmException.class, () -> Message.decode(document));
            if (close) {
                message.close();
                tree.close();
            } else if (i % 500 == 499) {
                System.gc();
            }
        }
    }

    @Test
    void tenThousandDecodesLeaveMemoryAsItWas() throws Exception {
        if (!java.nio.file.Files.exists(Path.of("/proc/self/statm"))) {
            return;
        }
        decodeMany(2_000, true);
        System.gc();
        long before = resident();
        decodeMany(10_000, true);
        System.gc();
        long grown = resident() - before;
        // A tree of the phone takes more than 50 kB: a leak of one in ten thousand calls would be seen, of all it would be 500 MB.
        assertTrue(grown < 64 << 20, "grown by " + grown);
    }

    @Test
    void whatIsForgottenIsFreed() throws Exception {
        if (!java.nio.file.Files.exists(Path.of("/proc/self/statm"))) {
            return;
        }
        decodeMany(1_000, false);
        System.gc();
        long before = resident();
        decodeMany(5_000, false);
        System.gc();
        long grown = resident() - before;
        assertTrue(grown < 128 << 20, "grown by " + grown);
    }

    @Test
    void largeDocumentsAreGivenBackWhetherTheyAreReadOrRefused() throws Exception {
        byte[] octets = Samples.message(500_000);
        byte[] cut = java.util.Arrays.copyOf(octets, octets.length - 3);
        long before = 0;
        for (int i = 0; i < 1_200; i++) {
            if (i == 200 && java.nio.file.Files.exists(Path.of("/proc/self/statm"))) {
                before = resident();
            }
            Message.decode(octets).close();
            assertThrows(OmadmException.class, () -> Message.decode(cut));
            assertThrows(OmadmException.class, () -> Tree.fromTnds(octets));
        }
        // A thousand times one of them would be half a gigabyte.
        assertTrue(before == 0 || resident() - before < 100 << 20, "grown by " + (resident() - before));
    }

    @Test
    void aTreeKeepsTheLargeMessageThatItWasTakenFrom() {
        String document = new String(Samples.tree(2_000), StandardCharsets.UTF_8);
        byte[] octets;
        try (MessageBuilder builder = new MessageBuilder("1", "1", "a", "b")) {
            builder.command(NewCommand.of(CommandKind.ADD, NewItem.target("./Vendor")
                    .withMeta(Meta.of("xml", "application/vnd.syncml.dmtnds+xml")).withData(Data.cdata(document))));
            octets = builder.encode(Encoding.XML);
        }
        Message message = Message.decode(octets);
        try (Tree tree = message.tree(message.commands().get(0).items().get(0)).orElseThrow()) {
            message.close();
            for (int i = 0; i < 20; i++) {
                // What was freed would be written over.
                Message.decode(octets).close();
            }
            List<Node> parts = tree.findMo("urn:x-acme:mo:part:1.0");
            assertEquals(200, parts.size());
            Node last = tree.get(parts.get(199).uri() + "/Value9").orElseThrow();
            assertEquals("value number 1999", new String(last.value(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void aHugeInputIsReadWithinItsLimitsAndRefusedBeyond() {
        byte[] blanks = new byte[200 << 20];
        java.util.Arrays.fill(blanks, (byte) ' ');
        byte[] start = "<SyncML xmlns=\"SYNCML:SYNCML1.2\"><SyncHdr>".getBytes(StandardCharsets.UTF_8);
        System.arraycopy(start, 0, blanks, 0, start.length);
        OmadmException error = assertThrows(OmadmException.class, () -> Message.decode(blanks));
        assertTrue(error.code() > 100);
        byte[] message = Samples.message(1_000_000);
        assertEquals(
                ErrorKind.LIMIT_ELEMENTS,
                assertThrows(OmadmException.class, () -> Message.decode(message, Options.DEFAULT.with(Options.Limit.ELEMENTS, 1000))).kind());
    }
}
