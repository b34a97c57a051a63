package org.omadm;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.w3c.dom.Element;

/** What a program does that reads messages and trees with JAXP's DOM: the same objects, as far as the bench's documents need it. */
final class Dom {
    private Dom() {}

    private static Element first(org.w3c.dom.Node in) {
        return element(in.getFirstChild());
    }

    private static Element next(Element after) {
        return element(after.getNextSibling());
    }

    private static Element element(org.w3c.dom.Node node) {
        org.w3c.dom.Node at = node;
        while (at != null && at.getNodeType() != org.w3c.dom.Node.ELEMENT_NODE) {
            at = at.getNextSibling();
        }
        return (Element) at;
    }

    static List<Command> commands(Element root) {
        List<Command> commands = new ArrayList<>();
        for (Element part = first(root); part != null; part = next(part)) {
            if (part.getLocalName().equals("SyncBody")) {
                for (Element child = first(part); child != null; child = next(child)) {
                    if (!child.getLocalName().equals("Final")) {
                        commands.add(command(child, commands.size()));
                    }
                }
            }
        }
        return commands;
    }

    private static Command command(Element element, int index) {
        String name = element.getLocalName();
        String cmdId = null;
        String msgRef = null;
        String cmdRef = null;
        String cmd = null;
        Data data = null;
        List<Ref> refs = new ArrayList<>(1);
        List<Item> items = new ArrayList<>(1);
        for (Element child = first(element); child != null; child = next(child)) {
            switch (child.getLocalName()) {
                case "CmdID":
                    cmdId = child.getTextContent();
                    break;
                case "MsgRef":
                    msgRef = child.getTextContent();
                    break;
                case "CmdRef":
                    cmdRef = child.getTextContent();
                    break;
                case "Cmd":
                    cmd = child.getTextContent();
                    break;
                case "Data":
                    data = Data.text(child.getTextContent());
                    break;
                case "TargetRef":
                    refs.add(new Ref(true, child.getTextContent()));
                    break;
                case "Item":
                    items.add(item(child, index, items.size()));
                    break;
                default:
                    throw new IllegalArgumentException(child.getLocalName());
            }
        }
        int code = name.equals("Status") && data != null ? Integer.parseInt(data.text()) : -1;
        return new Command(
                CommandKind.valueOf(name.toUpperCase(java.util.Locale.ROOT)), name, index, -1, index + 1, 0, cmdId, msgRef, cmdRef, cmd, null, null, code,
                false, false, false, null, null, data, refs, items);
    }

    private static Item item(Element element, int command, int index) {
        String source = null;
        String format = null;
        String type = null;
        Data data = null;
        for (Element child = first(element); child != null; child = next(child)) {
            switch (child.getLocalName()) {
                case "Source":
                    source = first(child).getTextContent();
                    break;
                case "Meta":
                    for (Element meta = first(child); meta != null; meta = next(meta)) {
                        if (meta.getLocalName().equals("Format")) {
                            format = meta.getTextContent();
                        } else if (meta.getLocalName().equals("Type")) {
                            type = meta.getTextContent();
                        }
                    }
                    break;
                case "Data":
                    data = Data.text(child.getTextContent());
                    break;
                default:
                    throw new IllegalArgumentException(child.getLocalName());
            }
        }
        return new Item(
                command, index, 0, source, null, null, source, null, null, null, format, type, false,
                format == null && type == null ? null : Meta.of(format, type), data);
    }

    static List<Node> nodes(Element root) {
        List<Node> nodes = new ArrayList<>();
        children(root, ".", nodes);
        return nodes;
    }

    private static void children(Element parent, String uri, List<Node> nodes) {
        for (Element child = first(parent); child != null; child = next(child)) {
            if (child.getLocalName().equals("Node")) {
                node(child, uri, nodes);
            }
        }
    }

    private static void node(Element element, String above, List<Node> nodes) {
        String name = null;
        String parent = above;
        Format format = Format.NODE;
        String type = null;
        byte[] value = null;
        int count = 0;
        for (Element child = first(element); child != null; child = next(child)) {
            switch (child.getLocalName()) {
                case "NodeName":
                    name = child.getTextContent();
                    break;
                case "Path":
                    parent = child.getTextContent();
                    break;
                case "RTProperties":
                    for (Element property = first(child); property != null; property = next(property)) {
                        if (property.getLocalName().equals("Format")) {
                            format = Format.valueOf(first(property).getLocalName().toUpperCase(java.util.Locale.ROOT));
                        } else if (property.getLocalName().equals("Type")) {
                            type = first(property).getTextContent();
                        }
                    }
                    break;
                case "Value":
                    value = child.getTextContent().getBytes(StandardCharsets.UTF_8);
                    break;
                default:
                    count++;
            }
        }
        String uri = parent + "/" + name;
        boolean interior = format == Format.NODE;
        nodes.add(new Node(
                nodes.size() + 1, 0, uri, name, format, interior, false, false, false, count, value, interior ? null : type, interior ? type : null, null, null,
                null, null));
        if (count > 0) {
            children(element, uri, nodes);
        }
    }
}
