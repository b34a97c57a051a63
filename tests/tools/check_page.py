#!/usr/bin/env python3
"""Drives the page of `omadm tree --html` in headless Chromium.

    python3 tests/tools/check_page.py [--omadm OMADM] [--shots FOLDER]

A tree of 10,000 nodes is generated here, so that what a search has to find is counted here as well. Checked are: the time
until the tree is on paper, searches by name, value and MO identifier, opening, keys, a dark look, that names and values with
markup stay text, that nothing is asked of a network, and that the console stays empty. --shots keeps pictures.

Chromium and its driver are Debian's; what is missing is installed when root runs this. Exit status 77: they cannot be had."""
import argparse
import base64
import collections
import http.client
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from xml.sax.saxutils import escape

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SKIPPED = 77
MOST_SECONDS = 2.0
NODES = 10_000

# Each would leave a trace in `window.hacked`, or ask for something, if it were taken for markup.
HOSTILE = [
    "</script><script>window.hacked=1</script>",
    "<img src=x onerror=window.hacked=2>",
    "<!--<script>",
    "-->]]>\"'><svg onload=window.hacked=3>",
    "${window.hacked=4}",
    "javascript:window.hacked=5",
    "@@DATA@@ @@SCRIPT@@",
    "&lt;b&gt; \\u003cb\\u003e \u2028\u202etxt.exe\u202c",
    "__proto__",
    "http://127.0.0.1:9/leak.png",
]

Row = collections.namedtuple("Row", "uri name value mo_id")


# ---- The tree ----

def generate():
    """The document, and a row for each node, the root first."""
    rows = [Row(".", ".", None, None)]
    out = ['<MgmtTree xmlns="syncml:dmddf1.2"><VerDTD>1.2</VerDTD><Man>Acme &amp; Sons</Man><Mod>R1</Mod>']

    def segment(name):
        return "".join(c if c.isascii() and (c.isalnum() or c in "-_.!~*'():@&=+$,") else
                       "".join("%%%02X" % octet for octet in c.encode()) for c in name)

    def begin(parent, name, mo_id=None):
        # A slash would part a name in two.
        uri = "%s/%s" % (parent, segment(name))
        rows.append(Row(uri, name, None, mo_id))
        kind = "<Type><DDFName>%s</DDFName></Type>" % escape(mo_id) if mo_id else ""
        out.append("<Node><NodeName>%s</NodeName><RTProperties><Format><node/></Format>%s</RTProperties>" % (escape(name), kind))
        return uri

    def leaf(parent, name, value, form="chr"):
        rows.append(Row("%s/%s" % (parent, segment(name)), name, value, None))
        out.append("<Node><NodeName>%s</NodeName><RTProperties><Format><%s/></Format></RTProperties><Value>%s</Value></Node>"
                   % (escape(name), form, escape(value)))

    def end():
        out.append("</Node>")

    vendor = begin(".", "Hostile", "urn:x:" + HOSTILE[0])
    for number, text in enumerate(HOSTILE):
        leaf(vendor, text.replace("/", "|"), text)
        leaf(vendor, "Value%d" % number, text * 3)
    end()
    fumo = begin(".", "FUMO")
    for number in range(37):
        update = begin(fumo, "update%d" % number, "urn:oma:mo:oma-fumo:1.%d" % (number % 2))
        leaf(update, "PkgName", "Package %d" % number)
        leaf(update, "State", str(10 * (number % 10)), "int")
        end()
    end()
    deep = ["."]
    for number in range(60):
        deep.append(begin(deep[-1], "level%d" % number))
    leaf(deep[-1], "Bottom", "the needle at the bottom")
    for _ in deep[1:]:
        end()
    apps = begin(".", "Apps")
    for number in range(100):
        app = begin(apps, "app-%03d" % number, "urn:oma:mo:oma-scomo:1.0" if number % 3 == 0 else None)
        for place in range(30):
            leaf(app, "Setting%d" % place, "value %d of %d" % (place, number))
        end()
    end()
    wide = begin(".", "Wide")
    for number in range(NODES - len(rows) + 1):
        leaf(wide, "key%05d" % number, "w%x" % (number * 7919 % 65536))
    end()
    out.append("</MgmtTree>")
    assert len(rows) == NODES + 1, len(rows)
    return "".join(out), rows


# ---- The browser ----

class Browser:
    """WebDriver, as much of it as is needed here."""

    def __init__(self, folder, *flags):
        self.driver = None
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.log = open(os.path.join(folder, "driver.log"), "wb")
        self.driver = subprocess.Popen([shutil.which("chromedriver"), "--port=%d" % self.port], stdout=self.log, stderr=self.log)
        for _ in range(300):
            try:
                if self.ask("GET", "/status")["ready"]:
                    break
            except OSError:
                time.sleep(0.1)
        arguments = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                     "--disable-background-networking", "--disable-component-update", "--disable-sync",
                     "--window-size=1280,800", "--user-data-dir=" + os.path.join(folder, "profile"), *flags]
        session = self.ask("POST", "/session", {"capabilities": {"alwaysMatch": {
            "goog:chromeOptions": {"binary": shutil.which("chromium"), "args": arguments},
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"}}}})
        self.session = "/session/" + session["sessionId"]

    def ask(self, method, path, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        connection.request(method, path, json.dumps(body) if body is not None else None, {"Content-Type": "application/json"})
        value = json.loads(connection.getresponse().read())["value"]
        connection.close()
        if isinstance(value, dict) and "error" in value:
            raise RuntimeError("%s %s: %s" % (method, path, value["message"]))
        return value

    def open(self, page):
        self.ask("POST", self.session + "/url", {"url": page})

    def run(self, script, *arguments):
        return self.ask("POST", self.session + "/execute/sync", {"script": script, "args": list(arguments)})

    def wait(self, script, *arguments):
        for _ in range(600):
            value = self.run(script, *arguments)
            if value not in (None, False):
                return value
            time.sleep(0.05)
        sys.exit("timed out: %s" % script)

    def keys(self, *keys):
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self.ask("POST", self.session + "/actions", {"actions": [{"type": "key", "id": "keyboard", "actions": actions}]})

    def logged(self, kind):
        return self.ask("POST", self.session + "/se/log", {"type": kind})

    def picture(self, path):
        path.write_bytes(base64.b64decode(self.ask("GET", self.session + "/screenshot")))

    def close(self):
        if getattr(self, "session", None):
            self.ask("DELETE", self.session)
        if self.driver:
            self.driver.terminate()
            self.driver.wait()
        self.log.close()


UP, DOWN, LEFT, RIGHT, ENTER, HOME, END, ESCAPE = (chr(0xE013), chr(0xE015), chr(0xE012), chr(0xE014), chr(0xE007),
                                                  chr(0xE011), chr(0xE010), chr(0xE00C))


# ---- The checks ----

count = 0


def same(what, found, expected):
    global count
    count += 1
    if found != expected:
        sys.exit("%s: %r instead of %r" % (what, found, expected))


def visible(text):
    """As the page shows what would hide or turn around what stands beside it."""
    named = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
    hidden = "[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
    return re.sub(hidden, lambda c: named.get(c[0], "\\u{%X}" % ord(c[0])), text)


def search(browser, kind, text):
    """Types as a user does; the URIs of all hits."""
    browser.run("document.getElementById('kind').value = arguments[0];"
                "const text = document.getElementById('text'); text.value = ''; text.focus();", kind)
    browser.run("document.getElementById('text').dispatchEvent(new Event('input'))")
    browser.wait("return document.getElementById('count').textContent === ''")
    begin = time.monotonic()
    browser.keys(*text)
    browser.wait("return document.getElementById('text').value === arguments[0]", text)
    browser.run("document.getElementById('kind').dispatchEvent(new Event('change'))")
    said = browser.wait("return document.getElementById('count').textContent || null")
    took = time.monotonic() - begin
    while browser.run("const more = document.getElementById('more'); const is = !more.hidden; if (is) more.click(); return is"):
        pass
    hits = browser.run("return [...document.querySelectorAll('#hits button > span:first-child')].map(e => e.textContent)")
    same("count of %r in %s" % (text, kind), said, "%s node%s" % (format(len(hits), ","), "" if len(hits) == 1 else "s"))
    return hits, took


def check(browser, page, rows, shots):
    # The browser's own first page has requests of its own.
    browser.open("about:blank")
    time.sleep(0.5)
    browser.logged("performance")
    browser.open(page)
    shown = browser.wait("return performance.getEntriesByName('tree shown')[0]?.startTime ?? null") / 1000
    paint = browser.run("return performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null")
    print("%d nodes: the tree is shown %.3f s after navigation began (first paint %.3f s)" % (NODES, shown, (paint or 0) / 1000))
    if shown > MOST_SECONDS:
        sys.exit("more than %.1f s" % MOST_SECONDS)
    said = browser.run("return document.getElementById('about').textContent")
    objects = sum(row.mo_id is not None for row in rows)
    same("header", said, "Acme & Sons R1 · 10,000 nodes · %d management objects" % objects)
    made = "return document.querySelectorAll('[role=treeitem]').length"
    same("only rows that are opened are made", browser.run(made) < 300, True)
    if shots:
        browser.picture(shots / "tree.png")

    # Searches, by what stands in the rows.
    def expected(test):
        return [visible(row.uri) for row in rows if test(row)]
    for kind, text, test in [
        ("name", "PKGNAME", lambda row: "pkgname" in row.name.lower()),
        ("name", "key0012", lambda row: "key0012" in row.name),
        ("name", "Setting7", lambda row: "setting7" in row.name.lower()),
        ("value", "needle", lambda row: "needle" in (row.value or "")),
        ("value", "of 42", lambda row: "of 42" in (row.value or "")),
        ("value", "w1a2", lambda row: "w1a2" in (row.value or "")),
        ("value", "PkgName", lambda row: False),
        ("mo_id", "urn:oma:mo:oma-fumo:1.0", lambda row: row.mo_id == "urn:oma:mo:oma-fumo:1.0"),
        ("mo_id", "urn:oma:mo:oma-fumo:*", lambda row: (row.mo_id or "").startswith("urn:oma:mo:oma-fumo:")),
        ("mo_id", "scomo", lambda row: "scomo" in (row.mo_id or "")),
        ("all", "fumo", lambda row: any("fumo" in (text or "").lower() for text in row[1:])),
        ("all", "./Apps/app-042", lambda row: row.uri.startswith("./Apps/app-042")),
        ("all", "<script>", lambda row: any("<script>" in (text or "") for text in row[1:])),
    ]:
        hits, took = search(browser, kind, text)
        same("%r in %s" % (text, kind), hits, expected(test))
        print("  search for %r in %s: %d found" % (text, kind, len(hits)))
    if shots:
        search(browser, "mo_id", "urn:oma:mo:oma-fumo:1.0")
        browser.run("document.querySelector('#hits button').click()")
        browser.picture(shots / "search.png")

    # A hit leads to its row, however deep, and to what the row is about.
    needle = next(row for row in rows if row.name == "Bottom")
    search(browser, "value", "needle")
    browser.run("document.querySelector('#hits button').click()")
    chosen = "return document.querySelector('[aria-selected=true] > .row > .name').textContent"
    same("selected by a click", browser.run(chosen), "Bottom")
    same("its URI", browser.run("return document.getElementById('uri').textContent"), needle.uri)
    same("its value", browser.run("return document.querySelector('#properties pre').textContent"), needle.value)
    inside = browser.run("const row = document.querySelector('[aria-selected=true] > .row').getBoundingClientRect(),"
                         "box = document.getElementById('left').getBoundingClientRect();"
                         "return row.top >= box.top && row.bottom <= box.bottom")
    same("scrolled to", inside, True)
    wide = [row for row in rows if row.uri.startswith("./Wide/")]
    search(browser, "name", wide[-1].name)
    browser.run("document.querySelector('#hits button').click()")
    same("last of many", browser.run(chosen), wide[-1].name)
    search(browser, "name", "key00000")

    # Keys: Escape leaves the search, the rest walks.
    browser.keys(ESCAPE)
    same("search cleared", browser.run("return document.getElementById('text').value"), "")
    browser.keys(HOME)
    same("Home", browser.run(chosen), ".")
    expanded = "return document.querySelector('[aria-selected=true]').getAttribute('aria-expanded')"
    browser.keys(LEFT)
    same("closed", browser.run(expanded), "false")
    browser.keys(RIGHT)
    same("open", browser.run(expanded), "true")
    browser.keys(RIGHT)
    same("first child", browser.run(chosen), "Hostile")
    top = ["Hostile", "FUMO", "level0", "Apps", "Wide"]
    browser.run("for (const row of document.querySelectorAll('#tree > li > ul > li[aria-expanded=true]')) {"
                "row.querySelector('.row').click(); row.querySelector('.row > .twist').click();"
                "if (row.getAttribute('aria-expanded') === 'true') row.querySelector('.row > .twist').click(); }")
    browser.keys(HOME, DOWN)
    for name in top[1:]:
        browser.keys(DOWN)
        same("Down", browser.run(chosen), name)
    browser.keys(UP, UP)
    same("Up", browser.run(chosen), "level0")
    browser.keys(DOWN, RIGHT)
    apps = [row.name for row in rows if row.uri.startswith("./Apps/") and row.uri.count("/") == 2]
    shown = browser.run("return [...document.querySelectorAll('[aria-selected=true] > ul > li > .row > .name')].map(e => e.textContent)")
    same("children", shown, apps)
    browser.keys("/")
    same("/ leads to the search", browser.run("return document.activeElement.id"), "text")
    browser.keys(ESCAPE)

    # All rows there are, opened: each node has one, under its own name.
    opened = browser.run("""
        for (let before = -1; ;) {
          for (const button of document.querySelectorAll('[data-more]')) button.click();
          for (const item of document.querySelectorAll('[aria-expanded=false] > .row > .twist')) item.click();
          const now = document.querySelectorAll('[role=treeitem]').length;
          if (now === before && !document.querySelector('[data-more]')) break;
          before = now;
        }
        return [...document.querySelectorAll('[role=treeitem] > .row > .name')].map(e => e.textContent)""")
    same("rows", opened, [visible(row.name) for row in rows])

    # What would do harm stayed text.
    same("hacked", browser.run("return typeof window.hacked"), "undefined")
    same("elements", browser.run("return document.querySelectorAll('img, svg, iframe, b').length"), 0)
    same("scripts", browser.run("return document.scripts.length"), 2)
    same("values", browser.run("return [...document.querySelectorAll('[role=treeitem][aria-level=\"3\"] > .row > .value')].map(e => e.textContent).slice(0, 2)"),
         [visible(HOSTILE[0]), visible(HOSTILE[0] * 3)])
    same("policy", browser.run("try { document.body.innerHTML = '<b>x</b>'; return 'parsed' } catch (error) { return error.name }"), "TypeError")
    refused = browser.logged("browser")
    same("the console has the refusal of the line above, and nothing else",
         [entry["message"] for entry in refused if "TrustedHTML" not in entry["message"]], [])

    # Nothing was asked of a network.
    asked = []
    for entry in browser.logged("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] in ("Network.requestWillBeSent", "Network.webSocketCreated"):
            asked.append(message["params"].get("request", message["params"])["url"])
    # `data:` holds what it names. A control: the page's own loading is seen here.
    same("requests", [url for url in asked if not url.startswith("data:")], [page])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--omadm", default=os.path.join(os.environ.get("CARGO_TARGET_DIR", "target"), "release", "omadm"))
    parser.add_argument("--shots", type=pathlib.Path)
    arguments = parser.parse_args()
    missing = [package for package, tool in (("chromium", "chromium"), ("chromium-driver", "chromedriver"))
               if not shutil.which(tool)]
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update"], check=False, stdout=subprocess.DEVNULL)
        subprocess.run(["apt-get", "install", "-y", "--no-install-recommends", *missing], check=False,
                       stdout=subprocess.DEVNULL, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})
        missing = [tool for tool in ("chromium", "chromedriver") if not shutil.which(tool)]
    if missing:
        print("skipped: not installed: %s (Debian)" % ", ".join(missing))
        return SKIPPED

    document, rows = generate()
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder, "hostile <b>&.xml")
        source.write_text(document, encoding="utf-8")
        page = pathlib.Path(folder, "page.html")
        with page.open("wb") as out:
            subprocess.run([arguments.omadm, "tree", "--html", str(source)], cwd=ROOT, stdout=out, check=True)
        text = page.read_text(encoding="utf-8")
        same("addresses in the page", re.findall(r"""(?:src|href|action)\s*=\s*["'](?!data:,)[^"']*""", text.split('id="data"')[0]), [])
        print("%d octets of document, %d of page" % (source.stat().st_size, page.stat().st_size))
        for name, flags in (("light", []), ("dark", ["--force-dark-mode", "--blink-settings=preferredColorScheme=0"])):
            profile = pathlib.Path(folder, name)
            profile.mkdir()
            browser = Browser(str(profile), *flags)
            try:
                if name == "light":
                    check(browser, page.as_uri(), rows, arguments.shots)
                else:
                    browser.open(page.as_uri())
                    paper = browser.run("return getComputedStyle(document.body).backgroundColor")
                    same("dark paper", paper, "rgb(20, 23, 27)")
                    if arguments.shots:
                        browser.picture(arguments.shots / "dark.png")
            finally:
                browser.close()
    print("%d checks of the page in Chromium passed" % count)
    return 0


if __name__ == "__main__":
    sys.exit(main())
