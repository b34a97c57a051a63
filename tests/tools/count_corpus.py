#!/usr/bin/env python3
"""Counts what is in the documents the tests read, by other means than our library: expat and wbxml.py.

    python3 tests/tools/count_corpus.py           writes tests/data/counts.tsv, tests/data/corpus-counts.tsv and
                                                  tests/data/ddf-census.tsv
    python3 tests/tools/count_corpus.py --check   exits 1 if they differ from what would be written

Documents by others lie in ../shared/corpus (from the root of the repository); where that is absent they are
skipped with a printed line. Only counts are kept. A file that cannot be read has a row that says so in `note`.

Columns:
  file               path below tests/data or below the corpus
  kind               syncml, tnds, ddf, prov, devinf, metinf, or vendor (trees in Motorola's private dialect).
                     A tree document is a ddf if it has any DFProperties
  encoding           xml, wbxml, or wbxml-vendor
  elements           elements of the document's own markup: embedded documents count where they are markup of
                     the same encoding (nested XML, inline page 2), not where they are text, CDATA or OPAQUE
  attributes         attributes on those elements, without xmlns declarations
  commands           SyncML: all command elements, Status and Results too, at any depth; an Item is none
  dm_commands        those of DM 1.2 (Add Alert Atomic Copy Delete Exec Get Replace Results Sequence Status)
                     that do not lie inside a Sync
  items              SyncML: Item elements, at any depth
  dm_items           Items that belong to the commands counted as dm_commands
  nodes              tree documents: Node elements
  leaves_with_value  tree documents: Nodes with a Value (maybe empty) and without Nodes
  embedded           what stands inside Data: tnds, ddf, devinf and how: markup, text (escaped or CDATA, or XML in
                     OPAQUE), wbxml (a document in OPAQUE)
  embedded_elements  elements of embedded documents that `elements` leaves out
  embedded_nodes     Node elements of embedded trees, in whatever form
  note               what had to be done to read the file

The census of descriptions has one row a figure: set (own: acme*.xml; windows: those of the corpus), what is counted,
of which kind, how many. Attributes and elements of Microsoft are told by their local names.
"""
import collections
import pathlib
import re
import sys
import xml.etree.ElementTree as ElementTree

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import wbxml  # noqa: E402
from make_phone import write_or_check  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
DATA, CORPUS = ROOT / "tests" / "data", ROOT.parent / "shared" / "corpus"
SUFFIXES = {".xml", ".wbxml", ".ddf", ".xdm", ".bdm"}
COLUMNS = ("file kind encoding elements attributes commands dm_commands items dm_items nodes leaves_with_value "
           "embedded embedded_elements embedded_nodes note").split()

DM_COMMANDS = set("Add Alert Atomic Copy Delete Exec Get Replace Results Sequence Status".split())
COMMANDS = DM_COMMANDS | set("Map Move Put Search Sync".split())
CONTAINERS = {"SyncBody", "Atomic", "Sequence", "Sync"}
ROOTS = {"SyncML": "syncml", "MgmtTree": "dmddf", "wap-provisioningdoc": "prov", "DevInf": "devinf",
         "MetInf": "metinf"}

# Motorola's tree files (public id 1) have tokens of their own on page 0, not those of page 2. These are the ones
# that their XML twins explain; formats and access rights are one or two octets of OPAQUE there.
VENDOR_TAGS = {0: {0x1E: "MgmtTree", 0x1D: "Node", 0x1C: "NodeName", 0x17: "DFFormat", 0x1A: "AccessType",
                   0x16: "Type", 0x08: "Data"}}
VENDOR_START = bytes.fromhex("01016A005E")


# -------------------------------------------------------------------------------- reading, one tree for both

def vocabulary(namespace, inherited):
    """The vocabulary a namespace stands for; none at all means that of the root."""
    lower = namespace.lower()
    if not namespace:
        return inherited
    for start, vocab in (("syncml:syncml", "syncml"), ("syncml:metinf", "metinf"), ("syncml:devinf", "devinf"),
                         ("syncml:dmddf", "dmddf")):
        if lower.startswith(start):
            return vocab
    return None


def from_xml(octets):
    """An Element tree of wbxml.py's kind, and a note."""
    note = ""
    try:
        root = ElementTree.fromstring(octets)
    except ElementTree.ParseError:
        mended = re.sub(rb"&(?!#\d+;|#x[0-9A-Fa-f]+;|\w+;)", b"&amp;", octets)
        if mended == octets:
            raise
        root, note = ElementTree.fromstring(mended), "not well-formed: bare & escaped"

    def convert(node, inherited):
        namespace, _, name = node.tag.rpartition("}")
        vocab = vocabulary(namespace[1:], inherited)
        element = wbxml.Element(name, vocab, attrs=node.attrib.items())
        if node.text:
            element.children.append(node.text)
        for child in node:
            element.children.append(convert(child, inherited))
            if child.tail:
                element.children.append(child.tail)
        return element

    return convert(root, ROOTS.get(root.tag.rpartition("}")[2])), note


def read(octets):
    """(root, encoding, note) of a whole document."""
    if octets[:1] not in b"\0\1\2\3" or not octets:
        root, note = from_xml(octets)
        dialect = "1.1.2" == "".join(e.text() for e in root.elements("VerDTD"))
        return root, "xml", note or ("vendor dialect: VerDTD 1.1.2, Type and Data in Node" if dialect else "")
    if octets.startswith(VENDOR_START):
        root = wbxml.decode(octets, kind="dmddf", tables=VENDOR_TAGS).root
        return root, "wbxml-vendor", "private tokens on page 0, names after the XML twin"
    doc = wbxml.decode(octets)
    return doc.root, "wbxml", "%d octets after the end" % len(doc.trailing) if doc.trailing else ""


def embedded(data):
    """The documents inside one Data: (root, form)."""
    for child in data.elements():
        if child.name in ROOTS and child.vocab != "syncml":
            yield child, "markup"
    # text around nested markup is white space; OPAQUE pieces are looked at one by one, text as a whole
    pieces = [c for c in data.children if isinstance(c, bytes)]
    pieces.append("".join(c for c in data.children if isinstance(c, str)))
    for piece in pieces:
        if isinstance(piece, bytes) and piece[:1] in (b"\1", b"\2", b"\3"):
            try:
                yield wbxml.decode(piece).root, "wbxml"
            except wbxml.Error:
                pass                                             # a binary value that only looks like it
            continue
        piece = piece.encode() if isinstance(piece, str) else piece
        if re.match(rb"(\xef\xbb\xbf)?\s*<", piece):
            try:
                root = from_xml(piece.strip())[0]
            except ElementTree.ParseError:
                continue
            if root.name in ROOTS:
                yield root, "text"


# ------------------------------------------------------------------------------------------------- counting

def tree_kind(root):
    kind = ROOTS.get(root.name, "?")
    if kind == "dmddf":
        kind = "ddf" if any(e.name == "DFProperties" for e in root.iter()) else "tnds"
    return kind


def nodes_of(root):
    return [e for e in root.iter() if e.name == "Node" and e.vocab == "dmddf"]


def count(root, encoding):
    row = collections.Counter()
    row["elements"] = sum(1 for _ in root.iter())
    row["attributes"] = sum(len([a for a in e.attrs if a[0] and not a[0].startswith("xmlns")]) for e in root.iter())
    forms = []

    def visit(element, parent, dm):
        """`dm`: the enclosing commands are all of DM."""
        if element.vocab == "syncml":
            if element.name in COMMANDS and parent in CONTAINERS:
                dm = dm and element.name in DM_COMMANDS
                row["commands"] += 1
                row["dm_commands"] += dm
            elif element.name == "Item":
                row["items"] += 1
                row["dm_items"] += dm
            elif element.name == "Data":
                for inner, form in embedded(element):
                    forms.append("%s:%s" % (tree_kind(inner), form))
                    row["embedded_nodes"] += len(nodes_of(inner))
                    if form != "markup":
                        row["embedded_elements"] += sum(1 for _ in inner.iter())
        for child in element.elements():
            visit(child, element.name, dm)

    kind = tree_kind(root)
    if kind == "syncml":
        visit(root, None, True)
    elif kind in ("tnds", "ddf"):
        row["nodes"] = len(nodes_of(root))
        row["leaves_with_value"] = sum(1 for n in nodes_of(root) if not n.elements("Node") and any(
            v.vocab == "dmddf" for v in n.elements("Value")))
    row["kind"], row["encoding"], row["embedded"] = kind, encoding, " ".join(forms)
    return row


RELEVANT = {
    "syncml": set("commands dm_commands items dm_items embedded_elements embedded_nodes".split()),
    "tnds": {"nodes", "leaves_with_value"}, "ddf": {"nodes", "leaves_with_value"},
    "vendor": {"nodes", "leaves_with_value"},
}


def table(folder, skip=()):
    """Rows by file name; what does not apply to a kind is left empty."""
    rows = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if not path.is_file() or path.suffix.lower() not in SUFFIXES or name in skip:
            continue
        try:
            root, encoding, note = read(path.read_bytes())
            row = count(root, encoding)
            if "endor" in encoding + note.split(":")[0]:
                row["kind"] = "vendor"
            row["note"] = note
            row["data_leaves"] = sum(1 for n in nodes_of(root) if n.elements("Data"))
        except (wbxml.Error, ElementTree.ParseError, UnicodeError, ValueError) as error:
            row = collections.Counter(kind="?", encoding="?", note="not read: %s" % error)
        row["file"] = name
        rows[name] = row
    return rows


def tsv(rows):
    def cell(row, column):
        if column in ("file", "kind", "encoding", "embedded", "note"):
            return str(row[column] or "")
        if row["kind"] == "?":
            return ""
        relevant = {"elements", "attributes"} | RELEVANT.get(row["kind"], set())
        return str(row[column]) if column in relevant else ""

    lines = ["\t".join(COLUMNS)] + ["\t".join(cell(row, column) for column in COLUMNS) for row in rows.values()]
    return ("\n".join(lines) + "\n").encode()


def twins(rows):
    """Files that differ in the ending only are one document in two encodings: as many elements (counting
    embedded ones), attributes, commands, Items and nodes. Prints what does not agree; true if nothing."""
    well = True
    by_stem = collections.defaultdict(list)
    for name, row in rows.items():
        by_stem[name.rpartition(".")[0]].append(row)
    for stem, pair in sorted(by_stem.items()):
        if len(pair) != 2:
            continue
        a, b = pair
        if a["kind"] == "vendor":
            # the vendor's WBXML writes formats and access rights as OPAQUE numbers, so elements cannot agree
            print("%s: vendor twins, %d and %d elements: formats and rights are octets in one, elements in the "
                  "other" % (stem, a["elements"], b["elements"]))
            same = [(r["nodes"], r["data_leaves"]) for r in pair]
        else:
            same = [(r["elements"] + r["embedded_elements"], r["attributes"], r["commands"], r["items"], r["nodes"],
                     r["leaves_with_value"], r["embedded_nodes"]) for r in pair]
        if same[0] != same[1]:
            well = False
            print("%s: twins differ: %s" % (stem, "; ".join("%s %r" % (r["file"], s) for r, s in zip(pair, same))))
    return well


# ------------------------------------------------------------------------------------------- descriptions

def child(element, *names):
    """The first child on a way of local names, in any namespace; None if there is none."""
    for name in names:
        element = next((e for e in (element or []) if e.tag.rpartition("}")[2] == name), None)
    return element


def names_in(element):
    return [e.tag.rpartition("}")[2] for e in (element if element is not None else [])]


def census(paths):
    """What there is in descriptions that are XML, read with expat alone: {(what, of which kind): how many}."""
    count = collections.Counter()
    kinds = {kind.lower(): kind for kind in "None ENUM Flag Range RegEx XSD JSON ADMX SDDL".split()}
    guid = re.compile(r"\{[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}")
    for path in paths:
        root = ElementTree.fromstring(path.read_bytes())
        count["documents", ""] += 1
        count["trees", ""] += names_in(root).count("Node")
        for node in (e for e in root.iter() if e.tag.rpartition("}")[2] == "Node"):
            name = (child(node, "NodeName").text or "").strip()
            properties = child(node, "DFProperties")
            has_value = lambda what: child(properties, what) is not None
            form = names_in(child(properties, "DFFormat"))[0]
            count["nodes", ""] += 1
            count["interior" if form == "node" else "leaves", ""] += 1
            count["formats", form] += 1
            count["unnamed", ""] += bool(name in ("", "*") or re.fullmatch("<.*>", name)
                                         or (re.fullmatch(r"\{.*\}", name) and not guid.fullmatch(name)))
            count["permanent", ""] += "Permanent" in names_in(child(properties, "Scope"))
            count["occurrences", (names_in(child(properties, "Occurrence")) or ["One"])[0]] += 1
            for command in names_in(child(properties, "AccessType")):
                count["commands", command] += 1
            kind = child(properties, "DFType")
            words = [(e.tag.rpartition("}")[2], (e.text or "").strip()) for e in (kind if kind is not None else [])]
            count["objects", ""] += form == "node" and any(
                text and (tag == "DDFName" or ":" in text or text.count("/") > 1) for tag, text in words)
            count["defaults", ""] += has_value("DefaultValue")
            allowed = child(properties, "AllowedValues")
            if allowed is not None:
                count["value_kinds", kinds[allowed.get("ValueType").lower()]] += 1
                count["lists", ""] += child(allowed, "List") is not None
            count["applicability", ""] += has_value("Applicability")
            count["deprecated", ""] += has_value("Deprecated")
            count["atomic_required", ""] += has_value("AtomicRequired")
            count["dependencies", ""] += child(properties, "DependencyBehavior", "DependencyGroup") is not None
            count["gp_mappings", ""] += has_value("GpMapping")
    return count


# Builds of Windows that get the same updates.
LINES = [(18362, 18363), (19041, 19045), (22621, 22631), (26100, 26200)]


def has_node(listed, build):
    """Whether a build has what came with an OsBuildVersion (Microsoft's schema says what that means)."""
    line = lambda b: next((pair for pair in LINES if pair[0] <= b <= pair[1]), (b, b))
    builds = [tuple(int(part) for part in text.split(".")) for text in listed.split(",")]
    first = [b for b in builds if len(b) == 3]
    updates = [b for b in builds if len(b) == 4]
    if any(build[:3] >= b for b in first):
        return True
    if any(line(build[2]) == line(b[2]) and build[:2] == b[:2] and build[2] >= b[2] and build[3] >= b[3]
           for b in updates):
        return True
    return not first and (build[:2], build[2]) > (max(updates)[:2], line(max(updates)[2])[1])


def without(paths, build):
    """How many described nodes a build does not have: Applicability counts for all nodes below, in all documents."""
    own, uris = {}, []

    def walk(node, above):
        name = (child(node, "NodeName").text or "").strip() or "*"
        path = child(node, "Path")
        uri = "%s/%s" % (above if path is None else (path.text or "").rstrip("/"), name)
        uris.append(uri)
        listed = child(node, "DFProperties", "Applicability", "OsBuildVersion")
        if listed is not None:
            own[uri] = listed.text.strip()
        for inner in node:
            if inner.tag == "Node":
                walk(inner, uri)

    for path in paths:
        for node in ElementTree.fromstring(path.read_bytes()):
            if node.tag == "Node":
                walk(node, "")
    count = 0
    for uri in uris:
        parts = uri.split("/")
        nearest = next((own[u] for u in ("/".join(parts[:n]) for n in range(len(parts), 0, -1)) if u in own), None)
        count += nearest is not None and not has_node(nearest, build)
    return count


def census_table(sets):
    lines = ["set\twhat\tkind\tcount"]
    for name, paths in sets:
        lines += ["\t".join((name, what, kind, str(n))) for (what, kind), n in sorted(census(paths).items())]
        build = (10, 0, 22621, 1194)
        lines.append("\t".join((name, "not in build", ".".join(map(str, build)), str(without(paths, build)))))
    return ("\n".join(lines) + "\n").encode()


def main(check):
    wanted, well = {}, True
    ours = table(DATA)
    wanted[DATA / "counts.tsv"] = tsv(ours)
    well &= twins(ours)
    if CORPUS.is_dir():
        theirs = table(CORPUS)
        wanted[DATA / "corpus-counts.tsv"] = tsv(theirs)
        wanted[DATA / "ddf-census.tsv"] = census_table([
            ("own", sorted(DATA.glob("acme*.xml"))), ("windows", sorted(CORPUS.glob("ddf/windows/*.xml")))])
        well &= twins(theirs)
    else:
        print("skipped: no %s" % "../shared/corpus")
    code = write_or_check(wanted, check)
    return code if well else 1


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
