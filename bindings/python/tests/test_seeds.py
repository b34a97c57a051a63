"""Whatever comes in, only exceptions of the package come out: the inputs of tests/data and tests/vectors, the inputs that a fuzzer once found, and captured
documents where they are at hand; each whole, cut off, and with one octet changed."""
import json
import os
import pathlib
import random

import pytest

import omadm

ROOT = pathlib.Path(os.environ.get("OMADM_ROOT", pathlib.Path(__file__).resolve().parents[3]))
FOLDERS = {"data": ROOT / "tests" / "data", "regressions": ROOT / "fuzz" / "regressions", "captured": ROOT.parent / "shared" / "corpus"}

#: How often an input is cut off and changed: fewer times if it is long.
TIMES, OCTETS = 24, 400_000


def files(folder):
    return [file for file in sorted(folder.rglob("*")) if file.is_file() and not file.name.startswith((".", "README"))]


def seeds():
    for name, folder in FOLDERS.items():
        found = files(folder)
        for file in found:
            yield pytest.param(file.read_bytes(), id="%s/%s" % (name, file.relative_to(folder).as_posix()))
        if not found:
            reason = "%s is not here" % folder.relative_to(ROOT.parent)
            yield pytest.param(b"", id=name, marks=pytest.mark.skip(reason=reason))
    for file in sorted((ROOT / "tests" / "vectors").glob("*.json")):
        for vector in json.loads(file.read_text(encoding="utf-8")):
            joined = {key: "".join(vector[key]) for key in ("hex", "text") if key in vector}
            data = bytes.fromhex(joined["hex"]) if "hex" in joined else joined["text"].encode()
            yield pytest.param(data, id="%s: %s" % (file.stem, vector["name"]))


def read_schema(data):
    schema = omadm.Schema.decode(data)
    return schema.nodes()


def read_frames(data):
    found = [omadm.frame.nodes([data]), omadm.frame.commands([data])]
    return [(frame.columns(), frame.error_columns()) for frame in found]


FUNCTIONS = (
    omadm.parse,
    lambda data: omadm.Message.decode(data).commands,
    lambda data: omadm.Message.decode(memoryview(bytearray(data))).header,
    lambda data: omadm.Tree.from_tnds(data).nodes(),
    lambda data: omadm.Tree.from_tnds(data).columns(),
    read_schema,
    omadm.Notification.decode,
    lambda data: omadm.convert(data, omadm.Encoding.XML),
    lambda data: omadm.convert(data, omadm.Encoding.WBXML),
    omadm.detect,
    read_frames,
)


def feed(data, functions=FUNCTIONS):
    """Gives the octets to all functions; returns how many took them."""
    taken = 0
    for function in functions:
        try:
            function(data)
            taken += 1
        except omadm.DocumentError as error:
            assert error.kind >= 100 and error.message
            assert error.offset is None or 0 <= error.offset <= len(data), error
    return taken


@pytest.mark.parametrize("data", list(seeds()))
def test_only_exceptions_of_the_package_come_out(data):
    feed(data)
    feed(data, (lambda data: omadm.parse(data).to_dict() if hasattr(omadm.parse(data), "to_dict") else None, omadm.dump))
    times = min(TIMES, OCTETS // (len(data) + 1) + 1)
    for number in range(times):
        feed(data[: len(data) * number // times])
    chosen = random.Random(len(data))
    for _ in range(times if data else 0):
        changed = bytearray(data)
        changed[chosen.randrange(len(data))] ^= 1 << chosen.randrange(8)
        feed(bytes(changed))


def test_there_are_seeds_that_are_taken():
    given = [parameter.values[0] for parameter in seeds() if not parameter.marks]
    # Each is at least told apart by `detect`.
    assert len(given) > 200 and sum(feed(data, (omadm.parse,)) for data in given) > len(given) // 2
