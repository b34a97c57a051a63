package org.omadm;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The JSON form that the bindings share, which {@code tests/vectors/README.md} of the project defines. */
final class Json {
    private static final char[] DIGITS = "0123456789abcdef".toCharArray();
    private final StringBuilder text = new StringBuilder();
    private boolean isFirst = true;

    @Override
    public String toString() {
        return text.toString();
    }

    private void comma() {
        if (!isFirst) {
            text.append(',');
        }
        isFirst = false;
    }

    private void open(char bracket) {
        text.append(bracket);
        isFirst = true;
    }

    private void close(char bracket) {
        text.append(bracket);
        isFirst = false;
    }

    private Json key(String key) {
        comma();
        string(key);
        text.append(':');
        return this;
    }

    private void string(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char next = value.charAt(i);
            int at = "\b\t\n\f\r\"\\".indexOf(next);
            if (at >= 0) {
                text.append('\\').append("btnfr\"\\".charAt(at));
            } else if (next < 0x20) {
                text.append("\\u00").append(DIGITS[next >> 4]).append(DIGITS[next & 15]);
            } else {
                text.append(next);
            }
        }
        text.append('"');
    }

    private void put(String key, String value) {
        if (value != null) {
            key(key).string(value);
        }
    }

    private void octets(String key, byte[] value) {
        key(key);
        text.append('"');
        for (byte octet : value) {
            text.append(DIGITS[octet >> 4 & 15]).append(DIGITS[octet & 15]);
        }
        text.append('"');
    }

    private void number(String key, long value) {
        key(key);
        text.append(value);
    }

    private void number(String key, Long value) {
        if (value != null) {
            number(key, (long) value);
        }
    }

    private void flag(String key, boolean isSet) {
        if (isSet) {
            bool(key, true);
        }
    }

    private void bool(String key, boolean value) {
        key(key);
        text.append(value);
    }

    void error(OmadmException error) {
        open('{');
        number("code", error.code());
        put("name", "OMADM_" + (error.code() < 10 ? "" : "E_") + error.kind().name());
        error.offset().ifPresent(offset -> number("offset", offset));
        error.innerOffset().ifPresent(offset -> number("inner_offset", offset));
        close('}');
    }

    void notification(Notification notification, Notification.Opened opened) {
        open('{');
        put("kind", "notification");
        number("version", notification.version());
        put("ui_mode", word(notification.uiMode()));
        put("initiator", word(notification.initiator()));
        number("future_use", notification.futureUse());
        number("session_id", notification.sessionId());
        put("server_id", notification.serverId());
        octets("vendor", notification.vendor());
        if (opened != null) {
            octets("digest", opened.digest());
            bool("by_resync_nonce", opened.byResyncNonce());
            put("prompt", word(opened.prompt()));
            if (!opened.alerts().isEmpty()) {
                key("alerts").open('[');
                for (SyncAlert alert : opened.alerts()) {
                    comma();
                    open('{');
                    number("code", alert.code());
                    number("content_type", alert.contentType());
                    put("uri", alert.uri());
                    close('}');
                }
                close(']');
            }
        }
        close('}');
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }

    void message(Message message) {
        Header header = message.header();
        open('{');
        put("kind", "SyncML");
        put("encoding", word(message.encoding()));
        key("SyncHdr").open('{');
        put("VerDTD", header.verDtd());
        put("VerProto", header.verProto());
        put("SessionID", header.sessionId());
        put("MsgID", header.msgId());
        party("Target", header.target(), header.targetName());
        party("Source", header.source(), header.sourceName());
        put("RespURI", header.respUri());
        flag("NoResp", header.noResp());
        Cred cred = header.cred();
        if (cred != null) {
            key("Cred").open('{');
            put("Type", cred.scheme());
            put("Format", cred.format());
            data("Data", cred.data());
            close('}');
        }
        meta("Meta", header.meta());
        unknown(message.unknownInHeader());
        close('}');
        key("commands").open('[');
        for (Command command : message.commands()) {
            command(message, command);
        }
        close(']');
        bool("Final", message.isFinal());
        unknown(message.unknown());
        close('}');
    }

    private void party(String key, String uri, String name) {
        if (uri != null) {
            key(key).open('{');
            put("LocURI", uri);
            put("LocName", name);
            close('}');
        }
    }

    private void data(String key, Data data) {
        if (data == null) {
            return;
        }
        key(key).open('{');
        switch (data.form()) {
            case OPAQUE:
                octets("hex", data.octets());
                break;
            case MARKUP:
                flag("markup", true);
                break;
            default:
                put(word(data.form()), data.text());
        }
        close('}');
    }

    private void meta(String key, Meta meta) {
        if (meta != null) {
            key(key).open('{');
            put("Format", meta.format());
            put("Type", meta.mediaType());
            put("Mark", meta.mark());
            number("Size", meta.size());
            put("Version", meta.version());
            data("NextNonce", meta.nextNonce());
            number("MaxMsgSize", meta.maxMsgSize());
            number("MaxObjSize", meta.maxObjSize());
            close('}');
        }
    }

    private void unknown(List<UnknownElement> unknown) {
        if (unknown.isEmpty()) {
            return;
        }
        key("unknown").open('[');
        for (UnknownElement element : unknown) {
            comma();
            open('{');
            put("name", element.name());
            number("offset", element.offset());
            octets("source", element.source());
            close('}');
        }
        close(']');
    }

    private void refs(String key, List<Ref> refs, boolean isTarget) {
        boolean any = false;
        for (Ref ref : refs) {
            if (ref.isTarget() == isTarget) {
                if (!any) {
                    key(key).open('[');
                    any = true;
                }
                comma();
                string(ref.uri());
            }
        }
        if (any) {
            close(']');
        }
    }

    private void command(Message message, Command command) {
        comma();
        open('{');
        put("command", command.name());
        number("offset", command.offset());
        if (command.parent() >= 0) {
            number("parent", command.parent());
        }
        put("CmdID", command.cmdId());
        flag("NoResp", command.noResp());
        flag("Archive", command.archive());
        flag("SftDel", command.sftDel());
        put("MsgRef", command.msgRef());
        put("CmdRef", command.cmdRef());
        put("Cmd", command.cmd());
        refs("TargetRef", command.refs(), true);
        refs("SourceRef", command.refs(), false);
        meta("Chal", command.chal());
        put("Correlator", command.correlator());
        put("Lang", command.lang());
        if (command.code() >= 0) {
            number("code", command.code());
        }
        meta("Meta", command.meta());
        data("Data", command.data());
        if (!command.items().isEmpty()) {
            key("items").open('[');
            for (Item item : command.items()) {
                item(message, item);
            }
            close(']');
        }
        message.source(command).ifPresent(source -> octets("source", source));
        unknown(message.unknown(command));
        close('}');
    }

    private void item(Message message, Item item) {
        comma();
        open('{');
        number("offset", item.offset());
        party("Target", item.target(), item.targetName());
        party("Source", item.source(), item.sourceName());
        put("TargetParent", item.targetParent());
        put("SourceParent", item.sourceParent());
        meta("Meta", item.meta());
        data("Data", item.data());
        flag("MoreData", item.moreData());
        put("node", item.nodeUri());
        put("format", item.format());
        put("type", item.mediaType());
        try {
            Optional<byte[]> octets = message.octets(item);
            if (octets.isPresent() && !Arrays.equals(octets.get(), item.data().lentOctets())) {
                octets("octets", octets.get());
            }
        } catch (OmadmException none) {
            // Elements, or what is no base64: there are no octets to be shown.
        }
        tree(message, item);
        unknown(message.unknown(item));
        close('}');
    }

    private void tree(Message message, Item item) {
        Optional<Tree> tree;
        try {
            tree = message.tree(item);
        } catch (OmadmException broken) {
            key("tree_error").error(broken);
            return;
        }
        if (tree.isPresent()) {
            try (Tree open = tree.get()) {
                nodes("tree", open);
            }
        }
    }

    void tree(Tree tree) {
        open('{');
        put("kind", "MgmtTree");
        nodes("nodes", tree);
        close('}');
    }

    private void nodes(String key, Tree tree) {
        key(key).open('[');
        for (Node node : tree.nodes()) {
            comma();
            open('{');
            put("uri", node.uri());
            put("name", node.name());
            put("format", node.format().wireName());
            flag("implicit", node.isImplicit());
            flag("permanent", node.isPermanent());
            number("children", node.childCount());
            put("type", node.mediaType());
            put("mo_id", node.moId());
            byte[] value = node.lentValue();
            if (value != null) {
                key("value").open('{');
                if (node.isOpaque()) {
                    octets("hex", value);
                } else {
                    put("text", node.text());
                }
                close('}');
                value(tree, node, value);
            }
            put("ACL", node.acl());
            put("Title", node.title());
            put("TStamp", node.tstamp());
            put("VerNo", node.verNo());
            close('}');
        }
        close(']');
    }

    private void value(Tree tree, Node node, byte[] value) {
        if (node.format() != Format.BIN) {
            return;
        }
        try {
            tree.octets(node).filter(octets -> !Arrays.equals(octets, value)).ifPresent(octets -> octets("octets", octets));
        } catch (OmadmException none) {
            // No base64: there are no octets to be shown.
        }
    }

    void schema(Schema schema) {
        open('{');
        put("kind", "DDF");
        key("nodes").open('[');
        for (DescribedNode node : schema.nodes()) {
            comma();
            open('{');
            put("uri", node.uri());
            put("format", node.format().wireName());
            number("access", node.access());
            put("type", node.mediaType());
            put("mo_id", node.moId());
            close('}');
        }
        close(']');
        close('}');
    }
}
