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

# %% Read all messages.


def read(folder):
    """All messages, and what could not be read: names with the error of each."""
    messages, errors = [], {}
    for file in sorted(pathlib.Path(folder).iterdir()):
        if file.is_file():
            try:
                messages.append(omadm.Message.decode(file.read_bytes()))
            except omadm.Error as error:
                errors[file.name] = error
    return messages, errors


# %% A Status says which command of which message it answers: that command names the nodes.


def by_uri(messages):
    """How often each status code was answered, by the URI that was asked for: {uri: Counter({code: count})}."""
    headers = [message.header for message in messages]
    # Devices begin each session's message numbers anew, as servers do: a message is known by its device, too. Who aims at nodes is a server.
    asked, servers = {}, set()
    for header, message in zip(headers, messages):
        for command in message:
            uris = [item.target for item in command.items if item.target]
            if uris and command.name not in ("Status", "Results", "Alert"):
                servers.add(header.source)
                asked[header.target, header.session_id, header.msg_id, command.cmd_id] = uris
    answers = collections.defaultdict(collections.Counter)
    for header, message in zip(headers, messages):
        for command in message if header.source not in servers else ():
            if command.name == "Status" and command.code is not None:
                # It may be about some of the nodes only. The header of a message is answered, too; and messages may have been lost.
                some = [uri for is_target, uri in command.refs if is_target and command.cmd != "SyncHdr"]
                all_of_it = asked.get((header.source, header.session_id, command.msg_ref, command.cmd_ref))
                for uri in some or all_of_it or ["(%s)" % command.cmd]:
                    answers[uri][command.code] += 1
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
    if errors:
        out.append("<h2>Not read</h2><ul>")
        for name, error in errors.items():
            out.append("<li>%s: %s" % (html.escape(name), html.escape(str(error))))
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
    messages, errors = read(folder)
    answers = by_uri(messages)
    out = pathlib.Path(out)
    (out / "answers.html").write_text(page(answers, errors), encoding="utf-8")
    drawn = picture(answers, out / "answers.png")
    for uri, counts in sorted(answers.items()):
        print(uri, ", ".join("%d: %d" % each for each in sorted(counts.items())), sep="\t")
    print("%d messages, %d not read; wrote answers.html%s" % (
        len(messages), len(errors), " and answers.png" if drawn else ""))  # fmt: skip


if __name__ == "__main__":
    main(*sys.argv[1:] or sys.exit(__doc__))
