#!/usr/bin/env python3
"""How fast documents become Python objects and tables, against lxml and ElementTree, on the same octets in one run.

    python bindings/python/bench.py [--quick]

omadm has to be installed with a release library (see README.md), lxml and pyarrow, too. The inputs are those of benches/compare. All take turns;
the best of their samples are compared, in processor time, so that other programs count little. The large tree is read in a fresh process each time, as
the other benches do. lxml only parses it; of ours both is measured: all from the document on, and what comes after a Tree is there. Printed is how
many times as long the other one takes. Exit status 1: a goal was missed.
"""
import argparse
import gc
import pathlib
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from typing import Any, NamedTuple, Optional

import omadm

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benches" / "compare"))
from make_inputs import Maker, xml  # noqa: E402

SYNCML = "{SYNCML:SYNCML1.2}"
METINF = "{syncml:metinf}"


def best(samples, *functions):
    """The best processor time of each, in seconds. They take turns."""
    found = [float("inf")] * len(functions)
    for _ in range(samples):
        for index, function in enumerate(functions):
            gc.collect()
            start = time.process_time()
            kept = function()
            found[index] = min(found[index], time.process_time() - start)
            del kept
    return found


def repeated(function, times):
    """One sample of something short."""

    def run():
        for _ in range(times):
            function()

    return run


class Item(NamedTuple):
    target: Optional[str]
    source: Optional[str]
    format: Optional[str]
    media_type: Optional[str]
    data: Optional[str]


class Command(NamedTuple):
    name: str
    cmd_id: Optional[str]
    msg_ref: Optional[str]
    cmd_ref: Optional[str]
    cmd: Optional[str]
    code: Optional[int]
    data: Optional[str]
    refs: tuple
    items: tuple


def uri(element):
    return element.findtext(SYNCML + "LocURI")


def map_item(element):
    target = source = form = media_type = data = None
    for child in element:
        tag = child.tag
        if tag == SYNCML + "Target":
            target = uri(child)
        elif tag == SYNCML + "Source":
            source = uri(child)
        elif tag == SYNCML + "Data":
            data = child.text or ""
        elif tag == SYNCML + "Meta":
            form, media_type = child.findtext(METINF + "Format"), child.findtext(METINF + "Type")
    return Item(target, source, form, media_type, data)


def map_command(element):
    name = element.tag[len(SYNCML) :]
    values = dict.fromkeys(("CmdID", "MsgRef", "CmdRef", "Cmd", "Data"))
    refs, items = [], []
    for child in element:
        tag = child.tag[len(SYNCML) :]
        if tag == "Item":
            items.append(map_item(child))
        elif tag == "TargetRef":
            refs.append((True, child.text))
        elif tag == "SourceRef":
            refs.append((False, child.text))
        elif tag in values:
            values[tag] = child.text or ""
    data = values["Data"]
    code = int(data) if name in ("Status", "Alert") and data and data.isdigit() else None
    return Command(name, values["CmdID"], values["MsgRef"], values["CmdRef"], values["Cmd"], code, data, tuple(refs), tuple(items))


def by_hand(data):
    """A message by ElementTree, mapped by hand: what a careful programmer writes."""
    body = ElementTree.fromstring(data).find(SYNCML + "SyncBody")
    return [map_command(element) for element in body if element.tag != SYNCML + "Final"]


def same(command):
    """One of ours in that form, to compare."""
    items = tuple(Item(item.target, item.source, item.format, item.media_type, item.data) for item in command.items)
    data = command.data
    return Command(command.name, command.cmd_id, command.msg_ref, command.cmd_ref, command.cmd, command.code, data, command.refs, items)


def row(what, ours, theirs, goal):
    ratio = theirs / ours
    reached = "" if goal is None else "reached" if ratio >= goal else "NOT REACHED"
    target = "" if goal is None else "%g ×" % goal
    print("%-62s %10.3f ms %10.3f ms %7.2f × %6s %s" % (what, ours * 1e3, theirs * 1e3, ratio, target, reached))
    return goal is None or ratio >= goal


def each_node(data):
    for node in omadm.Tree.from_tnds(data).nodes():
        node.value


def lxml_parse(data):
    import lxml.etree

    return lxml.etree.fromstring(data)


class Way(NamedTuple):
    """Something that is done to the large tree, and how many times as fast as lxml's parsing it has to be."""

    what: str
    function: Any
    goal: Optional[float]
    #: What is done to the document before, and not measured.
    before: Any = bytes


TREES = {
    "lxml": Way("", lxml_parse, None),
    "columns": Way("document → names, values and properties, a list for each", lambda data: omadm.Tree.from_tnds(data).columns(), 3),
    "nodes": Way("document → a list of Node objects", lambda data: omadm.Tree.from_tnds(data).nodes(), 3),
    "each": Way("document → Node objects, and the value of each looked at", each_node, None),
    "decoded": Way("document → a Tree, and no object for a node", omadm.Tree.from_tnds, None),
    "table": Way("document → Arrow table", lambda data: omadm.frame.nodes([data]).table, 10),
    "columns of a tree": Way("a Tree → names, values and properties, a list for each", lambda tree: tree.columns(), 3, omadm.Tree.from_tnds),
    "nodes of a tree": Way("a Tree → a list of Node objects", lambda tree: tree.nodes(), 3, omadm.Tree.from_tnds),
    "table of a tree": Way("a Tree → Arrow table", lambda tree: tree.rows().table, 10, omadm.Tree.from_tnds),
}


def once(name, file):
    """One sample, in a process that has done nothing before. Prints seconds."""
    import lxml.etree  # noqa: F401
    import pyarrow  # noqa: F401

    way = TREES[name]
    small = b"<MgmtTree><Node><NodeName>A</NodeName><Value>1</Value></Node></MgmtTree>"
    # What is loaded with the first use of a library is not measured.
    way.function(way.before(small))
    given = way.before(pathlib.Path(file).read_bytes())
    start = time.process_time()
    kept = way.function(given)
    print(time.process_time() - start)
    del kept


def trees(samples):
    tree = xml(Maker("tree").tree(20_000))
    nodes = omadm.Tree.from_tnds(tree).nodes()
    # The root and the nodes that only a Path implies are ours alone.
    count = len(lxml_parse(tree).findall(".//{syncml:dmddf1.2}Node"))
    assert count == 100_000 == sum(not node.is_implicit for node in nodes), (count, len(nodes))
    assert omadm.frame.nodes([tree]).table.num_rows == len(nodes) == len(omadm.Tree.from_tnds(tree).columns()["uri"])
    print("\na tree of %d nodes, TNDS of %.1f MB, against lxml.etree.fromstring" % (len(nodes), len(tree) / 1e6))
    found = dict.fromkeys(TREES, float("inf"))
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "tree.xml"
        file.write_bytes(tree)
        for _ in range(samples):
            for name in TREES:
                command = [sys.executable, __file__, "--once", name, str(file)]
                outcome = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
                found[name] = min(found[name], float(outcome.stdout))
    return all([row(way.what, found[name], found["lxml"], way.goal) for name, way in TREES.items() if name != "lxml"])


def messages(samples):
    print("\nSyncML, decoded into objects, against ElementTree and a mapping by hand to equal values")
    reached = []
    for name, size, times in (("small", 1_700, 2_000), ("medium", 64_000, 20), ("large", 4_000_000, 1)):
        data = xml(Maker(name).message(size))
        assert [same(command) for command in omadm.Message.decode(data)] == by_hand(data)
        ours, theirs = best(
            samples, repeated(lambda: omadm.Message.decode(data).commands, times), repeated(lambda: by_hand(data), times)
        )
        reached.append(row("%s, XML of %.1f kB" % (name, len(data) / 1e3), ours / times, theirs / times, 5))
        wbxml = omadm.convert(data, omadm.Encoding.WBXML)
        ours = best(samples, repeated(lambda: omadm.Message.decode(wbxml).commands, times))[0]
        row("%s, WBXML of %.1f kB against that XML" % (name, len(wbxml) / 1e3), ours / times, theirs / times, None)
    return all(reached)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--quick", action="store_true", help="fewer samples")
    arguments.add_argument("--once", nargs=2, help=argparse.SUPPRESS)
    options = arguments.parse_args()
    if options.once:
        once(*options.once)
        return 0
    samples = 3 if options.quick else 9
    print("%-62s %13s %13s %9s %6s" % ("omadm %s, Python %s" % (omadm.__version__, sys.version.split()[0]), "omadm", "other", "ratio", "goal"))
    reached = [trees(samples), messages(samples)]
    return 0 if all(reached) else 1


if __name__ == "__main__":
    sys.exit(main())
