package org.omadm;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * What one or more device descriptions (DDF) say: which nodes there may be, and what may be done with them. Many threads may read one; adding to it waits until
 * nobody reads.
 */
public final class Schema extends Handle implements Document {
    private static final int PERMANENT = 8;

    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    private Schema(long address) {
        super(address, Lib::omadm_schema_free, "the schema");
    }

    /** A call: with the address, and the room that it needs. */
    private interface Call<T> {
        T on(long schema, Scratch scratch);
    }

    private <T> T read(Call<T> call) {
        lock.readLock().lock();
        try {
            long schema = acquire();
            try (Scratch scratch = new Scratch()) {
                return call.on(schema, scratch);
            } finally {
                release();
            }
        } finally {
            lock.readLock().unlock();
        }
    }

    /**
     * Decodes a device description.
     *
     * @param data the octets, XML or WBXML, which are copied
     * @return the schema, to be closed
     * @throws OmadmException what is wrong with it, and where
     */
    public static Schema decode(byte[] data) {
        Objects.requireNonNull(data, "data");
        try (Scratch scratch = new Scratch(); Octets octets = new Octets(data)) {
            Scratch.Mem schema = scratch.alloc(8);
            scratch.check(Lib.omadm_schema_decode(octets.address, octets.length, 0, schema.address, scratch.error));
            return new Schema(schema.getLong(0));
        }
    }

    /**
     * Adds what another document describes behind what is there.
     *
     * @param data the octets, XML or WBXML, which are copied
     * @throws OmadmException what is wrong with it; then nothing was added
     */
    public void add(byte[] data) {
        Objects.requireNonNull(data, "data");
        lock.writeLock().lock();
        try {
            long schema = acquire();
            try (Scratch scratch = new Scratch(); Octets octets = new Octets(data)) {
                scratch.check(Lib.omadm_schema_add(schema, octets.address, octets.length, 0, scratch.error));
            } finally {
                release();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    @Override
    public Kind kind() {
        return Kind.DESCRIPTION;
    }

    /**
     * All described nodes, parents before children, in the order of the documents.
     *
     * @return them
     */
    public List<DescribedNode> nodes() {
        return read((schema, scratch) -> {
            List<DescribedNode> nodes = new ArrayList<>();
            Lent lent = new Lent();
            int size = Layout.omadm_schema_node_info.SIZE;
            int capacity = 64;
            Scratch.Mem rows = scratch.rows(size, capacity);
            Scratch.Mem written = scratch.alloc(8);
            long after = 0;
            int count;
            do {
                scratch.check(Lib.omadm_schema_nodes(schema, after, rows.address, size, capacity, written.address, scratch.error));
                count = (int) written.getLong(0);
                for (int at = 0; at < count * size; at += size) {
                    nodes.add(node(schema, rows, at, lent));
                    after = rows.getLong(at + Layout.omadm_schema_node_info.node);
                }
            } while (count == capacity);
            return nodes;
        });
    }

    private static DescribedNode node(long schema, Scratch.Mem row, int at, Lent lent) {
        long node = row.getLong(at + Layout.omadm_schema_node_info.node);
        String uri;
        try (Scratch scratch = new Scratch(); OutBuffer buffer = new OutBuffer(scratch)) {
            scratch.check(Lib.omadm_schema_uri(schema, node, buffer.address, scratch.error));
            uri = new String(buffer.octets(), StandardCharsets.UTF_8);
        }
        return new DescribedNode(
                node,
                row.getLong(at + Layout.omadm_schema_node_info.parent),
                uri,
                lent.text(row, at + Layout.omadm_schema_node_info.name),
                Format.of(row.getInt(at + Layout.omadm_schema_node_info.format)),
                row.getInt(at + Layout.omadm_schema_node_info.access),
                row.getInt(at + Layout.omadm_schema_node_info.occurrence_min),
                row.getInt(at + Layout.omadm_schema_node_info.occurrence_max),
                (row.getInt(at + Layout.omadm_schema_node_info.flags) & PERMANENT) != 0,
                lent.text(row, at + Layout.omadm_schema_node_info.title),
                lent.text(row, at + Layout.omadm_schema_node_info.description),
                lent.text(row, at + Layout.omadm_schema_node_info.mo_id),
                lent.text(row, at + Layout.omadm_schema_node_info.media_type),
                lent.octets(row, at + Layout.omadm_schema_node_info.default_value));
    }

    /**
     * The numbers of the descriptions of the node at a URI: the best first.
     *
     * @param uri the URI
     * @return the numbers, which {@link DescribedNode#id} has, too
     * @throws OmadmException {@link ErrorKind#INVALID_URI}
     */
    public List<Long> find(String uri) {
        Objects.requireNonNull(uri, "uri");
        return read((schema, scratch) -> {
            Text text = new Text(scratch, uri);
            Scratch.Mem found = scratch.alloc(8);
            int capacity = 16;
            for (;;) {
                try (Scratch inner = new Scratch()) {
                    Scratch.Mem nodes = inner.rows(8, capacity);
                    scratch.check(
                            Lib.omadm_schema_find(schema, text.address, text.length, nodes.address, capacity, found.address, scratch.error));
                    int count = Math.toIntExact(found.getLong(0));
                    if (count <= capacity) {
                        List<Long> all = new ArrayList<>();
                        for (int i = 0; i < count; i++) {
                            all.add(nodes.getLong(8 * i));
                        }
                        return all;
                    }
                    capacity = count;
                }
            }
        });
    }

    /**
     * Whether a node takes a value, as it is sent.
     *
     * @param node the number of a described node
     * @param value the value
     * @return what the description says of it
     */
    public Verdict judge(long node, byte[] value) {
        Objects.requireNonNull(value, "value");
        return read((schema, scratch) -> {
            Scratch.Mem octets = scratch.octets(value);
            Scratch.Mem verdict = scratch.alloc(4);
            scratch.check(Lib.omadm_schema_judge(schema, node, octets.address, value.length, verdict.address, scratch.error));
            return Verdict.of(verdict.getInt(0));
        });
    }

    /**
     * Checks a tree: whether its nodes, formats, types and values are as described.
     *
     * @param tree the tree
     * @return what was found; what cannot be judged comes last
     */
    public List<Finding> check(Tree tree) {
        return check((check, findings, error) -> tree.with(address -> Lib.omadm_check_tree(check, address, findings, error)));
    }

    /**
     * Checks every item of the commands of a message; trees in items are checked as trees.
     *
     * @param message the message
     * @return what was found; what cannot be judged comes last
     */
    public List<Finding> check(Message message) {
        return check((check, findings, error) -> {
            long address = message.acquire();
            try {
                return Lib.omadm_check_message(check, address, findings, error);
            } finally {
                message.release();
            }
        });
    }

    private interface Run {
        int on(long check, long findings, long error);
    }

    private List<Finding> check(Run run) {
        return read((schema, scratch) -> {
            Scratch.Mem out = scratch.alloc(8);
            scratch.check(Lib.omadm_check_new(schema, 0, out.address, scratch.error));
            long check = out.getLong(0);
            try {
                scratch.check(run.on(check, out.address, scratch.error));
                long findings = out.getLong(0);
                try {
                    return findings(findings, scratch);
                } finally {
                    Lib.omadm_findings_free(findings);
                }
            } finally {
                Lib.omadm_check_free(check);
            }
        });
    }

    private static List<Finding> findings(long findings, Scratch scratch) {
        List<Finding> all = new ArrayList<>();
        Lent lent = new Lent();
        int size = Layout.omadm_finding.SIZE;
        int capacity = 64;
        Scratch.Mem rows = scratch.rows(size, capacity);
        Scratch.Mem written = scratch.alloc(8);
        int count;
        do {
            scratch.check(Lib.omadm_findings_rows(findings, all.size(), rows.address, size, capacity, written.address, scratch.error));
            count = (int) written.getLong(0);
            for (int at = 0; at < count * size; at += size) {
                all.add(new Finding(
                        rows.getInt(at + Layout.omadm_finding.kind) == 1,
                        rows.getInt(at + Layout.omadm_finding.status),
                        rows.getLong(at + Layout.omadm_finding.offset),
                        lent.text(rows, at + Layout.omadm_finding.uri),
                        lent.repeated(rows, at + Layout.omadm_finding.reason),
                        lent.text(rows, at + Layout.omadm_finding.text),
                        lent.text(rows, at + Layout.omadm_finding.expected)));
            }
        } while (count == capacity);
        return Collections.unmodifiableList(all);
    }

    @Override
    public String toJson() {
        Json json = new Json();
        json.schema(this);
        return json.toString();
    }
}
