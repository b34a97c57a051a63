#!/usr/bin/env python3
"""`omadm dump` before Wireshark's dissector: the tokens of WBXML documents, one by one.

    python3 tests/tools/oracle_tshark.py OMADM FILE...

Each document travels as the body of a WSP push in a datagram of a capture; what tshark says of its tokens has to be what omadm says: tags
with page, number, name and whether attributes and content follow, attributes with names and values, texts, entities, lengths of opaque
blocks, ends. Both cut long texts, and show some characters in ways of their own: letters, digits and some signs of the first part are
compared.

Wireshark's own slips, found with 4.0.17: it has no names for page 2, so trees are compared by number (`Tag_0x20`); it does not look into
opaque blocks; it indents by one level more for every sibling, so that in long documents names and texts run out of its lines, and only
tokens are left to compare.
"""
import re
import struct
import subprocess
import sys
import tempfile

from wbxml import mb

# What a datagram can carry.
MOST = 60_000


def capture(documents):
    out = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 1 << 18, 101)
    for document in documents:
        media = b"application/vnd.syncml.dm+wbxml\0"
        push = b"\x01\x06" + bytes([len(media)]) + media + document
        datagram = struct.pack(">HHHH", 9200, 9200, 8 + len(push), 0) + push
        packet = struct.pack(">BBHHHBBHII", 0x45, 0, 20 + len(datagram), 1, 0, 64, 17, 0, 0x0A010101, 0x0A010102) + datagram
        out += struct.pack("<IIII", 0, 0, len(packet), len(packet)) + packet
    return out


def plain(text):
    """What both show alike: without escapes, without signs that may be escaped."""
    text = re.sub(r"\\(u\{[0-9A-F]*\}|u[0-9a-f]{4}|U[0-9a-f]{8}|x[0-9a-f]{2}|[0-7]{3}|.)", "", text)
    return re.sub(r"[^A-Za-z0-9<>&/.:;=+-]", "", text)


# ------------------------------------------------------------------------------------------------------ tshark

ROW = re.compile(r"\s*(\[truncated\])?\s*\d* \|\s+(Tag|Attr) *\| (?:[TA])(?: -->)? +(\d+) +\| (.{31}) \| ?(.*)")


def by_tshark(lines):
    """Tokens: ("tag", page, number, name, attributes?, content?, [(name, value)]), ("text", beginning, is it cut),
    ("entity", character), ("opaque", length), ("end",)."""
    tokens, attributes = [], None
    for line in lines:
        row = ROW.match(line)
        if not row:
            continue
        cut, space, page, token, shown = row.groups()
        shown, token = shown.strip(), token.strip()
        text = plain(shown[1:] if cut else shown[1:-1]) if shown.startswith("'") else None
        if token.startswith("SWITCH_PAGE"):
            continue
        if space == "Attr":
            start = re.match(r"(\S+?)='?(.*?)'?$", shown)
            if token.startswith("Known attrStart"):
                attributes.append([start.group(1), plain(start.group(2))])
            elif token.startswith("LITERAL"):
                attributes.append([re.match(r"<(.*) />", shown).group(1), ""])
            elif token.startswith("Known attrValue"):
                attributes[-1][1] += plain(shown)
            elif text is not None:
                attributes[-1][1] += text
            continue
        if token == "END (attribute list)" or token == "END (Known Tag)" and attributes is not None:
            attributes = None
        elif token.startswith("END"):
            tokens.append(("end",))
        elif token.startswith(("Known Tag", "LITERAL")):
            known = re.search(r"0x([0-9A-Fa-f]{2})", token)
            flags = token[-4:]
            name = re.match(r"<(\S*?)( ?/?>|$)", shown)
            name = None if cut or not name or name.group(1).startswith("Tag_0x") else name.group(1)
            pairs = []
            attributes = pairs if "A" in flags else None
            number = int(known.group(1), 16) if known else "LITERAL"
            tokens.append(("tag", int(page) if known else None, number, name, "A" in flags, "C" in flags, pairs))
        elif token.startswith("STR_"):
            tokens.append(("text", text, bool(cut)))
        elif token.startswith("ENTITY"):
            tokens.append(("entity", None if cut else int(re.search(r"&#(\d+);", shown).group(1))))
        elif token.startswith("OPAQUE"):
            tokens.append(("opaque", None if cut else int(re.search(r"\((\d+) bytes", shown).group(1))))
    return tokens


# ------------------------------------------------------------------------------------------------------- omadm

LINE = re.compile(r" *(\d+)  .{25} (.*)$")


def by_dump(text):
    tokens, resumes, in_body = [], 0, False
    for line in text.splitlines():
        row = LINE.match(line)
        offset, rest = int(row.group(1)), row.group(2)
        # Documents in opaque blocks are shown, too.
        if offset < resumes:
            continue
        tag = re.match(r"(?:(\d+):([0-9A-F]{2})|LITERAL)( A)?( C)? +(\S+)(.*)", rest)
        if tag:
            in_body = True
            page, number, attributes, content, name, more = tag.groups()
            pairs = [[key, plain(value)] for key, value in re.findall(r' ([^ =]+)="(.*?)"(?= [^ =]+="|$)', more)]
            tokens.append(("tag", page and int(page), number and int(number, 16) or "LITERAL", name, bool(attributes), bool(content), pairs))
        elif rest.startswith("STR_"):
            shown = re.match(r'STR_[IT] +"(.*)"$', rest).group(1)
            cut = re.match(r"(.*)… \(\d+ octets\)$", shown)
            tokens.append(("text", plain(cut.group(1) if cut else shown), bool(cut)))
        elif rest.startswith("ENTITY"):
            tokens.append(("entity", ord(re.match(r'ENTITY +"(.*)"$', rest).group(1))))
        elif rest.startswith("OPAQUE"):
            length = int(rest.split()[1])
            tokens.append(("opaque", length))
            resumes = offset + 1 + len(mb(length)) + length
        elif rest.startswith("END") and in_body:
            tokens.append(("end",))
    return tokens


def agree(one, other):
    if one[0] != other[0]:
        return False
    if one[0] == "text":
        length = min(len(one[1]), len(other[1])) if one[2] or other[2] else None
        return one[1][:length] == other[1][:length]
    if one[0] == "tag":
        # Names where Wireshark has them.
        return one[1:3] + one[4:] == other[1:3] + other[4:] and one[3] in (None, other[3])
    return one == other or one[1:] == (None,)


def main(arguments):
    omadm, names = arguments[0], arguments[1:]
    documents, left_out = [], 0
    for name in names:
        with open(name, "rb") as file:
            document = file.read()
        if len(document) > MOST:
            left_out += 1
        else:
            documents.append((name, document))
    with tempfile.NamedTemporaryFile(suffix=".pcap") as file:
        file.write(capture(document for _, document in documents))
        file.flush()
        run = subprocess.run(["tshark", "-r", file.name, "-O", "wbxml"], capture_output=True, text=True, errors="replace")
    frames = re.split(r"^Frame \d+:.*$", run.stdout, flags=re.M)[1:]
    if len(frames) != len(documents):
        sys.exit("tshark: %d frames instead of %d: %s" % (len(frames), len(documents), run.stderr.strip()))
    count, nameless = 0, 0
    for (name, _), frame in zip(documents, frames):
        dump = subprocess.run([omadm, "dump", name], capture_output=True, text=True)
        if dump.returncode:
            sys.exit("%s: %s" % (name, dump.stderr.strip()))
        theirs, ours = by_tshark(frame.splitlines()), by_dump(dump.stdout)
        for number, (one, other) in enumerate(zip(theirs, ours)):
            if not agree(one, other):
                sys.exit("%s: token %d is %r instead of %r" % (name, number, other, one))
        if len(theirs) != len(ours):
            sys.exit("%s: %d tokens instead of %d" % (name, len(ours), len(theirs)))
        count += len(ours)
        nameless += sum(1 for token in theirs if token[0] == "tag" and token[3] is None)
    print("tshark: %d documents, %d tokens as omadm dumps them (%d tags by number only); %d documents too long for a datagram"
          % (len(documents), count, nameless, left_out))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
