package org.omadm;

/** {@code Item} to send. Begin with {@link #target(String)} or {@link #source(String)}. */
public final class NewItem extends Value {
    private final String target;
    private final String targetName;
    private final String source;
    private final String sourceName;
    private final Meta meta;
    private final Data data;
    private final boolean moreData;

    NewItem(
            String target,
            String targetName,
            String source,
            String sourceName,
            Meta meta,
            Data data,
            boolean moreData) {
        this.target = target;
        this.targetName = targetName;
        this.source = source;
        this.sourceName = sourceName;
        this.meta = meta;
        this.data = data;
        this.moreData = moreData;
    }

    /**
     * {@code Target/LocURI}: the node that it is about.
     *
     * @return the URI, or null
     */
    public String target() {
        return target;
    }

    /**
     * {@code Target/LocName}
     *
     * @return the name, or null
     */
    public String targetName() {
        return targetName;
    }

    /**
     * {@code Source/LocURI}: the node that it comes from, in {@code Results}.
     *
     * @return the URI, or null
     */
    public String source() {
        return source;
    }

    /**
     * {@code Source/LocName}
     *
     * @return the name, or null
     */
    public String sourceName() {
        return sourceName;
    }

    /**
     * {@code Meta}
     *
     * @return the meta-information, or null
     */
    public Meta meta() {
        return meta;
    }

    /**
     * {@code Data}
     *
     * @return the data, or null
     */
    public Data data() {
        return data;
    }

    /**
     * {@code MoreData}: a chunk of a large object, and not the last.
     *
     * @return whether it is there
     */
    public boolean moreData() {
        return moreData;
    }

    /**
     * The same with another {@code target}.
     *
     * @param target what it is to be; null for none
     * @return the changed copy
     */
    public NewItem withTarget(String target) {
        return new NewItem(target, targetName, source, sourceName, meta, data, moreData);
    }

    /**
     * The same with another {@code targetName}.
     *
     * @param targetName what it is to be; null for none
     * @return the changed copy
     */
    public NewItem withTargetName(String targetName) {
        return new NewItem(target, targetName, source, sourceName, meta, data, moreData);
    }

    /**
     * The same with another {@code source}.
     *
     * @param source what it is to be; null for none
     * @return the changed copy
     */
    public NewItem withSource(String source) {
        return new NewItem(target, targetName, source, sourceName, meta, data, moreData);
    }

    /**
     * The same with another {@code sourceName}.
     *
     * @param sourceName what it is to be; null for none
     * @return the changed copy
     */
    public NewItem withSourceName(String sourceName) {
        return new NewItem(target, targetName, source, sourceName, meta, data, moreData);
    }

    /**
     * The same with another {@code meta}.
     *
     * @param meta what it is to be; null for none
     * @return the changed copy
     */
    public NewItem withMeta(Meta meta) {
        return new NewItem(target, targetName, source, sourceName, meta, data, moreData);
    }

    /**
     * The same with another {@code data}.
     *
     * @param data what it is to be; null for none
     * @return the changed copy
     */
    public NewItem withData(Data data) {
        return new NewItem(target, targetName, source, sourceName, meta, data, moreData);
    }

    /**
     * The same with another {@code moreData}.
     *
     * @param moreData what it is to be; whether there is more
     * @return the changed copy
     */
    public NewItem withMoreData(boolean moreData) {
        return new NewItem(target, targetName, source, sourceName, meta, data, moreData);
    }

    /** Nothing. */
    public static final NewItem EMPTY = new NewItem(null, null, null, null, null, null, false);

    /**
     * An item about a node.
     *
     * @param uri the node's URI
     * @return the item
     */
    public static NewItem target(String uri) {
        return EMPTY.withTarget(uri);
    }

    /**
     * An item out of a node.
     *
     * @param uri the node's URI
     * @return the item
     */
    public static NewItem source(String uri) {
        return EMPTY.withSource(uri);
    }

    /**
     * The same with data that is text.
     *
     * @param text the text
     * @return the changed copy
     */
    public NewItem withText(String text) {
        return withData(Data.text(text));
    }

    @Override
    Object[] parts() {
        return new Object[] {target, targetName, source, sourceName, meta, data, moreData};
    }
}
