"""Documents of any kind."""
import pytest

import omadm
from omadm import DocumentKind, Encoding, Layout


def test_parse_tells_kinds(package, package_wbxml, phone, phone_wbxml, root):
    assert isinstance(omadm.parse(package), omadm.Message) and isinstance(omadm.parse(package_wbxml), omadm.Message)
    assert isinstance(omadm.parse(phone), omadm.Tree) and isinstance(omadm.parse(phone_wbxml), omadm.Tree)
    claim = omadm.parse(bytes.fromhex("8d24b9e1ecc475143a3c83ad16172f2502d8000000001a0e646d2e6578616d706c652e636f6d"))
    assert claim.server_id == "dm.example.com"
    provisioning = b'<wap-provisioningdoc><characteristic type="APPLICATION"/></wap-provisioningdoc>'
    other = omadm.parse(bytearray(provisioning))
    assert other == omadm.Document(DocumentKind.PROVISIONING, provisioning)
    with pytest.raises(omadm.UnknownFormatError):
        omadm.parse(b"nothing")


def test_a_document_goes_to_the_other_encoding_and_back(phone):
    wbxml = omadm.convert(phone, Encoding.WBXML)
    assert len(wbxml) < len(phone) / 2 and omadm.detect(wbxml) is DocumentKind.TREE
    assert len(omadm.convert(phone, Encoding.WBXML, string_table=True)) <= len(wbxml)
    canonical = omadm.convert(wbxml, Encoding.XML, Layout.CANONICAL)
    assert omadm.Tree.from_tnds(canonical).diff(omadm.Tree.from_tnds(phone)) == []
    with pytest.raises(omadm.LimitOutputError):
        omadm.convert(phone, Encoding.WBXML, options=omadm.Options(limit_output=5))


def test_dump_is_for_people(phone_wbxml):
    text = omadm.dump(phone_wbxml)
    assert text.startswith("<MgmtTree") and "\n" in text and "<NodeName>DevInfo</NodeName>" in text
    assert '"server_id": "dm.example.com"' in omadm.dump(
        bytes.fromhex("8d24b9e1ecc475143a3c83ad16172f2502d8000000001a0e646d2e6578616d706c652e636f6d")
    )


def test_notifications_are_opened_or_refused():
    account = omadm.Credentials(nonce=b"nonce", secret=b"secret")
    claim = omadm.Claim(26, "srv", omadm.UiMode.INFORMATIVE, vendor=b"\xde\xad")
    data = claim.encode(account)
    assert omadm.Notification.decode(data) == claim
    opened = omadm.Notification.open(data, account)
    assert (opened.claim, opened.prompt, opened.by_resync_nonce) == (claim, omadm.Prompt.INFORM, False)
    a1 = omadm.a1("srv", b"secret")
    assert omadm.Notification.open(data, omadm.Credentials(nonce=b"nonce", a1=a1)).digest == data[:16]
    for wrong in (account._replace(secret=b"another"), account._replace(nonce=b""), account._replace(name="x")):
        with pytest.raises(omadm.RefusedError):
            omadm.Notification.open(data, wrong)
    with pytest.raises(omadm.NotificationFieldError):
        omadm.Claim(0, "srv").encode(account)
    with pytest.raises(ValueError):
        claim.encode(omadm.Credentials(nonce=b"", a1=b"short"))
    assert omadm.session_id_text(26) == "1A" and "secret" not in repr(account)


def test_names():
    assert omadm.status_name(404) == "Not found" and omadm.status_name(999) == ""
    assert omadm.alert_name(1226) == "GENERIC ALERT"
