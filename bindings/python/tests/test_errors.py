"""Exceptions: one class for each kind of the header, all of which say kind and place."""
import copy
import pickle
import re

import pytest

import omadm
from omadm import ErrorKind


def header_codes(root):
    text = (root / "include" / "omadm.h").read_text(encoding="utf-8")
    body = re.search(r"enum omadm_code\n.*?\n\};", text, re.S)[0]
    return {name: int(number) for name, number in re.findall(r"^    OMADM_(\w+) = (\d+),", body, re.M)}


NO_CLASS = {"OK", "END", "BUFFER_TOO_SMALL"}
CLASSES = [cls for cls in vars(omadm).values() if isinstance(cls, type) and issubclass(cls, omadm.Error) and "kind" in vars(cls)]


def test_each_code_of_the_header_has_its_class(root):
    codes = header_codes(root)
    assert len(codes) > 150
    assert {kind.value for kind in ErrorKind} == set(codes.values())
    told = {cls.kind.value for cls in CLASSES if cls is not omadm.Error}
    assert told == {number for name, number in codes.items() if name not in NO_CLASS}


@pytest.mark.parametrize("cls", [cls for cls in CLASSES if cls is not omadm.Error], ids=lambda cls: cls.__name__)
def test_a_class_can_be_raised_caught_copied_and_described(cls):
    error = cls("what", 5, 7, "LocURI")
    for each in (error, copy.copy(error), pickle.loads(pickle.dumps(error))):
        assert type(each) is cls and (each.kind, each.offset, each.inner_offset, each.subject) == (cls.kind, 5, 7, "LocURI")
        assert str(each) == "what (LocURI) at byte 5, byte 7 of what is inside"
    with pytest.raises(omadm.Error):
        raise error
    assert cls.__doc__ and isinstance(error, ValueError) == (cls.kind >= 100)
    assert omadm.describe(error) and 300 <= omadm.status_of(error) <= 500
    assert error.to_dict()["code"] == cls.kind


def test_groups_are_the_hundreds():
    groups = {1: "InputError", 2: "LimitError", 3: "XmlError", 4: "WbxmlError", 5: "SyncmlError", 6: "TreeError", 7: "NotificationError", 8: "AuthError"}
    for cls in CLASSES:
        if cls is not omadm.Error and cls.kind >= 100:
            assert issubclass(cls, getattr(omadm, groups[cls.kind // 100])), cls


def test_not_found_is_a_lookup_error():
    assert issubclass(omadm.NotFoundError, LookupError) and issubclass(omadm.NodeNotFoundError, (LookupError, omadm.TreeError))


@pytest.mark.parametrize(
    "call",
    [
        lambda: omadm.parse("text"),
        lambda: omadm.parse(5),
        lambda: omadm.parse(None),
        lambda: omadm.Message.decode(["bytes"]),
        lambda: omadm.Message(),
        lambda: omadm.Tree(),
        lambda: omadm.Tree.from_tnds(b"<MgmtTree/>", {"limit_depth": 1}),
        lambda: omadm.Tree.new().get(5),
        lambda: omadm.Tree.new().add(b"./A"),
        lambda: omadm.Tree.new().add("./A", 5),
        lambda: omadm.Tree.new().find_mo(None),
        lambda: omadm.Tree.new().diff(None),
        lambda: omadm.Tree.new().add("./A", options="srv"),
        lambda: omadm.Tree.new().add_subtree("./A", "./B"),
        lambda: omadm.MessageBuilder.new(1, 2, 3, 4),
        lambda: omadm.Notification.open(b"", "secret"),
        lambda: omadm.Schema.decode(),
        lambda: omadm.frame.nodes(b"one document"),
        lambda: omadm.frame.nodes([5]),
        lambda: pickle.dumps(omadm.Tree.new()),
    ],
)
def test_wrong_types_are_type_errors(call):
    with pytest.raises((TypeError, AttributeError)):
        call()


@pytest.mark.parametrize("call", [
    lambda: omadm.convert(b"<MgmtTree/>", 7),
    lambda: omadm.Tree.new().to_tnds(0),
    lambda: omadm.Tree.new().set_property(".", 99, ""),
    lambda: omadm.Tree.new()["not a uri/"][0],
    lambda: omadm.Message.decode(b"", omadm.Options(limit_depth=-1)),
    lambda: omadm.Message.decode(b"", omadm.Options(limit_depth=1 << 40)),
])
def test_wrong_values_are_refused(call):
    with pytest.raises((ValueError, LookupError, OverflowError)):
        call()


def test_what_names_nothing(package):
    tree = omadm.Tree.new()
    for wrong in (b"x", 1.5, (0,)):
        with pytest.raises(TypeError, match="a node is named by"):
            tree.nodes(wrong)
    with pytest.raises(TypeError, match="names of documents"):
        omadm.frame.nodes({5: b""})
    for number in (-1, 1 << 64, 5):
        with pytest.raises(omadm.StaleNodeError):
            tree.nodes(number)
    message = omadm.Message.decode(package)
    for index in (-1, len(message), 1 << 40):
        with pytest.raises(omadm.NotFoundError):
            list(message.children(index))
