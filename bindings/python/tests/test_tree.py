"""Trees: read, searched, asked, edited, compared and written."""
import re
from datetime import datetime, timezone

import pytest

import omadm
from omadm import ChangeKind, EditOptions, Encoding, Format, Property


@pytest.fixture
def tree(phone):
    return omadm.Tree.from_tnds(phone)


def test_a_tree_has_the_names_and_values_of_its_file(tree, phone):
    names = re.findall(rb"<NodeName>([^<]*)</NodeName>", phone)
    nodes = tree.nodes()
    assert {name.decode() for name in names} <= {node.name for node in nodes}
    values = {value.decode() for value in re.findall(rb"<Value>([^<&]*)</Value>", phone)}
    assert values <= {node.value for node in nodes}
    assert len(nodes) == len(tree) == len(set(node.id for node in nodes)) and nodes[0].uri == "."


def test_all_ways_to_a_node_say_the_same(tree, phone_wbxml):
    for each in (tree, omadm.Tree.from_tnds(phone_wbxml)):
        for node in each.nodes():
            assert each[node.id] == node == each[node.uri] == each.get(node.uri)
            children = each.children(node)
            assert len(children) == node.child_count
            assert all(child.uri == (node.uri + "/" + child.uri.rsplit("/", 1)[1]) for child in children)
        assert [node.uri for node in each.children()] == [n.uri for n in each.nodes() if n.uri.count("/") == 1]


def test_a_part_of_a_tree(tree):
    nodes = tree.nodes("./DevInfo")
    assert nodes[0].uri == "./DevInfo" and all(node.uri.startswith("./DevInfo") for node in nodes)
    assert list(nodes) == [node for node in tree if node.uri == "./DevInfo" or node.uri.startswith("./DevInfo/")]


def test_management_objects_patterns_and_queries(tree):
    objects = tree.find_mo("urn:oma:mo:oma-fumo:1.0")
    assert [node.uri for node in objects] == ["./FUMO/modem", "./FUMO/system"]
    assert all(node.mo_id == "urn:oma:mo:oma-fumo:1.0" and node.is_interior for node in objects)
    assert tree.find_mo("urn:nobody") == []
    assert [node.uri for node in tree.select("DevInfo/Mod")] == ["./DevInfo/Mod"]
    assert len(tree.select("**")) == len(tree)
    with pytest.raises(omadm.InvalidPatternError) as caught:
        tree.select("A//B")
    assert caught.value.offset is not None
    assert [item.data for item in tree.query("./DevInfo/Mod")] == ["R1"]
    assert tree.query("./DevInfo/Mod?prop=Format")[0].data == "chr"
    listed = tree.query("./DevInfo?list=Struct")
    assert [item.source for item in listed] == [node.uri for node in tree.nodes("./DevInfo")]
    with pytest.raises(omadm.NodeNotFoundError) as missing:
        tree.query("./Nowhere")
    assert omadm.status_of(missing.value) == 404


def test_what_is_not_there(tree):
    assert tree.get("./Nowhere") is None and "./Nowhere" not in tree and "./DevInfo" in tree and 5 not in tree
    with pytest.raises(LookupError):
        tree["./Nowhere"]
    with pytest.raises(omadm.StaleNodeError):
        tree[2**63]
    with pytest.raises(omadm.InvalidUriError):
        tree.get("")
    assert tree.octets("./DevInfo") is None and tree.get_property("./DevInfo", Property.SIZE) is None
    assert tree.get_property("./DevInfo/Mod", Property.SIZE) == "2"


def test_edits(tree):
    added = tree.add("./DevInfo/Ext/New", "value", title="New")
    assert (added.value, added.format, added.title, added.media_type) == ("value", Format.CHR, "New", "text/plain")
    octets = tree.add("./DevInfo/Ext/Octets", b"\x00\xff")
    assert octets.format is Format.BIN and octets.value == b"\x00\xff" and tree.octets(octets) == b"\x00\xff"
    assert tree.add("./DevInfo/Ext/Inside").is_interior
    tree.replace("./DevInfo/Ext/New", "other")
    tree.copy("./DevInfo/Ext/New", "./DevInfo/Ext/Copy")
    tree.rename("./DevInfo/Ext/Copy", "Moved")
    assert tree["./DevInfo/Ext/Moved"].value == "other"
    tree.set_property("./DevInfo/Ext/Moved", Property.TITLE, "T")
    assert tree.get_property("./DevInfo/Ext/Moved", Property.TITLE) == "T"
    tree.delete("./DevInfo/Ext/Moved")
    assert "./DevInfo/Ext/Moved" not in tree
    with pytest.raises(omadm.NodeExistsError):
        tree.add("./DevInfo/Ext/New", "again")
    with pytest.raises(omadm.NodeNotFoundError):
        tree.add("./A/B/C", "x")
    assert tree.add("./A/B/C", "x", options=EditOptions(implicit_parents=True)).uri == "./A/B/C"
    tree.set_permanent("./A/B/C")
    with pytest.raises(omadm.PermanentNodeError):
        tree.delete("./A/B/C")
    assert tree["./A/B/C"].is_permanent and tree.compact() >= 0


def test_edits_of_a_server_and_their_time(tree):
    tree.set_property(".", Property.ACL, "Add=*&Get=*&Replace=srv")
    when = datetime(2024, 1, 31, 12, tzinfo=timezone.utc)
    tree.add("./X", "1", options=EditOptions(principal="srv", now=when))
    assert tree["./X"].tstamp == "20240131T120000Z"
    with pytest.raises(omadm.AccessDeniedError) as caught:
        tree.replace("./X", "2", options=EditOptions(principal="stranger"))
    assert omadm.status_of(caught.value) == 425
    assert omadm.Rights.REPLACE in tree.rights("./X", "srv") and omadm.Rights.REPLACE not in tree.rights("./X", "stranger")


def test_transactions(tree):
    before = tree.nodes()
    with pytest.raises(ZeroDivisionError):
        with tree.transaction():
            tree.delete("./DevInfo")
            with tree.transaction():
                tree.add("./Y", "1")
            1 / 0
    assert tree.nodes() == before
    with tree.transaction():
        tree.add("./Y", "1")
        with pytest.raises(omadm.StateError):
            tree.compact()
    assert tree["./Y"].value == "1"


def test_documents_of_a_tree(tree):
    for encoding in Encoding:
        again = omadm.Tree.from_tnds(tree.to_tnds(encoding))
        assert tree.diff(again) == []
    part = omadm.Tree.from_tnds(tree.to_tnds(top="./DevInfo", layout=omadm.TndsLayout.FLAT, left_out=omadm.TndsPart.VALUE))
    assert {node.name for node in part.nodes()[1:]} == {node.name for node in tree.nodes("./DevInfo")}
    assert "R1" not in {node.value for node in part}


def test_differences_and_making_them(tree):
    other = tree.clone()
    other.replace("./DevInfo/Mod", "R2")
    other.delete("./FUMO/modem")
    other.add("./Z", "1")
    changes = {change.uri: change for change in tree.diff(other)}
    assert {uri: change.kind for uri, change in changes.items()} == {
        "./DevInfo/Mod": ChangeKind.CHANGED,
        "./FUMO/modem": ChangeKind.REMOVED,
        "./Z": ChangeKind.ADDED,
    }
    assert changes["./DevInfo/Mod"].what == omadm.Difference.VALUE
    assert changes["./Z"].before is None and changes["./FUMO/modem"].after is None
    third = tree.clone()
    third.apply(tree, other)
    assert third.diff(other) == []
    assert tree.diff(other, omadm.Difference.TITLE | omadm.Difference.ACL) == [
        change for change in tree.diff(other) if change.kind is not ChangeKind.CHANGED
    ]


def test_parts_of_other_trees(tree):
    other = omadm.Tree.new()
    assert other.add_subtree("./Copy", tree, "./DevInfo").child_count == tree["./DevInfo"].child_count
    other.replace_subtree("./Copy", tree, "./FUMO")
    assert {node.name for node in other.children("./Copy")} == {"modem", "system"}
    other.merge_subtree("./Copy", tree, "./DevInfo")
    assert {"modem", "Mod"} <= {node.name for node in other.children("./Copy")}
    with pytest.raises(omadm.ArgumentError):
        tree.add_subtree("./Q", tree)


def test_schemas_and_checks(root, tree):
    description = (root / "tests" / "data" / "acme.ddf.xml").read_bytes()
    schema = omadm.parse(description)
    assert isinstance(schema, omadm.Schema)
    nodes = schema.nodes()
    assert len(nodes) == len(schema) == len(re.findall(b"<Node[ >]", description))
    assert schema[nodes[0].id] == nodes[0] and schema.uri(nodes[0]).startswith("./")
    found = schema.find(schema.uri(nodes[0]))
    assert nodes[0] in found
    assert isinstance(schema.judge(nodes[-1], "1"), omadm.Verdict)
    findings = schema.check(tree)
    assert findings.is_complete and all(finding.reason for finding in findings.found)
    with pytest.raises(TypeError):
        schema.check(b"")
