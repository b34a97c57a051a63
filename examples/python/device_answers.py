"""What did the devices answer? Status codes by URI, from a folder of captured messages, as a page and a picture.

    python examples/python/device_answers.py FOLDER [OUT]

reads every file of FOLDER, SyncML in XML or WBXML, of servers and of devices, and writes OUT/answers.html, and OUT/answers.png where matplotlib is
installed. Each part between two lines of `# %%` is a cell for notebooks. What is no message is told and does not stop the rest.
"""

# %% What is needed: omadm, and matplotlib for the picture.
import collections
import html
import pathlib
import sys

import omadm

# %% Read all messages at once: a row for each item of a command, or for a command without items.


def read(folder):
    """The rows of all messages, and what could not be read, as lists by column."""
    files = {file.name: file.read_bytes() for file in sorted(pathlib.Path(folder).iterdir()) if file.is_file()}
    frame = omadm.frame.commands(files)
    return frame.columns(), frame.error_columns()


# %% A Status says which command of which message it answers: that command names the node.


def by_uri(rows):
    """How often each status code was answered, by the URI that was asked for: {uri: Counter({code: count})}."""
    keys = zip(rows["session_id"], rows["msg_id"], rows["cmd_id"])
    asked = collections.defaultdict(list)
    for key, kind, target, source in zip(keys, rows["kind"], rows["target"], rows["source"]):
        if kind != "Status" and (target or source):
            asked[key].append(target or source)
    answers = collections.defaultdict(collections.Counter)
    columns = zip(rows["kind"], rows["session_id"], rows["msg_ref"], rows["cmd_ref"], rows["cmd"], rows["code"])
    for kind, session, msg_ref, cmd_ref, cmd, code in columns:
        if kind == "Status" and code is not None:
            # The header of a message is answered, too; and messages may have been lost.
            for uri in asked.get((session, msg_ref, cmd_ref)) or ["(%s)" % cmd]:
                answers[uri][code] += 1
    return dict(answers)


# %% A page that needs nothing else: a bar for each URI, with a part for each code.

COLOURS = {2: "#3a7d44", 3: "#4a6fa5", 4: "#c8553d", 5: "#7a2e2e"}


def page(answers, errors):
    """The page, as text."""
    most = max((sum(counts.values()) for counts in answers.values()), default=1)
    out = ["<!DOCTYPE html><html lang='en'><meta charset='utf-8'><title>What devices answered</title>"]
    out.append("<style>body{font:15px sans-serif;margin:2em}td{padding:2px 1em 2px 0}i{display:inline-block;height:1em}</style>")
    out.append("<h1>What devices answered</h1><table>")
    for uri, counts in sorted(answers.items()):
        bar = "".join(
            "<i style='width:%.1fem;background:%s' title='%s'></i>"
            % (20 * count / most, COLOURS.get(code // 100, "#888"), html.escape("%d × %d %s" % (count, code, omadm.status_name(code))))
            for code, count in sorted(counts.items())
        )
        said = ", ".join("%d × %d %s" % (count, code, omadm.status_name(code)) for code, count in sorted(counts.items()))
        out.append("<tr><td>%s<td>%s<td>%s" % (html.escape(uri), bar, html.escape(said)))
    out.append("</table>")
    if errors["document"]:
        out.append("<h2>Not read</h2><ul>")
        for name, message, offset in zip(errors["document"], errors["message"], errors["offset"]):
            out.append("<li>%s: %s, at byte %d" % (html.escape(name), html.escape(message), offset))
        out.append("</ul>")
    return "\n".join(out) + "\n"


# %% The same as a picture.


def picture(answers, file):
    """Writes the picture; False where matplotlib is not installed."""
    try:
        import matplotlib
    except ImportError:
        return False
    matplotlib.use("Agg")
    from matplotlib import pyplot

    uris = sorted(answers, reverse=True)
    figure, axes = pyplot.subplots(figsize=(10, 1 + 0.35 * len(uris)))
    left = [0] * len(uris)
    for code in sorted({code for counts in answers.values() for code in counts}):
        widths = [answers[uri][code] for uri in uris]
        axes.barh(uris, widths, left=left, label="%d %s" % (code, omadm.status_name(code)))
        left = [start + width for start, width in zip(left, widths)]
    axes.set_xlabel("answers")
    axes.legend(loc="lower right")
    figure.tight_layout()
    figure.savefig(file)
    pyplot.close(figure)
    return True


# %% All of it.


def main(folder, out="."):
    rows, errors = read(folder)
    answers = by_uri(rows)
    out = pathlib.Path(out)
    (out / "answers.html").write_text(page(answers, errors), encoding="utf-8")
    drawn = picture(answers, out / "answers.png")
    for uri, counts in sorted(answers.items()):
        print(uri, ", ".join("%d: %d" % each for each in sorted(counts.items())), sep="\t")
    print("%d messages, %d not read; wrote answers.html%s" % (
        len(set(rows["document"])), len(errors["document"]), " and answers.png" if drawn else ""))  # fmt: skip


if __name__ == "__main__":
    main(*sys.argv[1:] or sys.exit(__doc__))
