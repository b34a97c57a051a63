#!/usr/bin/env python3
"""The carriers of package #0 that omadm writes, before Wireshark's dissectors and Python's MIME and XML parsers; and one that Python
writes, before omadm.

    python3 tests/tools/oracle_push.py OMADM

WSP travels in datagrams to port 2948, short messages in deliver_sm of SMPP, whose segments the dissector joins, SIP in datagrams, HTTP
in a TCP segment of its own. Sizes around the ends of segments, references of both widths, and all formats of package #0. What has to
agree: content type, application, expiry, ports, numbers of segments, every octet of the body.

Wireshark 4.0.17 has no name for content type 0x58, and shows the expiry of WSP in words.
"""
import email
import email.encoders
import email.generator
import email.mime.application
import email.mime.multipart
import email.policy
import io
import json
import struct
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

ACCOUNT = ["--server-id", "dm.example.com", "--session", "1A", "--ui-mode", "background", "--secret", "s"]
DM13 = ["--format", "1.3", "--layout", "reconstructed"]
EXPIRES = ["--carrier-expires", "20261231T235959Z"]
DM12_TYPE = "application/vnd.syncml.notification"
DM13_TYPE = "application/vnd.syncml.dm.notification"


def build(omadm, *arguments):
    run = subprocess.run([omadm, "notify", "build", *ACCOUNT, "--hex", *arguments], capture_output=True, text=True)
    if run.returncode:
        sys.exit("%s: %s" % (" ".join(arguments), run.stderr.strip()))
    return [bytes.fromhex(line) for line in run.stdout.split()]


def ip(protocol, payload):
    return struct.pack(">BBHHHBBHII", 0x45, 0, 20 + len(payload), 1, 0, 64, protocol, 0, 0x0A010101, 0x0A010102) + payload


def udp(port, payload):
    return ip(17, struct.pack(">HHHH", 9200, port, 8 + len(payload), 0) + payload)


def tcp(source, destination, sequence, payload):
    return ip(6, struct.pack(">HHIIBBHHH", source, destination, sequence, 0, 0x50, 0x18, 65535, 0, 0) + payload)


def deliver_sm(number, source, user_data):
    body = b"\0\1\1" + source.encode() + b"\0\1\1456\0" + bytes([0x40, 0, 0]) + b"\0\0" + bytes([0, 0, 4, 0, len(user_data)]) + user_data
    return struct.pack(">IIII", 16 + len(body), 5, 0, number) + body


def capture(packets):
    out = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 1 << 18, 101)
    for packet in packets:
        out += struct.pack("<IIII", 0, 0, len(packet), len(packet)) + packet
    return out


def layers(packets):
    with tempfile.NamedTemporaryFile(suffix=".pcap") as file:
        file.write(capture(packets))
        file.flush()
        run = subprocess.run(
            ["tshark", "-r", file.name, "-T", "json", "-d", "udp.port==2948,wsp", "-d", "tcp.port==2775,smpp", "-d", "tcp.port==4035,http"],
            capture_output=True, text=True, errors="replace")
    frames = [frame["_source"]["layers"] for frame in json.loads(run.stdout)]
    if len(frames) != len(packets):
        sys.exit("tshark: %d frames instead of %d: %s" % (len(frames), len(packets), run.stderr.strip()))
    return frames


def same(what, one, other):
    if one != other:
        sys.exit("%s: %r instead of %r" % (what, other, one))


def octets(layer):
    return bytes.fromhex(layer["media"]["media.type"].replace(":", ""))


def check_wsp(what, layer, media_type, body, expires):
    wsp = layer["wsp"]
    same(what, "0x06", wsp["wsp.pdu_type"])
    # A type without a name is shown with its number.
    shown = wsp["wsp.header.content_type"]
    if media_type == DM13_TYPE:
        same(what, True, "0x58" in shown)
    else:
        same(what, media_type, shown)
    headers = wsp["wsp.headers"]
    same(what, "x-wap-application:syncml.dm", headers["wsp.header.x_wap_application_id"])
    same(what, "Dec 31, 2026 23:59:59 UTC" if expires else None, headers.get("wsp.header.expires"))
    same(what, body, octets(layer))


def main(arguments):
    [omadm] = arguments
    packets, checks = [], []

    # All formats and both ways with an expiry, each in WSP, SIP and HTTP.
    for form, media_type in [([], DM12_TYPE), (DM13, DM13_TYPE)]:
        for expires in [[], EXPIRES]:
            [body] = build(omadm, *form)
            [push] = build(omadm, *form, *expires, "--carrier", "wsp")
            packets.append(udp(2948, push))
            checks.append(lambda layer, media_type=media_type, body=body, expires=expires: check_wsp("wsp", layer, media_type, body, expires))
            [push] = build(omadm, *form, *expires, "--carrier", "http", "--to", "198.51.100.7:4035")

            def check_http(layer, media_type=media_type, body=body):
                same("http", (media_type, "198.51.100.7:4035"), (layer["http"]["http.content_type"], layer["http"]["http.host"]))
                same("http", body, octets(layer))
            packets.append(tcp(30_000 + len(packets), 4035, 1, push))
            checks.append(check_http)
            [push] = build(omadm, *form, *expires, "--carrier", "sip", "--to", "sip:+15551230001@home.example", "--date", "20261231T120000Z")

            def check_sip(layer, media_type=media_type, body=body, expires=expires):
                headers = layer["sip"]["sip.msg_hdr_tree"]
                same("sip", ("MESSAGE", media_type), (layer["sip"]["sip.Request-Line_tree"]["sip.Method"], headers["sip.Content-Type"]))
                same("sip", ('*;+g.oma.pusheventapp="syncml.dm"', str(len(body))), (headers["sip.Accept-Contact"], headers["sip.Content-Length"]))
                same("sip", "43199" if expires else None, headers.get("sip.Expires"))
            packets.append(udp(5060, push))
            checks.append(check_sip)

    # Short messages: one, two and more, and the sizes around the end of each. Each message has a sender of its own.
    sequence, segments_in_all = 1, 0
    for index, vendor in enumerate([0, 88, 89, 90, 210, 211, 212, 338, 339, 340, 1000]):
        for wide in [False, True]:
            reference = 0x4100 + index if wide else 0x41 + index
            more = ["--vendor", "5a" * vendor] if vendor else []
            [body] = build(omadm, *more)
            segments = build(omadm, *more, "--carrier", "sms", "--reference", "%04x" % reference if wide else "%02x" % reference)
            for number, segment in enumerate(segments, 1):
                def check(layer, number=number, total=len(segments), reference=reference, wide=wide, body=body):
                    elements = layer["gsm_sms_ud"]["User-Data Header"]
                    found = {key: value for element in elements.values() if isinstance(element, dict) for key, value in element.items()}
                    same("sms", ("2948", "49154"), (found["gsm_sms.destination_port"], found["gsm_sms.originator_port"]))
                    if total > 1:
                        same("sms", (str(reference), str(total), str(number)), tuple(found["gsm_sms.udh.mm.msg_" + key] for key in ("id", "parts", "part")))
                    if number == total:
                        check_wsp("sms", layer, DM12_TYPE, body, None)
                message = deliver_sm(len(packets), "1%d%d" % (index, wide), segment)
                packets.append(tcp(2775, 30_000, sequence, message))
                sequence += len(message)
                checks.append(check)
            segments_in_all += len(segments)
    for layer, check in zip(layers(packets), checks):
        check(layer)
    print("tshark: %d WSP, HTTP and SIP pushes and %d segments of short messages as omadm writes them" % (len(packets) - segments_in_all, segments_in_all))

    # PAP, by Python.
    for form, media_type in [([], DM12_TYPE), (DM13, DM13_TYPE)]:
        [body] = build(omadm, *form)
        [post] = build(omadm, *form, *EXPIRES, "--carrier", "pap", "--proxy", "ppg.example.com", "--to", "a&<b>\"", "--to", "c")
        message = email.message_from_bytes(post.split(b"\r\n", 1)[1])
        same("pap", ("multipart/related", []), (message.get_content_type(), message.defects))
        control, content = message.get_payload()
        pap = ElementTree.fromstring(control.get_payload(decode=True))
        push = pap.find("push-message")
        same("pap", ("1A@dm.example.com", "2026-12-31T23:59:59Z"), (push.get("push-id"), push.get("deliver-before-timestamp")))
        same("pap", ["a&<b>\"", "c"], [address.get("address-value") for address in push.findall("address")])
        same("pap", (media_type, "x-wap-application:syncml.dm"), (content.get_content_type(), content["X-Wap-Application-Id"]))
        # Python's reader changes line ends of binary parts: only what has none can be compared by its octets.
        if not set(body) & set(b"\r\n"):
            same("pap", body, content.get_payload(decode=True))
    related = email.mime.multipart.MIMEMultipart("related", type="application/xml")
    control = b'<?xml version="1.0"?><pap><push-message push-id="7"><address address-value="b"/></push-message></pap>'
    related.attach(email.mime.application.MIMEApplication(control, "xml", email.encoders.encode_noop))
    [body] = build(omadm)
    part = email.mime.application.MIMEApplication(body, "vnd.syncml.notification", email.encoders.encode_noop)
    part["X-Wap-Application-Id"] = "x-wap-application:syncml.dm"
    related.attach(part)
    out = io.BytesIO()
    email.generator.BytesGenerator(out, policy=email.policy.HTTP.clone(max_line_length=None)).flatten(related)
    post = b"POST / HTTP/1.1\r\n" + out.getvalue()
    run = subprocess.run([omadm, "notify", "show", "--carrier", "pap", "--json", "-"], input=post, capture_output=True)
    if run.returncode:
        sys.exit("pap: %s" % run.stderr.decode().strip())
    shown = json.loads(run.stdout)
    same("pap", ("7", ["b"], "dm.example.com"), (shown["push-id"], shown["addresses"], shown["notification"]["server-identifier"]))
    print("python: PAP submissions as omadm writes them, and one of its own as omadm reads it")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
