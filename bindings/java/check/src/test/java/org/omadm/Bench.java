package org.omadm;

import com.sun.management.OperatingSystemMXBean;
import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;

/**
 * Measures reading into objects against JAXP's DOM, on the same octets in the same run: {@code bindings/java/bench}. The DOM is made lazily: only parsing it is given
 * as a second figure, but says little.
 */
public final class Bench {
    private static final long ROUND = 1_000_000_000L;
    private static final int ROUNDS = 7;

    private static final OperatingSystemMXBean PROCESS = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private Bench() {}

    private interface Work {
        int run() throws Exception;
    }

    /**
     * Prints a line for each measurement.
     *
     * @param arguments none
     * @throws Exception what goes wrong
     */
    public static void main(String[] arguments) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        DocumentBuilder builder = factory.newDocumentBuilder();
        byte[] message = Samples.message(64 * 1024);
        byte[] tree = Samples.tree(90_909);
        boolean reached = compare("SyncML message into Message, Command and Item objects", message, () -> read(message), () -> Dom.commands(dom(builder, message)).size(), () -> dom(builder, message).hashCode());
        reached &= compare("TNDS tree of 100,000 nodes into Node objects", tree, () -> nodes(tree), () -> Dom.nodes(dom(builder, tree)).size(), () -> dom(builder, tree).hashCode());
        System.exit(reached ? 0 : 1);
    }

    private static boolean compare(String what, byte[] data, Work ours, Work theirs, Work onlyParsed) throws Exception {
        double best = Double.MAX_VALUE;
        double peer = Double.MAX_VALUE;
        double parsed = Double.MAX_VALUE;
        // Turn about, so that whatever else the machine does meets both.
        for (int round = 0; round < ROUNDS; round++) {
            best = Math.min(best, measure(ours));
            peer = Math.min(peer, measure(theirs));
            parsed = Math.min(parsed, measure(onlyParsed));
        }
        double ratio = peer / best;
        System.out.println(String.format(
                Locale.ROOT, "%s, %,d octets: %,.1f us; JAXP DOM into the same objects: %,.1f us, %.2f x (3 x wanted); only parsed: %,.1f us, %.2f x",
                what, data.length, best, peer, ratio, parsed, parsed / best));
        return ratio >= 3;
    }

    /** Microseconds of processor time of one run, collector and compiler included, on average over a round: other programs do not count. */
    private static double measure(Work work) throws Exception {
        // Each pays for the garbage that it makes itself.
        System.gc();
        long start = PROCESS.getProcessCpuTime();
        long runs = 0;
        long sum = 0;
        long spent;
        do {
            sum += work.run();
            runs++;
            spent = PROCESS.getProcessCpuTime() - start;
        } while (spent < ROUND);
        if (sum == 0) {
            throw new AssertionError("nothing was read");
        }
        return spent / 1000.0 / runs;
    }

    private static int read(byte[] data) {
        try (Message message = Message.decode(data)) {
            return message.header().target().length() + message.commands().size();
        }
    }

    private static int nodes(byte[] data) {
        try (Tree tree = Tree.fromTnds(data)) {
            return tree.nodes().size();
        }
    }

    private static Element dom(DocumentBuilder builder, byte[] data) throws Exception {
        return builder.parse(new ByteArrayInputStream(data)).getDocumentElement();
    }
}
