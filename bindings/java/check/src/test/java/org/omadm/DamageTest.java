package org.omadm;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every document at hand, whole, cut off and with single octets changed, through everything that reads: what comes out is a document or an
 * {@link OmadmException}, which says what is wrong with the input, and where.
 */
class DamageTest {
    /** Above this a document is read whole, and cut off a few times. */
    private static final int LARGE = 1 << 16;
    private static final byte[] SECRET = {1, 2, 3};

    private long read;
    private long refused;

    private interface Work {
        void run();
    }

    /** What is read: whatever the outcome, it is one of these two. */
    private void attempt(byte[] input, Work work) {
        try {
            work.run();
            read++;
        } catch (OmadmException error) {
            // Below stand wrong calls, and faults of the library.
            assertTrue(error.kind().code() >= ErrorKind.UNEXPECTED_END.code() || error.kind() == ErrorKind.REFUSED, error::toString);
            assertTrue(error.offset().orElse(0) <= input.length, error::toString);
            refused++;
        }
    }

    private void everywhere(byte[] input) {
        attempt(input, () -> Omadm.dump(input));
        attempt(input, () -> {
            try (Message message = Message.decode(input)) {
                for (Command command : message.commands()) {
                    message.source(command);
                    message.nextNonce(command);
                    for (Item item : command.items()) {
                        attempt(input, () -> message.octets(item));
                        attempt(input, () -> message.tree(item).ifPresent(Tree::close));
                    }
                }
                message.basicName();
                attempt(input, () -> message.encode(Encoding.XML));
                attempt(input, () -> message.encode(Encoding.WBXML));
                message.normalise().close();
            }
        });
        attempt(input, () -> {
            try (Tree tree = Tree.fromTnds(input)) {
                for (Node node : tree.nodes()) {
                    if (node.moId() != null) {
                        assertTrue(tree.findMo(node.moId()).contains(node));
                    }
                }
                attempt(input, () -> tree.toTnds(Encoding.XML));
                attempt(input, () -> tree.toTnds(Encoding.WBXML));
            }
        });
        attempt(input, () -> {
            try (Schema schema = Schema.decode(input); Tree tree = Tree.create()) {
                schema.nodes();
                schema.check(tree);
            }
        });
        attempt(input, () -> Notification.decode(input));
        attempt(input, () -> Notification.ofPush(input));
        attempt(input, () -> Notification.open(input, ServerCredentials.of(SECRET, SECRET).withResync()));
        for (Encoding encoding : Encoding.values()) {
            attempt(input, () -> Omadm.convert(input, encoding));
        }
    }

    private void damaged(byte[] input, int cuts, int changes) {
        everywhere(input);
        boolean isLarge = input.length > LARGE;
        int pieces = isLarge ? 2 : cuts;
        for (int piece = 1; piece <= pieces; piece++) {
            everywhere(Arrays.copyOf(input, (int) ((long) input.length * piece / (pieces + 1))));
        }
        Random random = new Random(input.length);
        for (int change = 0; change < changes && !isLarge && input.length > 0; change++) {
            byte[] changed = input.clone();
            // Headers are short: a third of all changes is there.
            int at = random.nextInt(change % 3 == 0 ? Math.min(input.length, 64) : input.length);
            changed[at] ^= change % 2 == 0 ? 1 << random.nextInt(8) : random.nextInt(255) + 1;
            everywhere(changed);
        }
    }

    private void replay(Path folder, int cuts, int changes) throws IOException {
        try (Stream<Path> all = java.nio.file.Files.walk(folder)) {
            List<Path> files = all.filter(java.nio.file.Files::isRegularFile).sorted().collect(Collectors.toList());
            files.forEach(file -> damaged(Files.read(file), cuts, changes));
            System.out.println(folder.getFileName() + ": " + files.size() + " documents, read " + read + " times, refused " + refused + " times");
        }
    }

    private void replayIfThere(Path folder, int cuts, int changes) throws IOException {
        if (!java.nio.file.Files.isDirectory(folder)) {
            System.out.println(folder.getFileName() + ": skipped, it is not there");
        }
        assumeTrue(java.nio.file.Files.isDirectory(folder), folder.getFileName() + " is not there");
        replay(folder, cuts, changes);
    }

    @Test
    void theDocumentsOfTheProject() throws IOException {
        replay(Files.root().resolve("tests/data"), 40, 80);
        assertTrue(read > 200 && refused > 2_000, read + " read, " + refused + " refused");
    }

    @Test
    void theInputsOfTheVectors() {
        for (String file : new String[] {"notifications", "messages", "trees", "errors"}) {
            String text = new String(Files.read(Files.root().resolve("tests/vectors/" + file + ".json")), StandardCharsets.UTF_8);
            for (JsonElement vector : JsonParser.parseString(text).getAsJsonArray()) {
                damaged(VectorsTest.input(vector.getAsJsonObject()), 40, 80);
            }
        }
        assertTrue(read > 200 && refused > 2_000, read + " read, " + refused + " refused");
    }

    @Test
    void theCorpus() throws IOException {
        replayIfThere(Files.root().resolve("../shared/corpus"), 8, 12);
    }

    @Test
    void whatFuzzingHasFound() throws IOException {
        replayIfThere(Files.root().resolve("fuzz/regressions"), 0, 0);
    }
}
