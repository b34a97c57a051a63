#!/usr/bin/env python3
"""What the SyncML Reference Toolkit (Debian: libsmltk0) reads in messages, in the words of `omadm show --json`.

    python3 tests/tools/smltk.py FILE...        a JSON object a line; {"error": ...} for what it refuses

Debian's libsynthesis-dev has the library to link but none of the toolkit's headers, so its interface is described here, as
far as it is needed: records of pointers to character data, in the order of the toolkit's DTD. The library is not made for broken
input: run this as a child.
"""
import ctypes
import json
import sys
from ctypes import POINTER, Structure, byref, c_int, c_long, c_short, c_size_t, c_ubyte, c_uint, c_void_p, cast

XML, WBXML = 2, 1
STRING, OPAQUE, EXTENSION, CDATA = 1, 2, 3, 4
METINF = 1
MORE_DATA, FINISHED = 0x0400, 0
# Kinds of protocol elements, by their number.
KINDS = {2: "Add", 3: "Alert", 4: "Atomic", 5: "end", 6: "Copy", 7: "Delete", 8: "Exec", 9: "Get", 11: "Put", 12: "Results",
         14: "Sequence", 15: "end", 16: "Status", 19: "Replace", 24: "Final", 25: "Move"}


def record(name, *fields):
    return type(name, (Structure,), {"_fields_": list(fields)})


def pointers(*names):
    return [(name, c_void_p) for name in names]


Pcdata = record("Pcdata", ("form", c_int), ("extension", c_int), ("length", c_size_t), ("content", c_void_p))
Chained = record("Chained", ("data", c_void_p), ("next", c_void_p))
Chal = record("Chal", *pointers("meta"))
Cred = record("Cred", *pointers("meta", "data"))
Party = record("Party", *pointers("LocURI", "LocName", "filter"))
MetInf = record("MetInf", *pointers("Format", "Type", "Mark", "Size", "NextNonce", "Version", "MaxMsgSize", "MaxObjSize",
                                    "mem", "emi", "anchor"), ("flags", c_uint))
Item = record("Item", *pointers("Target", "Source", "target_parent", "source_parent", "Meta", "Data"), ("flags", c_uint),
              ("aux", c_void_p))
Header = record("Header", ("kind", c_int), *pointers("VerDTD", "VerProto", "SessionID", "MsgID"), ("flags", c_uint),
                *pointers("Target", "Source", "RespURI", "Cred", "Meta"))
_COMMAND = [("kind", c_int), ("CmdID", c_void_p), ("flags", c_uint)]
Generic = record("Generic", *_COMMAND, *pointers("Cred", "Meta", "items"))
Alert = record("Alert", *_COMMAND, *pointers("Cred", "Data", "items"))
Container = record("Container", *_COMMAND, *pointers("Meta"))
Exec = record("Exec", *_COMMAND, *pointers("Cred", "Meta", "item"))
Get = record("Get", *_COMMAND, *pointers("Lang", "Cred", "Meta", "items"))
Results = record("Results", ("kind", c_int), *pointers("CmdID", "MsgRef", "CmdRef", "Meta", "TargetRef", "SourceRef", "items"))
Status = record("Status", ("kind", c_int), *pointers("CmdID", "MsgRef", "CmdRef", "Cmd", "TargetRef", "SourceRef", "Cred", "Chal",
                                                     "Data", "items"))
RECORDS = {"Add": Generic, "Copy": Generic, "Delete": Generic, "Replace": Generic, "Alert": Alert, "Atomic": Container,
           "Sequence": Container, "Exec": Exec, "Get": Get, "Results": Results, "Status": Status}
Decoder = record("Decoder", ("charset", c_long), ("charset_name", c_void_p), ("finished", c_uint), ("final", c_ubyte))


def at(pointer, kind):
    return cast(pointer, POINTER(kind)).contents if pointer else None


def octets(data):
    return ctypes.string_at(data.content, data.length) if data.content else b""


def words(data):
    """Octets as `omadm show --json` has them."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return {"hex": data.hex()}


def text(pointer):
    data = at(pointer, Pcdata)
    if data is None:
        return None
    if data.form == EXTENSION:
        return {"elements": data.extension}
    # An empty element has none.
    if data.form not in (0, STRING, OPAQUE, CDATA):
        raise ValueError("character data of form %d" % data.form)
    return words(octets(data))


def present(**fields):
    return {name: value for name, value in fields.items() if value not in (None, [])}


def party(pointer):
    party = at(pointer, Party)
    return party and present(LocURI=text(party.LocURI), LocName=text(party.LocName))


def meta(pointer):
    data = at(pointer, Pcdata)
    if data is None:
        return None
    if data.form != EXTENSION or data.extension != METINF:
        return {}
    meta = at(data.content, MetInf)
    names = ("Format", "Type", "Mark", "Version", "NextNonce")
    found = {name: text(getattr(meta, name)) for name in names}
    for name in ("Size", "MaxMsgSize", "MaxObjSize"):
        number = text(getattr(meta, name))
        found[name] = number and int(number)
    return present(**found)


def chain(pointer):
    while pointer:
        link = at(pointer, Chained)
        yield link.data
        pointer = link.next


def item(pointer):
    item = at(pointer, Item)
    return present(Target=party(item.Target), Source=party(item.Source), Meta=meta(item.Meta), Data=text(item.Data),
                   MoreData=True if item.flags & MORE_DATA else None)


def command(name, pointer, depth):
    found = at(pointer, RECORDS[name])
    fields = {"command": name, "depth": depth}
    for field, _ in found._fields_:
        value = getattr(found, field)
        if field in ("CmdID", "MsgRef", "CmdRef", "Cmd", "Data"):
            fields[field] = text(value)
        elif field in ("TargetRef", "SourceRef"):
            # Results have one, a Status has a chain of them.
            refs = chain(value) if name == "Status" else [value] if value else []
            fields[field] = [text(ref) for ref in refs]
        elif field == "Meta":
            fields[field] = meta(value)
        elif field == "Chal":
            fields[field] = meta(at(value, Chal).meta) if value else None
        elif field == "items":
            fields[field] = [item(one) for one in chain(value)]
        elif field == "item":
            fields["items"] = [item(value)] if value else []
    return present(**fields)


def message(library, document):
    buffer = ctypes.create_string_buffer(document, len(document) + 1)
    start = ctypes.addressof(buffer)
    place, end = c_void_p(start), c_void_p(start + len(document))
    decoder, header = c_void_p(), c_void_p()
    encoding = XML if document.lstrip(b"\xEF\xBB\xBF \r\n\t").startswith(b"<") else WBXML
    code = library.xltDecInit(encoding, end, byref(place), byref(decoder), byref(header))
    if code:
        return {"error": "0x%04X in the header" % (code & 0xFFFF)}
    head = at(header, Header)
    found = {name: text(getattr(head, name)) for name in ("VerDTD", "VerProto", "SessionID", "MsgID", "RespURI")}
    cred = at(head.Cred, Cred)
    if cred:
        found["Cred"] = {"Type": (meta(cred.meta) or {}).get("Type", "syncml:auth-basic")}
    found = present(Target=party(head.Target), Source=party(head.Source), Meta=meta(head.Meta), **found)
    commands, depth, final = [], 0, False
    while True:
        kind, content = c_int(), c_void_p()
        code = library.xltDecNext(decoder, end, byref(place), byref(kind), byref(content))
        if code:
            return {"error": "0x%04X behind %d commands" % (code & 0xFFFF, len(commands))}
        name = KINDS.get(kind.value)
        if name == "Final":
            final = True
        elif name == "end":
            depth -= 1
        elif name is None or not content:
            break
        else:
            commands.append(command(name, content, depth))
            depth += name in ("Atomic", "Sequence")
        if at(decoder, Decoder).finished:
            break
    return {"SyncHdr": found, "commands": commands, "Final": final or bool(at(decoder, Decoder).final)}


def load():
    # The toolkit prints through a pointer that its usual program has.
    ctypes.CDLL("libsynthesis.so.0", mode=ctypes.RTLD_GLOBAL)
    library = ctypes.CDLL("libsmltk.so.0")
    library.xltDecInit.argtypes = [c_int, c_void_p, c_void_p, c_void_p, c_void_p]
    library.xltDecNext.argtypes = [c_void_p, c_void_p, c_void_p, c_void_p, c_void_p]
    library.xltDecInit.restype = library.xltDecNext.restype = c_short
    return library


def main(names):
    library = load()
    for name in names:
        with open(name, "rb") as file:
            print(json.dumps(message(library, file.read())), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
