#!/usr/bin/env python3
"""`omadm show --json` before the SyncML Reference Toolkit: what both read in messages, field by field.

    python3 tests/tools/oracle_smltk.py OMADM FILE...

The toolkit as Debian builds it is one for data synchronisation. Left out is what it does not have, found with
3.4.0.47.5: Atomic, Sequence and Exec (it calls a parser that was not compiled in, and crashes), Correlator, Results without CmdRef, other
commands than DM's; trees inline in Data, which it refuses, are for the caller to leave out. Where show prints a tree, the toolkit has a
value, and where the toolkit reads elements or a document in Data, show has their octets: there is no more to compare then.
"""
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
COMPARED = ("command", "depth", "CmdID", "MsgRef", "CmdRef", "Cmd", "TargetRef", "SourceRef", "Chal", "Meta", "Data", "items")
META = ("Format", "Type", "Mark", "Size", "Version", "NextNonce", "MaxMsgSize", "MaxObjSize")


def lacks(message):
    """Why the toolkit is not asked."""
    for command in message["commands"]:
        if command["command"] in ("Atomic", "Sequence", "Exec"):
            return "Atomic, Sequence or Exec"
        if "Correlator" in command:
            return "Correlator"
        if command["command"] == "Results" and "CmdRef" not in command:
            return "Results without CmdRef"
        if "content" in command:
            return "other commands"
    return None


def by_omadm(omadm, names):
    run = subprocess.run([omadm, "show", "--json", *names], capture_output=True, text=True)
    if run.returncode:
        sys.exit(run.stderr.strip())
    return {message["file"]: message for message in map(json.loads, run.stdout.splitlines()) if message["kind"] == "SyncML"}


def by_toolkit(names):
    """What a child reads; a crash is one document's."""
    found, rest = {}, list(names)
    while rest:
        run = subprocess.run([sys.executable, os.path.join(HERE, "smltk.py"), *rest], capture_output=True, text=True, errors="replace")
        # It says what it does not like on the same output.
        lines = [line for line in run.stdout.splitlines() if line.startswith("{")]
        found.update(zip(rest, map(json.loads, lines)))
        rest = rest[len(lines):]
        if rest:
            if run.returncode >= 0:
                sys.exit("smltk.py: %s: %s" % (rest[0], run.stderr.strip().splitlines()[-1]))
            found[rest.pop(0)] = {"error": "crashed by signal %d" % -run.returncode}
    return found


def said(fields, names):
    return {name: fields[name] for name in names if fields.get(name) not in (None, {}, [])}


def part(fields):
    """An item, in what both print."""
    fields = dict(fields)
    if "Meta" in fields:
        fields["Meta"] = said(fields["Meta"], META)
    return said(fields, ("Target", "Source", "Meta", "Data", "MoreData"))


def common(message):
    header = dict(message["SyncHdr"])
    if "Meta" in header:
        header["Meta"] = said(header["Meta"], META)
    header = said(header, ("VerDTD", "VerProto", "SessionID", "MsgID", "Target", "Source", "RespURI", "Cred", "Meta"))
    commands = []
    for command in message["commands"]:
        command = said(command, COMPARED)
        for meta in ("Meta", "Chal"):
            if meta in command:
                command[meta] = said(command[meta], META)
        command["items"] = [part(item) for item in command.get("items", [])]
        commands.append(command)
    return {"SyncHdr": header, "commands": commands, "Final": message["Final"]}


def compare(ours, theirs):
    """Differences, as texts."""
    if "error" in theirs:
        return ["the toolkit refuses it: " + theirs["error"]]
    trees = [["tree" in item for item in command.get("items", [])] for command in ours["commands"]]
    ours, theirs = common(ours), common(theirs)
    for flags, one, other in zip(trees, ours["commands"], theirs["commands"]):
        for is_tree, item, its in zip(flags, one["items"], other["items"]):
            data = its.get("Data")
            if is_tree and data or isinstance(data, dict) and "elements" in data and item.get("Data"):
                item["Data"] = data
    differences = [name for name in ("SyncHdr", "Final") if ours[name] != theirs[name]]
    if len(ours["commands"]) != len(theirs["commands"]):
        differences.append("%d commands instead of %d" % (len(theirs["commands"]), len(ours["commands"])))
    for one, other in zip(ours["commands"], theirs["commands"]):
        differences += ["%s %s: %r, by the toolkit %r" % (one["command"], name, one.get(name), other.get(name))
                        for name in COMPARED if one.get(name) != other.get(name)]
    return differences


def main(arguments):
    omadm, names = arguments[0], arguments[1:]
    ours, skipped = by_omadm(omadm, names), {}
    for name, message in ours.items():
        why = lacks(message)
        if why:
            skipped.setdefault(why, []).append(name)
    asked = [name for name in ours if not any(name in names for names in skipped.values())]
    theirs = by_toolkit(asked)
    failed, commands = False, 0
    for name in asked:
        for difference in compare(ours[name], theirs[name]):
            failed = True
            print("%s: %s" % (name, difference))
        commands += len(ours[name]["commands"])
    print("smltk: %d messages, %d commands as omadm shows them; not asked: %s"
          % (len(asked), commands, ", ".join("%d for %s" % (len(names), why) for why, names in sorted(skipped.items())) or "none"))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
