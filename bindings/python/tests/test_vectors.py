"""The vectors that all languages share: the JSON form is equal to theirs, octet for octet."""
import json
import os
import pathlib

import pytest

import omadm

ROOT = pathlib.Path(os.environ.get("OMADM_ROOT", pathlib.Path(__file__).resolve().parents[3]))
FOLDER = ROOT / "tests" / "vectors"
KINDS = {"notification": "NOTIFICATION", "SyncML": "SYNCML", "MgmtTree": "TREE"}

VECTORS = [
    pytest.param(vector, id="%s: %s" % (file.stem, vector["name"]))
    for file in sorted(FOLDER.glob("*.json"))
    for vector in json.loads(file.read_text(encoding="utf-8"))
]


def form(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def joined(value):
    return value if isinstance(value, str) else "".join(value)


def octets(vector):
    return bytes.fromhex(joined(vector["hex"])) if "hex" in vector else joined(vector["text"]).encode()


def read(vector):
    data, options = octets(vector), omadm.Options(**vector.get("options", {}))
    if vector["kind"] == "SyncML":
        return omadm.Message.decode(data, options)
    if vector["kind"] == "MgmtTree":
        return omadm.Tree.from_tnds(data, options)
    media_type = omadm.MediaType(vector.get("media_type", 0))
    if "open" not in vector:
        return omadm.Notification.decode(data, media_type)
    account = vector["open"]
    credentials = omadm.Credentials(
        nonce=bytes.fromhex(account["nonce"]),
        secret=bytes.fromhex(account["secret"]),
        resync=omadm.Resync.ALLOW if account.get("resync") else omadm.Resync.REFUSE,
    )
    return omadm.Notification.open(data, credentials, media_type)


@pytest.mark.skipif(not VECTORS, reason="no vectors at %s" % FOLDER)
@pytest.mark.parametrize("vector", VECTORS)
def test_a_vector_says_the_same_in_every_language(vector):
    if "error" in vector:
        with pytest.raises(omadm.Error) as caught:
            read(vector)
        assert form(caught.value.to_dict()) == form(vector["error"])
        return
    assert form(read(vector).to_dict()) == form(vector["json"])
    assert omadm.detect(octets(vector)) == omadm.DocumentKind[KINDS[vector["kind"]]]


def test_there_are_vectors_of_every_kind():
    kinds = {parameter.values[0]["kind"] for parameter in VECTORS}
    assert not VECTORS or kinds == set(KINDS)
