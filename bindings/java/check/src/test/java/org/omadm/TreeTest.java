package org.omadm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TreeTest {
    @Test
    void thePhoneHasItsNodesInEveryForm() {
        Set<String> expected = null;
        for (String name : new String[] {"phone.tnds.xml", "phone.tnds.wbxml", "phone-strtbl.tnds.wbxml", "phone-flat.tnds.xml"}) {
            try (Tree tree = Tree.fromTnds(Files.data(name))) {
                // tests/data/README.md: 291 nodes, and the root.
                assertEquals(292, tree.size(), name);
                List<Node> nodes = tree.nodes();
                assertEquals(292, nodes.size(), name);
                Set<String> uris = nodes.stream().map(Node::uri).collect(Collectors.toSet());
                assertEquals(292, uris.size(), name);
                expected = expected == null ? uris : expected;
                assertEquals(expected, uris, name);
                for (Node node : nodes) {
                    assertEquals(node, tree.get(node.uri()).orElseThrow(), name);
                    assertEquals(node.childCount(), tree.children(node).size(), name);
                }
            }
        }
    }

    @Test
    void nodesAreFoundByIdentifierAndByPattern() {
        try (Tree tree = Tree.fromTnds(Samples.tree(200))) {
            List<Node> parts = tree.findMo("urn:x-acme:mo:part:1.0");
            assertEquals(20, parts.size());
            assertEquals("./Vendor/Part19", parts.get(19).uri());
            assertEquals(List.of(), tree.findMo("urn:none"));
            List<Node> hits = tree.query("**[Value3==\"value number 43\"]/Value9");
            assertEquals(List.of("./Vendor/Part4/Value9"), hits.stream().map(Node::uri).collect(Collectors.toList()));
            assertEquals(200, tree.query("./Vendor/*/*").size());
            assertEquals(ErrorKind.INVALID_PATTERN, assertThrows(OmadmException.class, () -> tree.query("//")).kind());
            assertTrue(tree.get("./Vendor/None").isEmpty());
            assertEquals(ErrorKind.INVALID_URI, assertThrows(OmadmException.class, () -> tree.get("Vendor//")).kind());
        }
    }

    @Test
    void aTreeIsEditedComparedAndWritten() {
        try (Tree tree = Tree.create()) {
            Node top = tree.add("./A", NodeValue.interior().withType("urn:a:1.0").withTitle("Ä"));
            assertEquals("urn:a:1.0", top.moId());
            assertEquals("Ä", top.title());
            tree.add("./A/b", NodeValue.text("5").withFormat(Format.INT));
            tree.add("./A/c/d", NodeValue.octets(new byte[] {0, -1}), EditOptions.DEVICE.withImplicitParents());
            assertArrayEquals(new byte[] {0, -1}, tree.octets(tree.get("./A/c/d").orElseThrow()).orElseThrow());
            try (Tree before = tree.copy()) {
                assertEquals(List.of(), tree.diff(before));
                tree.begin();
                tree.replace("./A/b", NodeValue.text("6"));
                tree.delete("./A/c");
                tree.copy("./A/b", "./A/e", EditOptions.DEVICE);
                tree.rename("./A/e", "f", EditOptions.DEVICE);
                tree.setProperty("./A", Property.ACL, "Get=*&Replace=srv", EditOptions.DEVICE);
                tree.commit();
                List<Change> changes = before.diff(tree);
                assertEquals(
                        Set.of("CHANGED ./A [ACL]", "CHANGED ./A/b []", "REMOVED ./A/c []", "ADDED ./A/f []"),
                        changes.stream().map(change -> change.kind() + " " + change.uri() + " " + change.what()).collect(Collectors.toSet()));
                assertTrue(changes.stream().anyMatch(change -> change.uri().equals("./A/b") && change.valueDiffers()));
                assertEquals("Get=*&Replace=srv", tree.effectiveAcl(tree.get("./A/b").orElseThrow()));

                EditOptions server = EditOptions.server("other");
                OmadmException denied = assertThrows(OmadmException.class, () -> tree.replace("./A/b", NodeValue.text("7"), server));
                assertEquals(ErrorKind.ACCESS_DENIED, denied.kind());
                assertEquals(425, denied.status());
                tree.replace("./A/b", NodeValue.text("7"), EditOptions.server("srv").at(1_700_000_000));
                assertEquals("20231114T221320Z", tree.get("./A/b").orElseThrow().tstamp());

                tree.begin();
                Node gone = tree.get("./A/b").orElseThrow();
                tree.delete("./A/b");
                assertEquals(ErrorKind.STALE_NODE, assertThrows(OmadmException.class, () -> tree.node(gone.id())).kind());
                tree.rollBack();
                assertEquals(gone, tree.node(gone.id()));
                assertEquals(ErrorKind.STATE, assertThrows(OmadmException.class, tree::commit).kind());
                for (Encoding encoding : Encoding.values()) {
                    try (Tree again = Tree.fromTnds(tree.toTnds(encoding))) {
                        assertEquals(List.of(), tree.diff(again), encoding.toString());
                    }
                    try (Tree part = Tree.fromTnds(tree.toTnds(tree.get("./A/b").orElseThrow(), encoding, null))) {
                        assertEquals("7", part.get("./b").orElseThrow().text());
                    }
                }
            }
        }
    }

    @Test
    void aGetIsAnswered() {
        try (Tree tree = Tree.fromTnds(Samples.tree(20))) {
            List<ResultItem> names = tree.results("./Vendor", null, Encoding.WBXML);
            assertEquals("Part0/Part1", names.get(0).data().text());
            assertEquals("node", names.get(0).format());
            assertEquals(24, tree.results("./Vendor?list=Struct", null, Encoding.XML).size() + 1);
            OmadmException missing = assertThrows(OmadmException.class, () -> tree.results("./None", null, Encoding.XML));
            assertEquals(404, missing.status());
        }
    }

    @Test
    void aSchemaJudgesAndChecks() {
        try (Schema schema = Schema.decode(Files.data("acme.ddf.xml"))) {
            // tests/data/README.md: 15 nodes.
            assertEquals(15, schema.nodes().size());
            for (DescribedNode node : schema.nodes()) {
                assertTrue(node.uri().startsWith("./"));
            }
            schema.add(Files.data("acme.ddf.wbxml"));
            assertEquals(30, schema.nodes().size());
            DescribedNode first = schema.nodes().get(0);
            assertEquals(2, schema.find(first.uri()).size());
            assertEquals(first.id(), schema.find(first.uri()).get(0));
            assertEquals(List.of(), schema.find("./NotThere/AtAll"));
            try (Tree tree = Tree.fromTnds(Samples.tree(10)); Message message = Message.decode(Files.data("package2.syncml.xml"))) {
                assertTrue(schema.check(tree).stream().anyMatch(finding -> finding.reason().equals("not-described") && finding.isWrong()));
                assertFalse(schema.check(message).isEmpty());
            }
        }
    }

    @Test
    void aHundredThousandNodesAreRead() {
        byte[] document = Samples.tree(90_909);
        try (Tree tree = Tree.fromTnds(document)) {
            List<Node> nodes = tree.nodes();
            // 90,909 leaves, 9,091 parts, Vendor and the root.
            assertEquals(90_909 + 9_091 + 2, nodes.size());
            Node last = nodes.get(nodes.size() - 1);
            assertEquals("./Vendor/Part9090/Value8", last.uri());
            assertEquals("value number 90908", last.text());
            assertEquals("value number 90908", new String(last.value(), StandardCharsets.UTF_8));
        }
    }
}
