package org.omadm;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongToIntFunction;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A management tree: decoded from a tree document (TNDS), taken out of a message, or new. Many threads may read one; an edit waits until nobody reads. What it
 * gives are values that outlive it, and that later edits do not change.
 *
 * <pre>{@code
 * try (Tree tree = Tree.fromTnds(octets)) {
 *     for (Node account : tree.findMo("urn:oma:mo:oma-dm-dmacc:1.0")) {
 *         System.out.println(account.uri());
 *     }
 *     tree.replace("./DevDetail/SwV", NodeValue.text("2.0"));
 *     byte[] document = tree.toTnds(Encoding.WBXML);
 * }
 * }</pre>
 */
public final class Tree extends Handle implements Document {
    private static final int INTERIOR = 1;
    private static final int IMPLICIT = 2;
    private static final int PERMANENT = 4;
    private static final int OPAQUE = 8;
    private static final int CHILDREN = 256;
    private static final int DIFFERS_ALL = 127;
    private static final int DIFFERS_VALUE = 64;

    private static final Format[] FORMATS = new Format[16];

    static {
        for (Format format : Format.values()) {
            FORMATS[format.number()] = format;
        }
    }

    private static final AtomicLong MADE = new AtomicLong();

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final long order = MADE.getAndIncrement();

    private Tree(long address) {
        super(address, Lib::omadm_tree_free, "the tree");
    }

    static Tree of(long address) {
        return new Tree(address);
    }

    /** A call: with the address, and the room that it needs. */
    private interface Call<T> {
        T on(long tree, Scratch scratch);
    }

    /** For a call that reads the tree, of something else. */
    int with(LongToIntFunction call) {
        return read((tree, scratch) -> call.applyAsInt(tree));
    }

    private <T> T read(Call<T> call) {
        return call(lock.readLock(), call);
    }

    private <T> T write(Call<T> call) {
        return call(lock.writeLock(), call);
    }

    private <T> T call(Lock held, Call<T> call) {
        held.lock();
        try {
            long tree = acquire();
            try (Scratch scratch = new Scratch()) {
                return call.on(tree, scratch);
            } finally {
                release();
            }
        } finally {
            held.unlock();
        }
    }

    /**
     * Makes a tree with nothing but a root.
     *
     * @return the tree, to be closed
     */
    public static Tree create() {
        try (Scratch scratch = new Scratch()) {
            Scratch.Mem tree = scratch.alloc(8);
            scratch.check(Lib.omadm_tree_new(tree.address, scratch.error));
            return new Tree(tree.getLong(0));
        }
    }

    /**
     * Decodes a tree document, within the default limits.
     *
     * @param data the octets, XML or WBXML
     * @return the tree, to be closed
     * @throws OmadmException what is wrong with it, and where
     */
    public static Tree fromTnds(byte[] data) {
        return fromTnds(data, Options.DEFAULT);
    }

    /**
     * Decodes a tree document.
     *
     * @param data the octets, XML or WBXML; they are copied, as those of a {@link Message}
     * @param options what it may cost, and what is forgiven
     * @return the tree, to be closed
     * @throws OmadmException what is wrong with it, and where
     */
    public static Tree fromTnds(byte[] data, Options options) {
        Objects.requireNonNull(data, "data");
        try (Scratch scratch = new Scratch(); Octets octets = new Octets(data)) {
            Scratch.Mem tree = scratch.alloc(8);
            scratch.check(octets.taken(Lib.omadm_tree_decode_input(octets.input(scratch), options.put(scratch), tree.address, scratch.error)));
            return new Tree(tree.getLong(0));
        }
    }

    @Override
    public Kind kind() {
        return Kind.TREE;
    }

    /**
     * Copies it. Nodes have the same numbers in the copy.
     *
     * @return a tree of its own, to be closed
     */
    public Tree copy() {
        return read((tree, scratch) -> {
            Scratch.Mem copy = scratch.alloc(8);
            scratch.check(Lib.omadm_tree_clone(tree, copy.address, scratch.error));
            return new Tree(copy.getLong(0));
        });
    }

    /**
     * How many nodes it has.
     *
     * @return their number, the root among them
     */
    public long size() {
        return read((tree, scratch) -> {
            Scratch.Mem count = scratch.alloc(8);
            scratch.check(Lib.omadm_tree_summary(tree, count.address, 0, scratch.error));
            return count.getLong(0);
        });
    }

    /**
     * Its root.
     *
     * @return the root
     */
    public Node root() {
        return get(".").orElseThrow(AssertionError::new);
    }

    /**
     * The node at a URI.
     *
     * @param uri the URI, such as {@code ./DevInfo/Mod}
     * @return the node; empty if there is none
     * @throws OmadmException {@link ErrorKind#INVALID_URI} if that is no URI of a node
     */
    public Optional<Node> get(String uri) {
        Objects.requireNonNull(uri, "uri");
        return read((tree, scratch) -> {
            Text text = new Text(scratch, uri);
            Scratch.Mem node = scratch.alloc(8);
            boolean found = scratch.found(Lib.omadm_tree_get(tree, text.address, text.length, node.address, scratch.error));
            return found ? Optional.of(one(tree, node.getLong(0), scratch)) : Optional.empty();
        });
    }

    /**
     * The node with a number.
     *
     * @param id the number
     * @return the node
     * @throws OmadmException {@link ErrorKind#STALE_NODE} if it is not in this tree any more, or never was
     */
    public Node node(long id) {
        return read((tree, scratch) -> one(tree, id, scratch));
    }

    private static Node one(long tree, long id, Scratch scratch) {
        return some(tree, new long[] {id}, scratch).get(0);
    }

    /** Nodes by their numbers. */
    private static List<Node> some(long tree, long[] ids, Scratch outer) {
        Node[] nodes = new Node[ids.length];
        try (Scratch scratch = new Scratch()) {
            Lent lent = new Lent();
            String[] uris = uris(tree, ids, ids.length, lent);
            Scratch.Mem info = scratch.struct(Layout.omadm_node_info.SIZE);
            for (int i = 0; i < ids.length; i++) {
                scratch.check(Lib.omadm_tree_node(tree, ids[i], info.address, scratch.error));
                nodes[i] = node(info, 0, uris[i], lent);
            }
        }
        return Collections.unmodifiableList(Arrays.asList(nodes));
    }

    private static String[] uris(long tree, long[] ids, int count, Lent lent) {
        String[] uris = new String[count];
        try (Scratch scratch = new Scratch(); OutBuffer buffer = new OutBuffer(scratch)) {
            Scratch.Mem nodes = scratch.rows(8, Math.max(count, 1));
            for (int i = 0; i < count; i++) {
                nodes.putLong(8 * i, ids[i]);
            }
            Scratch.Mem ends = scratch.rows(8, Math.max(count, 1));
            scratch.check(Lib.omadm_tree_uris(tree, nodes.address, count, buffer.address, ends.address, scratch.error));
            long start = 0;
            for (int i = 0; i < count; i++) {
                long end = ends.getLong(8 * i);
                uris[i] = lent.text(buffer.data() + start, end - start);
                start = end;
            }
        }
        return uris;
    }

    private static Node node(Scratch.Mem row, int at, String uri, Lent lent) {
        int flags = row.getInt(at + Layout.omadm_node_info.flags);
        return new Node(
                row.getLong(at + Layout.omadm_node_info.node),
                row.getLong(at + Layout.omadm_node_info.parent),
                uri,
                lent.repeated(row, at + Layout.omadm_node_info.name),
                FORMATS[row.getInt(at + Layout.omadm_node_info.format)],
                (flags & INTERIOR) != 0,
                (flags & IMPLICIT) != 0,
                (flags & PERMANENT) != 0,
                (flags & OPAQUE) != 0,
                row.getInt(at + Layout.omadm_node_info.child_count),
                lent.octets(row, at + Layout.omadm_node_info.value),
                lent.repeated(row, at + Layout.omadm_node_info.media_type),
                lent.repeated(row, at + Layout.omadm_node_info.mo_id),
                lent.repeated(row, at + Layout.omadm_node_info.acl),
                lent.text(row, at + Layout.omadm_node_info.title),
                lent.repeated(row, at + Layout.omadm_node_info.tstamp),
                lent.repeated(row, at + Layout.omadm_node_info.ver_no));
    }

    /**
     * All nodes, parents before children, in the order of the tree.
     *
     * @return them, the root first; a list that does not change
     */
    public List<Node> nodes() {
        return read((tree, scratch) -> below(tree, 0, 0, scratch));
    }

    /**
     * A node and everything below it, parents before children.
     *
     * @param top a node of this tree
     * @return them, {@code top} first; a list that does not change
     * @throws OmadmException {@link ErrorKind#STALE_NODE} if it is not in this tree any more
     */
    public List<Node> nodes(Node top) {
        return read((tree, scratch) -> below(tree, top.id(), top.parent(), scratch));
    }

    /**
     * The children of a node.
     *
     * @param parent a node of this tree
     * @return them, in their order; a list that does not change
     * @throws OmadmException {@link ErrorKind#STALE_NODE} if it is not in this tree any more
     */
    public List<Node> children(Node parent) {
        return read((tree, scratch) -> childrenOf(tree, parent.id()));
    }

    private static List<Node> childrenOf(long tree, long parent) {
        List<Node> nodes = new ArrayList<>();
        Lent lent = new Lent();
        try (Scratch scratch = new Scratch()) {
            int size = Layout.omadm_node_info.SIZE;
            int capacity = CHILDREN;
            Scratch.Mem written = scratch.alloc(8);
            Scratch.Mem rows = scratch.rows(size, capacity);
            long[] ids = new long[capacity];
            long after = 0;
            int count;
            do {
                scratch.check(Lib.omadm_tree_children(tree, parent, after, rows.address, size, capacity, written.address, scratch.error));
                count = (int) written.getLong(0);
                for (int i = 0; i < count; i++) {
                    ids[i] = rows.getLong(i * size + Layout.omadm_node_info.node);
                }
                String[] uris = uris(tree, ids, count, lent);
                for (int i = 0; i < count; i++) {
                    nodes.add(node(rows, i * size, uris[i], lent));
                }
                after = count == 0 ? 0 : ids[count - 1];
            } while (count == capacity);
        }
        return Collections.unmodifiableList(nodes);
    }

    /** A node and everything below it, out of one buffer: column by column, as {@code omadm_unstable_tree_rows} describes it. */
    private static List<Node> below(long tree, long top, long parentOfTop, Scratch scratch) {
        Rows rows;
        try (OutBuffer buffer = new OutBuffer(scratch)) {
            scratch.check(Lib.omadm_unstable_tree_rows(tree, top, 0, buffer.address, scratch.error));
            rows = new Rows(buffer.octets());
        }
        int count = rows.next();
        int ids = rows.place();
        int formats = ids + 2 * count;
        int flags = formats + count;
        int children = flags + count;
        int types = children + count;
        rows.seek(types + count);
        int uris = rows.next() + 1;
        int names = uris + count;
        int values = names + count;
        // For each row the number of its value's text; 0 for none, and below for the run.
        int[] value = new int[count];
        for (int i = 0; i < count; i++) {
            value[i] = values + i;
        }
        for (int none = rows.next(); none > 0; none--) {
            value[rows.next()] = 0;
        }
        int octets = rows.next();
        for (int run = 1; run <= octets; run++) {
            value[rows.next()] = -run;
        }
        // Columns in which few rows have something: the number of the text of each row.
        int text = values + count;
        int[][] rare = new int[4][];
        for (int column = 0; column < rare.length; column++) {
            int filled = rows.next();
            if (filled > 0) {
                rare[column] = new int[count];
                for (int i = 0; i < filled; i++) {
                    rare[column][rows.next()] = text++;
                }
            }
        }
        Node[] nodes = new Node[count];
        long[] parents = new long[16];
        int[] left = new int[16];
        int depth = 0;
        parents[0] = parentOfTop;
        left[0] = 1;
        for (int i = 0; i < count; i++) {
            while (left[depth] == 0) {
                depth--;
            }
            left[depth]--;
            long id = rows.number(ids + 2 * i) & 0xFFFF_FFFFL | (long) rows.number(ids + 2 * i + 1) << 32;
            int flag = rows.number(flags + i);
            int below = rows.number(children + i);
            String type = rows.text(rows.number(types + i));
            nodes[i] = new Node(
                    id,
                    parents[depth],
                    rows.once(uris + i),
                    rows.once(names + i),
                    FORMATS[rows.number(formats + i)],
                    (flag & INTERIOR) != 0,
                    (flag & IMPLICIT) != 0,
                    (flag & PERMANENT) != 0,
                    (flag & OPAQUE) != 0,
                    below,
                    value[i] == 0 ? null : value[i] > 0 ? rows.textOctets(value[i]) : rows.run(-value[i]),
                    (flag & INTERIOR) != 0 ? null : type,
                    (flag & INTERIOR) != 0 ? type : null,
                    rare(rows, rare[0], i),
                    rare(rows, rare[1], i),
                    rare(rows, rare[2], i),
                    rare(rows, rare[3], i));
            if (below > 0) {
                depth++;
                if (depth == parents.length) {
                    parents = Arrays.copyOf(parents, 2 * depth);
                    left = Arrays.copyOf(left, 2 * depth);
                }
                parents[depth] = id;
                left[depth] = below;
            }
        }
        return Collections.unmodifiableList(Arrays.asList(nodes));
    }

    private static String rare(Rows rows, int[] column, int row) {
        return column == null ? null : rows.text(column[row]);
    }

    /** Numbers of nodes, asked for until there is room for all. */
    private interface Find {
        int into(long nodes, long capacity, long found);
    }

    private static List<Node> found(long tree, Scratch scratch, Find find) {
        Scratch.Mem found = scratch.alloc(8);
        int capacity = 64;
        for (;;) {
            try (Scratch inner = new Scratch()) {
                Scratch.Mem nodes = inner.rows(8, capacity);
                scratch.check(find.into(nodes.address, capacity, found.address));
                int count = Math.toIntExact(found.getLong(0));
                if (count <= capacity) {
                    long[] ids = new long[count];
                    for (int i = 0; i < count; i++) {
                        ids[i] = nodes.getLong(8 * i);
                    }
                    return some(tree, ids, scratch);
                }
                capacity = count;
            }
        }
    }

    /**
     * Where the management objects with an identifier begin. It costs nothing for the rest of the tree.
     *
     * @param moId the identifier, such as {@code urn:oma:mo:oma-dm-dmacc:1.0}
     * @return the nodes, in the order of the tree
     */
    public List<Node> findMo(String moId) {
        Objects.requireNonNull(moId, "moId");
        return read((tree, scratch) -> {
            Text text = new Text(scratch, moId);
            return found(tree, scratch, (nodes, capacity, found) ->
                    Lib.omadm_tree_find_mo(tree, text.address, text.length, nodes, capacity, found, scratch.error));
        });
    }

    /**
     * The nodes that a pattern stands for.
     *
     * <p>A pattern is {@code .}, the root, or has between slashes: {@code Name}, the child with this name; {@code *}, every child; {@code **}, every node below,
     * and the node itself. Behind each may stand {@code [path]}, only if the path leads somewhere from there; {@code [path=="text"]} and {@code [path!="text"]},
     * only if a leaf there has this value, or another; {@code [path>=10]} and the like, only if a leaf there is such a number.
     *
     * @param pattern the pattern, such as {@code **[AppID=="w7"]/Addr}
     * @return the nodes, in the order of the tree
     * @throws OmadmException {@link ErrorKind#INVALID_PATTERN} and the like, with the offset in the pattern
     */
    public List<Node> query(String pattern) {
        return query(pattern, null);
    }

    /**
     * As {@link #query(String)}, for a server: nodes that it may not Get are neither found nor seen by conditions.
     *
     * @param pattern the pattern
     * @param serverId the server; null for the device itself
     * @return the nodes, in the order of the tree
     * @throws OmadmException {@link ErrorKind#INVALID_PATTERN} and the like, with the offset in the pattern
     */
    public List<Node> query(String pattern, String serverId) {
        Objects.requireNonNull(pattern, "pattern");
        return read((tree, scratch) -> {
            Text text = new Text(scratch, pattern);
            Text principal = new Text(scratch, serverId);
            return found(tree, scratch, (nodes, capacity, found) -> Lib.omadm_tree_select(
                    tree, text.address, text.length, principal.address, principal.length, 0, nodes, capacity, found, scratch.error));
        });
    }

    /**
     * Answers a {@code Get} of a server: the items of its {@code Results}, for any URI with {@code ?prop=} or {@code ?list=}.
     *
     * @param uri the URI
     * @param serverId the server, whose rights count; null for the device itself
     * @param encoding the encoding of the message that the answer is for: a tree document is in the same one
     * @return the items
     * @throws OmadmException why there is no answer: {@link OmadmException#status} is the one to be sent
     */
    public List<ResultItem> results(String uri, String serverId, Encoding encoding) {
        Objects.requireNonNull(uri, "uri");
        return read((tree, scratch) -> {
            Text text = new Text(scratch, uri);
            Scratch.Mem options = scratch.struct(Layout.omadm_results_options.SIZE)
                    .putInt(Layout.omadm_results_options.encoding, encoding.number())
                    .putText(Layout.omadm_results_options.principal, serverId);
            Scratch.Mem out = scratch.alloc(8);
            scratch.check(Lib.omadm_tree_results(tree, text.address, text.length, options.address, out.address, scratch.error));
            long results = out.getLong(0);
            try {
                return items(results, scratch);
            } finally {
                Lib.omadm_results_free(results);
            }
        });
    }

    private static List<ResultItem> items(long results, Scratch scratch) {
        List<ResultItem> items = new ArrayList<>();
        Lent lent = new Lent();
        int size = Layout.omadm_result_item.SIZE;
        int capacity = 64;
        Scratch.Mem rows = scratch.rows(size, capacity);
        Scratch.Mem written = scratch.alloc(8);
        int count;
        do {
            scratch.check(Lib.omadm_results_items(results, items.size(), rows.address, size, capacity, written.address, scratch.error));
            count = (int) written.getLong(0);
            for (int at = 0; at < count * size; at += size) {
                items.add(new ResultItem(
                        lent.text(rows, at + Layout.omadm_result_item.source),
                        lent.repeated(rows, at + Layout.omadm_result_item.format),
                        lent.repeated(rows, at + Layout.omadm_result_item.media_type),
                        Data.of(
                                rows.getInt(at + Layout.omadm_result_item.form),
                                rows.getLong(at + Layout.omadm_result_item.data),
                                rows.getLong(at + Layout.omadm_result_item.data + 8),
                                lent)));
            }
        } while (count == capacity);
        return items;
    }

    /**
     * The octets that the value of a leaf stands for, as the tree is now: a {@code bin} value that came as base64 is decoded, others are as they are.
     *
     * @param node a node of this tree
     * @return the octets; empty for a node without a value
     * @throws OmadmException {@link ErrorKind#INVALID_BASE64} with the offset in the value
     */
    public Optional<byte[]> octets(Node node) {
        return read((tree, scratch) -> {
            try (OutBuffer octets = new OutBuffer(scratch)) {
                boolean found = scratch.found(Lib.omadm_tree_octets(tree, node.id(), octets.address, scratch.error));
                return found ? Optional.of(octets.octets()) : Optional.empty();
            }
        });
    }

    /**
     * The list that counts for a node: its own, or that of its nearest ancestor that has one.
     *
     * @param node a node of this tree
     * @return the list, such as {@code Add=*&Get=*}
     * @throws OmadmException for a list that cannot be read, with the offset in it
     */
    public String effectiveAcl(Node node) {
        return read((tree, scratch) -> {
            try (OutBuffer acl = new OutBuffer(scratch)) {
                scratch.check(Lib.omadm_tree_effective_acl(tree, node.id(), acl.address, scratch.error));
                return new String(acl.octets(), StandardCharsets.UTF_8);
            }
        });
    }

    /**
     * Adds a node for the device itself: see {@link #add(String, NodeValue, EditOptions)}.
     *
     * @param uri where it is to be
     * @param value what it is to be
     * @return the node
     * @throws OmadmException why it cannot be added
     */
    public Node add(String uri, NodeValue value) {
        return add(uri, value, EditOptions.DEVICE);
    }

    /**
     * Adds a node, as the last child of its parent. The last segment of the URI becomes its name.
     *
     * @param uri where it is to be
     * @param value what it is to be
     * @param options for whom, and when
     * @return the node
     * @throws OmadmException why it cannot be added: {@link OmadmException#status} is the status that answers an {@code Add}
     */
    public Node add(String uri, NodeValue value, EditOptions options) {
        Objects.requireNonNull(uri, "uri");
        return write((tree, scratch) -> {
            Text text = new Text(scratch, uri);
            Scratch.Mem added = scratch.struct(Layout.omadm_new_node.SIZE)
                    .putInt(Layout.omadm_new_node.format, value.format() == null ? 0 : value.format().number())
                    .putText(Layout.omadm_new_node.text, value.text())
                    .putOctets(Layout.omadm_new_node.octets, value.octets())
                    .putText(Layout.omadm_new_node.node_type, value.type())
                    .putText(Layout.omadm_new_node.title, value.title());
            Scratch.Mem node = scratch.alloc(8);
            scratch.check(Lib.omadm_tree_add(
                    tree, text.address, text.length, added.address, options.put(scratch), node.address, scratch.error));
            return one(tree, node.getLong(0), scratch);
        });
    }

    /**
     * Gives a leaf another value, for the device itself.
     *
     * @param uri the leaf
     * @param value its value, and its format and type where these are to change
     * @throws OmadmException why it cannot be done
     */
    public void replace(String uri, NodeValue value) {
        replace(uri, value, EditOptions.DEVICE);
    }

    /**
     * Gives a leaf another value; and another format or type, if the value says one. The title is not looked at.
     *
     * @param uri the leaf
     * @param value its value
     * @param options for whom, and when
     * @throws OmadmException why it cannot be done
     */
    public void replace(String uri, NodeValue value, EditOptions options) {
        Objects.requireNonNull(uri, "uri");
        write((tree, scratch) -> {
            Text text = new Text(scratch, uri);
            Scratch.Mem changed = scratch.struct(Layout.omadm_new_value.SIZE)
                    .putInt(Layout.omadm_new_value.format, value.format() == null ? 0 : value.format().number())
                    .putText(Layout.omadm_new_value.text, value.text())
                    .putOctets(Layout.omadm_new_value.octets, value.octets())
                    .putText(Layout.omadm_new_value.media_type, value.type());
            scratch.check(Lib.omadm_tree_replace(tree, text.address, text.length, changed.address, options.put(scratch), scratch.error));
            return null;
        });
    }

    /**
     * Deletes a node with everything below it, for the device itself.
     *
     * @param uri the node
     * @throws OmadmException why it cannot be done
     */
    public void delete(String uri) {
        delete(uri, EditOptions.DEVICE);
    }

    /**
     * Deletes a node with everything below it.
     *
     * @param uri the node
     * @param options for whom, and when
     * @throws OmadmException why it cannot be done
     */
    public void delete(String uri, EditOptions options) {
        Objects.requireNonNull(uri, "uri");
        write((tree, scratch) -> {
            Text text = new Text(scratch, uri);
            scratch.check(Lib.omadm_tree_delete(tree, text.address, text.length, options.put(scratch), scratch.error));
            return null;
        });
    }

    /**
     * Copies the value of a leaf, with its format and type, to another one, which is made if it is not there.
     *
     * @param from the leaf
     * @param to the other one
     * @param options for whom, and when
     * @throws OmadmException why it cannot be done
     */
    public void copy(String from, String to, EditOptions options) {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        write((tree, scratch) -> {
            Text source = new Text(scratch, from);
            Text target = new Text(scratch, to);
            scratch.check(Lib.omadm_tree_copy(
                    tree, source.address, source.length, target.address, target.length, options.put(scratch), scratch.error));
            return null;
        });
    }

    /**
     * Gives a node another name. What is below moves with it, and their numbers stay.
     *
     * @param uri the node
     * @param name its new name
     * @param options for whom, and when
     * @throws OmadmException why it cannot be done
     */
    public void rename(String uri, String name, EditOptions options) {
        Objects.requireNonNull(uri, "uri");
        Objects.requireNonNull(name, "name");
        write((tree, scratch) -> {
            Text text = new Text(scratch, uri);
            Text named = new Text(scratch, name);
            scratch.check(Lib.omadm_tree_rename(
                    tree, text.address, text.length, named.address, named.length, options.put(scratch), scratch.error));
            return null;
        });
    }

    /**
     * Sets a property of a node: what a {@code Replace} on {@code URI?prop=Name} does.
     *
     * @param uri the node, without the query
     * @param property the property
     * @param value its value; an empty {@code ACL} makes the node inherit
     * @param options for whom, and when
     * @throws OmadmException why it cannot be done
     */
    public void setProperty(String uri, Property property, String value, EditOptions options) {
        Objects.requireNonNull(uri, "uri");
        Objects.requireNonNull(value, "value");
        write((tree, scratch) -> {
            Text text = new Text(scratch, uri);
            Text set = new Text(scratch, value);
            scratch.check(Lib.omadm_tree_set_property(
                    tree, text.address, text.length, property.number(), set.address, set.length, options.put(scratch), scratch.error));
            return null;
        });
    }

    /** Begins a transaction, inside the one that is open, if one is. Each takes a {@link #commit} or {@link #rollBack}. */
    public void begin() {
        write((tree, scratch) -> {
            scratch.check(Lib.omadm_tree_begin(tree, scratch.error));
            return null;
        });
    }

    /**
     * Ends the innermost transaction and keeps what it did.
     *
     * @throws OmadmException {@link ErrorKind#STATE} when none is open
     */
    public void commit() {
        write((tree, scratch) -> {
            scratch.check(Lib.omadm_tree_commit(tree, scratch.error));
            return null;
        });
    }

    /**
     * Ends the innermost transaction and undoes what it did: nodes that were deleted are back under their numbers.
     *
     * @throws OmadmException {@link ErrorKind#STATE} when none is open
     */
    public void rollBack() {
        write((tree, scratch) -> {
            scratch.check(Lib.omadm_tree_roll_back(tree, scratch.error));
            return null;
        });
    }

    /**
     * Writes the whole tree as a document, nested, with all properties.
     *
     * @param encoding the encoding that is wanted
     * @return the document
     * @throws OmadmException what the encoding cannot carry; the offset is the place of the node at fault, in {@link #nodes()}
     */
    public byte[] toTnds(Encoding encoding) {
        return toTnds(0, encoding, null);
    }

    /**
     * Writes a node and everything below it as a document of its own: what {@code ?list=TNDS} answers with.
     *
     * @param top a node of this tree
     * @param encoding the encoding that is wanted
     * @param serverId the server whom it is for: what it may not Get is left out; null for the device itself
     * @return the document
     * @throws OmadmException what the encoding cannot carry, or the server may not read
     */
    public byte[] toTnds(Node top, Encoding encoding, String serverId) {
        return toTnds(top.id(), encoding, serverId);
    }

    private byte[] toTnds(long top, Encoding encoding, String serverId) {
        return read((tree, scratch) -> {
            try (OutBuffer document = new OutBuffer(scratch)) {
                Scratch.Mem options =
                        scratch.struct(Layout.omadm_tnds_options.SIZE).putText(Layout.omadm_tnds_options.principal, serverId);
                scratch.check(
                        Lib.omadm_tree_encode(tree, top, encoding.number(), options.address, document.address, scratch.error));
                return document.octets();
            }
        });
    }

    /**
     * What differs in another tree. Nodes are the same if they have the same place: parent and name. The order of siblings says nothing.
     *
     * @param after the other tree
     * @return the changes, in the order of this tree, what was added behind its siblings
     */
    public List<Change> diff(Tree after) {
        if (after == this) {
            return Collections.emptyList();
        }
        // Always in the same order: two that wait for each other's trees, and for who wants to edit them, would wait for ever.
        if (order < after.order) {
            return read((tree, scratch) -> after.read((other, inner) -> diff(tree, other, inner)));
        }
        return after.read((other, scratch) -> read((tree, inner) -> diff(tree, other, inner)));
    }

    private static List<Change> diff(long before, long after, Scratch scratch) {
        Scratch.Mem out = scratch.alloc(8);
        scratch.check(Lib.omadm_tree_diff(before, 0, after, 0, DIFFERS_ALL, out.address, scratch.error));
        long diff = out.getLong(0);
        try {
            return changes(diff, scratch);
        } finally {
            Lib.omadm_diff_free(diff);
        }
    }

    private static List<Change> changes(long diff, Scratch scratch) {
        List<Change> changes = new ArrayList<>();
        Lent lent = new Lent();
        int size = Layout.omadm_change.SIZE;
        int capacity = 256;
        Scratch.Mem rows = scratch.rows(size, capacity);
        Scratch.Mem written = scratch.alloc(8);
        int count;
        do {
            scratch.check(Lib.omadm_diff_changes(diff, changes.size(), rows.address, size, capacity, written.address, scratch.error));
            count = (int) written.getLong(0);
            for (int at = 0; at < count * size; at += size) {
                int what = rows.getInt(at + Layout.omadm_change.what);
                changes.add(new Change(
                        ChangeKind.of(rows.getInt(at + Layout.omadm_change.kind)),
                        lent.text(rows, at + Layout.omadm_change.uri),
                        rows.getLong(at + Layout.omadm_change.before),
                        rows.getLong(at + Layout.omadm_change.after),
                        properties(what),
                        (what & DIFFERS_VALUE) != 0));
            }
        } while (count == capacity);
        return changes;
    }

    /** The bits of {@code OMADM_DIFFERS_*}, besides that of the value. */
    private static Set<Property> properties(int what) {
        Property[] order = {Property.ACL, Property.FORMAT, Property.TITLE, Property.TSTAMP, Property.TYPE, Property.VER_NO};
        Set<Property> properties = EnumSet.noneOf(Property.class);
        for (int bit = 0; bit < order.length; bit++) {
            if ((what & 1 << bit) != 0) {
                properties.add(order[bit]);
            }
        }
        return Collections.unmodifiableSet(properties);
    }

    @Override
    public String toJson() {
        Json json = new Json();
        json.tree(this);
        return json.toString();
    }
}
