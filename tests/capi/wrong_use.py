#!/usr/bin/env python3
"""Writes a C program that uses every function of omadm.h wrongly, one parameter at a time.

    tests/capi/wrong_use.py > wrong_use.c
    tests/capi/wrong_use.py --freed > freed.c

What can be wrong with a parameter follows from its type (`cases`); right values come from `wrong_use.h`, by type, and for what a type does not
say, from `RIGHT` below. A function or type that it has no right value for is an error, so that nothing new goes untested.

A wrong call must return the code that its kind of wrongness has, name the parameter in the error's `subject`, and leave every output as it was.
Of documents the first half is handed in, too, and nothing at all: that the input is wrong is then the answer.

With --freed every function that takes a handle is handed one that was freed, in a program whose `free` does nothing: see freed.h.
"""
import pathlib
import re
import sys

HEADER = pathlib.Path(__file__).resolve().parent.parent.parent / "include" / "omadm.h"

# Right values by function and parameter, where the type and name alone do not tell; "*" is any function, and "=x" what the structure x holds.
RIGHT = {
    ("*", "capacity"): "1",
    ("*", "first"): "0",
    ("*", "command"): "the.command",
    ("*", "item"): "0",
    ("*", "count"): "1",
    ("*", "top"): "OMADM_NO_NODE",
    ("*", "after"): "OMADM_NO_NODE",
    ("omadm_tree_find_mo", "mo_id"): '"urn:oma:mo:oma-dm-devinfo:1.0"',
    ("omadm_tree_octets", "node"): "the.leaf",
    ("omadm_message_chal", "command"): "0",
    ("omadm_message_refs", "command"): "0",
    ("omadm_message_command_meta", "command"): "the.command_with_meta",
    ("omadm_message_item_meta", "command"): "the.command_with_item_meta",
    ("omadm_tree_decode", "data"): "tree_file",
    ("omadm_tree_decode", "len"): "tree_len",
    ("omadm_tree_decode_input", "=input"): "the.tree_input",
    ("omadm_tree_of_item", "message"): "the.tree_message",
    ("omadm_unstable_arrow_share", "from"): "&the.columns",
    ("omadm_tree_of_item", "command"): "the.tree_command",
    ("*", "from_node"): "OMADM_NO_NODE",
    ("*", "before_node"): "OMADM_NO_NODE",
    ("*", "after_node"): "OMADM_NO_NODE",
    ("*", "property"): "OMADM_PROPERTY_TITLE",
    ("*", "is_permanent"): "1",
    ("*", "is_root"): "0",
    ("*", "what"): "OMADM_DIFFERS_ALL",
    ("*", "flags"): "OMADM_UNSTABLE_COLUMNS",
    ("*", "encoding"): "OMADM_XML",
    ("*", "commands"): "OMADM_ACL_GET",
    ("omadm_tree_property", "property"): "OMADM_PROPERTY_FORMAT",
    ("omadm_tree_add", "uri"): '"./New"',
    ("omadm_tree_add_subtree", "uri"): '"./New"',
    ("omadm_tree_add_subtree", "from"): "the.other",
    ("omadm_tree_replace_subtree", "uri"): '"."',
    ("omadm_tree_replace_subtree", "from"): "the.other",
    ("omadm_tree_merge_subtree", "uri"): '"."',
    ("omadm_tree_merge_subtree", "from"): "the.other",
    ("omadm_tree_set_property", "value"): '"New"',
    ("omadm_tree_apply", "before"): "the.other",
    ("omadm_tree_apply", "after"): "the.other",
    ("omadm_schema_decode", "data"): "schema_file",
    ("omadm_schema_decode", "len"): "schema_len",
    ("omadm_schema_add", "data"): "schema_file",
    ("omadm_schema_add", "len"): "schema_len",
    ("omadm_schema_judge", "value"): '(const uint8_t *)"1"',
    ("omadm_schema_judge", "value_len"): "1",
    ("omadm_property_from_name", "name"): '"TStamp"',
    ("omadm_format_from_name", "name"): '"chr"',
    ("*", "encoding"): "OMADM_WBXML",
    ("*", "code"): "200",
    ("*", "place"): "OMADM_IN_HEADER",
    ("*", "syntax"): "OMADM_CHOICES_STANDARD",
    ("omadm_message_alert_events", "message"): "the.alert_message",
    ("omadm_message_alert_events", "command"): "0",
    ("omadm_message_alert_check", "message"): "the.alert_message",
    ("omadm_message_alert_check", "command"): "0",
    ("omadm_message_ui_answer", "message"): "the.alert_message",
    ("omadm_message_ui_answer", "command"): "2",
    ("omadm_message_ui_answer", "code"): "1101",
    ("omadm_package_new", "first_msg_id"): "1",
    ("omadm_provisioning_decode", "data"): "(const uint8_t *)PROVISIONING",
    ("omadm_provisioning_decode", "len"): "sizeof PROVISIONING - 1",
    ("omadm_message_ui_default", "message"): "the.alert_message",
    ("omadm_message_ui_default", "command"): "1",
    ("*", "form"): "OMADM_DATA_TEXT",
    ("*", "max_obj_size"): "OMADM_NONE",
    ("*", "step"): "0",
    ("*", "fits"): "fits",
    ("omadm_splitter_next", "room"): "100",
    ("omadm_splitter_next_where", "context"): "NULL",
    ("omadm_joiner_feed", "command"): "1",
    ("omadm_builder_begin", "kind"): "OMADM_CMD_ATOMIC",
    ("omadm_octets_from_base64", "data"): '(const uint8_t *)"AAEC"',
    ("omadm_octets_from_base64", "len"): "4",
    ("*", "scheme"): "OMADM_SCHEME_MD5",
    ("omadm_message_verify_cred", "message"): "the.client_message",
    ("omadm_message_basic_name", "message"): "the.basic_message",
    ("omadm_message_next_nonce", "command"): "0",
    ("*", "media_type"): "OMADM_MEDIA_DM12",
    ("*", "session_id"): "0x1A",
    ("*", "layout"): "OMADM_UNSTABLE_LAYOUT_RECONSTRUCTED",
    ("*", "skew"): "0",
    ("*", "index"): "0x27",
    ("omadm_unstable_notification13_encode", "=values"): "the.option_right",
    ("*", "carrier"): "OMADM_UNSTABLE_CARRIER_HTTP",
    ("*", "arrival"): "OMADM_NONE",
    ("*", "destination_port"): "OMADM_PUSH_PORT",
    ("*", "source_port"): "49154",
    ("*", "reference"): "0",
    ("*", "reference_bits"): "8",
    ("*", "most"): "140",
    ("*", "identifier"): "0",
    ("*", "now"): "0",
    ("*", "time"): "0",
    ("omadm_unstable_push_payload_of_parts", "headers"): "the.header_lines",
    ("omadm_sms_join", "segments"): "the.pieces",
    ("omadm_sms_join", "segment_count"): "1",
    # A document that cannot be read is no wrong call.
    ("omadm_trees_arrow", "documents"): "the.pieces",
    ("omadm_messages_arrow", "documents"): "the.pieces",
    ("omadm_wsp_payload", "data"): "push_file",
    ("omadm_wsp_payload", "len"): "push_len",
    ("omadm_wsp_decode", "data"): "push_file",
    ("omadm_wsp_decode", "len"): "push_len",
    ("omadm_sms_segment_decode", "data"): "the.segment",
    ("omadm_sms_segment_decode", "len"): "the.segment_len",
    ("omadm_sms_joiner_add", "data"): "the.segment",
    ("omadm_sms_joiner_add", "len"): "the.segment_len",
    ("omadm_cdma_segment_decode", "data"): "the.cdma_segment",
    ("omadm_cdma_segment_decode", "len"): "the.segment_len",
    ("omadm_sms_joiner_add_cdma", "data"): "the.cdma_segment",
    ("omadm_sms_joiner_add_cdma", "len"): "the.segment_len",
    ("omadm_unstable_push_payload", "data"): "the.http",
    ("omadm_unstable_push_payload", "len"): "the.http_len",
    ("omadm_unstable_push_decode", "data"): "the.http",
    ("omadm_unstable_push_decode", "len"): "the.http_len",
    ("omadm_unstable_push_headers", "data"): "the.http",
    ("omadm_unstable_push_headers", "len"): "the.http_len",
    ("omadm_notification_open", "data"): "notification_file",
    ("omadm_notification_open", "len"): "notification_len",
    ("omadm_notification_decode", "data"): "notification_file",
    ("omadm_notification_decode", "len"): "notification_len",
}
# Texts of any content.
TEXTS = {"session_id", "msg_id", "target", "source", "ver_dtd", "ver_proto", "name", "msg_ref", "cmd_ref", "cmd"}
# Numbers that are of an enum.
ENUMS = {"encoding", "place", "kind", "form", "syntax", "flags"}
# Pointers that may be NULL beside omadm_error and omadm_options.
MAY_BE_NULL = {
    ("omadm_message_summary", "encoding"),
    ("omadm_message_summary", "is_final"),
    ("omadm_message_summary", "command_count"),
    ("omadm_message_asks_for_next", "asks"),
    ("omadm_message_asks_for_next", "is_all"),
    ("omadm_package_summary", "next_msg_id"),
    ("omadm_package_summary", "is_complete"),
    ("omadm_provisioning_summary", "encoding"),
    ("omadm_provisioning_summary", "version"),
    ("omadm_provisioning_summary", "part_count"),
    ("omadm_tree_document", "ver_dtd"),
    ("omadm_tree_document", "man"),
    ("omadm_tree_document", "model"),
    ("omadm_builder_ui_alert", "cmd_id"),
    ("omadm_builder_ui_answer", "cmd_id"),
    ("omadm_tree_summary", "node_count"),
    ("omadm_message_verify_cred", "nonce"),
    ("omadm_hmac_header_verify", "nonce"),
    ("omadm_sms_joiner_forget_before", "forgotten"),
    ("omadm_unstable_notification_reason", "language"),
    ("omadm_tree_summary", "root"),
    ("omadm_tree_add", "node"),
    ("omadm_tree_add_subtree", "node"),
    ("omadm_tree_remove_server", "changed"),
    ("omadm_tree_compact", "octets"),
    ("omadm_tree_rights_below", "nodes"),
    ("omadm_schema_summary", "node_count"),
    ("omadm_schema_summary", "document_count"),
    ("omadm_findings_summary", "count"),
    ("omadm_findings_summary", "is_complete"),
    ("omadm_splitter_summary", "size"),
    ("omadm_splitter_summary", "remaining"),
    ("omadm_splitter_next_where", "context"),
    ("omadm_builder_begin", "cmd_id"),
    ("omadm_builder_command", "cmd_id"),
    ("omadm_builder_results", "cmd_id"),
    ("omadm_builder_status", "cmd_id"),
}
# Functions whose right call answers something else than OMADM_OK.
ANSWERS = {
    "omadm_tree_commit": "OMADM_E_STATE",
    "omadm_tree_roll_back": "OMADM_E_STATE",
    "omadm_builder_end": "OMADM_E_STATE",
    "omadm_joiner_give_up": "OMADM_NOT_FOUND",
    "omadm_joiner_octets": "OMADM_NOT_FOUND",
    "omadm_message_command_source": "OMADM_NOT_FOUND",
    "omadm_message_item_source": "OMADM_NOT_FOUND",
}
# Numbers that are no node of this tree: of another generation, of a node that was deleted, of a node of another tree.
STALE = {"stale": "(the.root + ((omadm_node)7 << 32))", "deleted": "the.deleted", "of another tree": "the.foreign"}
# Octets that are no document.
ANY_OCTETS = {"body", "value", "nonce", "push", "sender", "nonces", "a1", "mac", "left", "right", "segments"}
# Where the first half of a document, or none of it, is an input, too.
CUT = {
    # The beginning tells.
    "omadm_detect": ("OMADM_OK", None),
    # Only the place is looked for in it.
    "omadm_error_describe": ("OMADM_OK", "OMADM_OK"),
    # The rest may come.
    "omadm_feeder_feed": ("OMADM_OK", "OMADM_OK"),
    # Four letters: two of them are one octet, and none is none.
    "omadm_octets_from_base64": ("OMADM_OK", "OMADM_OK"),
    # It has read the header; omadm_reader_next finds the end.
    "omadm_reader_open": ("OMADM_OK", None),
    "omadm_reader_open_input": ("OMADM_OK", None),
    # Any octets are an object.
    "omadm_splitter_new": ("OMADM_OK", "OMADM_OK"),
    # The body is what follows the header.
    "omadm_wsp_decode": ("OMADM_OK", None),
    "omadm_wsp_payload": ("OMADM_OK", None),
}
# Octets that are copied, or of which something larger is made: a length beyond all memory is refused before that. It is not tried where octets are only
# read, from the first on: no function can know that they are not there.
TOO_LARGE = {
    "data": "OMADM_E_INPUT_TOO_LARGE",
    "sender": "OMADM_E_INPUT_TOO_LARGE",
    "input": "OMADM_E_INPUT_TOO_LARGE",
    ("omadm_nonce_to_base64", "nonce"): "OMADM_E_INPUT_TOO_LARGE",
    ("omadm_unstable_notification_open", "payload"): "OMADM_E_INPUT_TOO_LARGE",
    ("omadm_wsp_encode", "fields"): "OMADM_E_INPUT_TOO_LARGE",
    ("omadm_unstable_push_encode", "fields"): "OMADM_E_INPUT_TOO_LARGE",
    # What is no segment, or does not fit into 255 of them.
    ("omadm_sms_segment_decode", "data"): "OMADM_E_PUSH_SEGMENT_SIZE",
    ("omadm_cdma_segment_decode", "data"): "OMADM_E_PUSH_SEGMENT_SIZE",
    ("omadm_sms_joiner_add", "data"): "OMADM_E_PUSH_SEGMENT_SIZE",
    ("omadm_sms_joiner_add_cdma", "data"): "OMADM_E_PUSH_SEGMENT_SIZE",
    ("omadm_sms_split", "push"): "OMADM_E_PUSH_SEGMENT_SIZE",
    ("omadm_cdma_split", "push"): "OMADM_E_PUSH_SEGMENT_SIZE",
    ("omadm_feeder_feed", "data"): "OMADM_E_LIMIT_BUFFER",
    # Read in place.
    ("omadm_notification_decode", "data"): None,
    ("omadm_notification_open", "data"): None,
    ("omadm_unstable_push_decode", "data"): None,
    ("omadm_unstable_push_headers", "data"): None,
    ("omadm_unstable_push_payload", "data"): None,
    ("omadm_wsp_decode", "data"): None,
    ("omadm_wsp_payload", "data"): None,
    ("omadm_error_describe", "input"): None,
}


class Parameter:
    def __init__(self, text):
        text = text.replace("struct ", "").strip()
        match = re.fullmatch(r"(const )?(\w+)\s*(\**)\s*(\w+)", text)
        if not match:
            sys.exit(f"wrong_use.py cannot read the parameter {text!r}")
        self.is_const, self.type, self.stars, self.name = bool(match[1]), match[2], len(match[3]), match[4]

    def __repr__(self):
        return f"{self.type}{'*' * self.stars} {self.name}"


def read_header():
    text = re.sub(r"/\*.*?\*/", "", HEADER.read_text(), flags=re.S)
    structures = set()
    for name, body in re.findall(r"typedef struct (\w+) \{(.*?)\} \w+;", text, flags=re.S):
        if re.match(r"\s*uint32_t struct_size;", body):
            structures.add(name)
    handles = set(re.findall(r"typedef struct (\w+) \1;", text))
    functions = {}
    for result, name, parameters in re.findall(r"^([\w ]+?[\w*]) ?\*?(omadm_\w+)\(([^;{}]*)\);", text, flags=re.M):
        parameters = [] if parameters.strip() == "void" else [Parameter(part) for part in parameters.split(",")]
        functions[name] = (result.strip(), parameters)
    return structures, handles, functions


class Function:
    """One function: how it is called rightly, and what can be wrong."""

    def __init__(self, name, parameters, structures, handles):
        self.name, self.parameters, self.structures, self.handles = name, parameters, structures, handles

    def is_structure(self, parameter):
        return parameter.stars == 1 and parameter.type in self.structures

    def is_handle(self, parameter):
        return parameter.stars == 1 and parameter.type in self.handles

    def is_output(self, parameter):
        return parameter.stars == 2 or parameter.stars == 1 and not parameter.is_const and not self.is_handle(parameter)

    def array_of(self, index):
        """The array whose capacity, size of elements or length this parameter says."""
        parameter = self.parameters[index]
        if parameter.type != "size_t" or parameter.stars:
            return None
        for before in self.parameters[max(index - 2, 0):index][::-1]:
            if before.stars and parameter.name in (f"{before.name}_len", "len", "element_size", "capacity", "count"):
                return before
        return None

    def right(self, index):
        """What declares and sets a right value for a parameter, and the value."""
        parameter, array = self.parameters[index], self.array_of(index)
        kind, name = parameter.type, parameter.name
        chosen = RIGHT.get((self.name, name)) or (not parameter.stars and RIGHT.get(("*", name)))
        if chosen:
            return "", chosen
        if name == "error":
            return "", "&error"
        if parameter.stars == 2:
            const = "const " if parameter.is_const else ""
            return f"{const}{kind} *p_{name}; memset(&p_{name}, 0xA5, sizeof p_{name});", f"&p_{name}"
        if self.is_handle(parameter):
            return "", f"the.{kind.removeprefix('omadm_')}"
        if kind.startswith("Arrow"):
            return f"struct {kind} p_{name}; memset(&p_{name}, 0xA5, sizeof p_{name});", f"&p_{name}"
        if kind == "omadm_buffer":
            return "omadm_buffer p_%s = OMADM_BUFFER_INIT;" % name, f"&p_{name}"
        if self.is_structure(parameter) and parameter.is_const:
            value = RIGHT.get((self.name, "=" + name), f"the.{kind.removeprefix('omadm_')}_right")
            return f"{kind} p_{name}[2] = {{{value}, {value}}}; (void)p_{name};", f"&p_{name}[0]"
        if self.is_structure(parameter):
            is_array = any(self.array_of(other) is parameter for other in range(len(self.parameters)))
            declare = f"{kind} p_{name}[2]; memset(p_{name}, 0xA5, sizeof p_{name}); p_{name}[0].struct_size = sizeof p_{name}[0];"
            return declare, f"p_{name}" if is_array else f"&p_{name}[0]"
        if parameter.stars == 1 and parameter.is_const and kind == "char" and name in TEXTS:
            return "", '"text"'
        if parameter.stars == 1 and parameter.is_const:
            return "", f"the.{name}"
        if parameter.stars == 1:
            size = 16384 if kind in ("char", "uint8_t") else 2
            return f"{kind} p_{name}[{size}]; memset(p_{name}, 0xA5, sizeof p_{name});", f"p_{name}"
        if name == "element_size":
            return "", f"sizeof p_{array.name}[0]"
        if name == "capacity":
            return "", "1"
        if array is not None and self.is_output(array):
            return "", f"sizeof p_{array.name}"
        if array is not None and array.type == "char":
            return "", "OMADM_NUL"
        if kind == "omadm_node":
            return "", "the.root"
        if kind == "omadm_schema_node":
            return "", "the.described"
        return "", f"the.{name}"

    def cases(self):
        """What is wrong, what brings it about (an index and a value for it, or a statement), the code, and whom the error names."""
        for index, parameter in enumerate(self.parameters):
            name, array = parameter.name, self.array_of(index)
            if name == "error":
                yield "no error", (index, "NULL"), None, None
                # Nothing is done where nothing could be told.
                yield "error of size 0", "error.struct_size = 0;", "no error", None
                yield "error not aligned", (index, "(omadm_error *)(void *)((char *)&error + 1)"), "no error", None
                continue
            if parameter.stars and (name == "options" and parameter.is_const or (self.name, name) in MAY_BE_NULL):
                yield f"{name} left out", (index, "NULL"), None, None
            elif parameter.stars:
                yield f"{name} NULL", (index, "NULL"), "OMADM_E_NULL", name
            if self.is_handle(parameter):
                not_a_handle = f"({parameter.type} *)(void *)the.not_a_handle"
                yield f"{name} another thing", (index, not_a_handle), "OMADM_E_HANDLE", name
                other = "builder" if parameter.type == "omadm_feeder" else "feeder"
                yield f"{name} of another kind", (index, f"({parameter.type} *)(void *)the.{other}"), "OMADM_E_HANDLE", name
                yield f"{name} not aligned", (index, not_a_handle.replace("the.", "((char *)the.") + " + 1)"), "OMADM_E_HANDLE", name
            is_array = any(self.array_of(other) is parameter for other in range(len(self.parameters)))
            if self.is_structure(parameter) and not is_array:
                at = f"p_{name}" if parameter.type == "omadm_buffer" else f"p_{name}[0]"
                for size in ("0", "4", "0xFFFFFFFF"):
                    yield f"{name} of size {size}", f"{at}.struct_size = {size};", "OMADM_E_STRUCT_SIZE", name
            if parameter.type == "omadm_node" and not parameter.stars:
                # Of the tree that is the source there is one number of each kind.
                for what, node in list(STALE.items())[: 1 if name == "from_node" else None]:
                    yield f"{name} {what}", (index, node), "OMADM_E_STALE_NODE", name
                if RIGHT.get(("*", name)) != "OMADM_NO_NODE":
                    yield f"{name} none", (index, "OMADM_NO_NODE"), "OMADM_E_STALE_NODE", name
            if parameter.type == "omadm_schema_node" and not parameter.stars:
                yield f"{name} that is not there", (index, "UINT64_MAX"), "OMADM_E_STALE_NODE", name
                if RIGHT.get(("*", name)) != "OMADM_NO_NODE":
                    yield f"{name} none", (index, "0"), "OMADM_E_STALE_NODE", name
            if parameter.type == "uint32_t" and not parameter.stars and name in ENUMS:
                yield f"{name} of nothing", (index, "99"), "OMADM_E_ARGUMENT", name
            if parameter.type == "size_t" and name == "first":
                # There is nothing so far on: none is given.
                yield "first beyond all", (index, "SIZE_MAX"), "OMADM_OK", None
            if name == "element_size":
                for size in ("0", "4", "SIZE_MAX"):
                    yield f"{name} {size}", (index, size), "OMADM_E_STRUCT_SIZE", array.name
                yield f"{name} not aligned", (index, f"sizeof p_{array.name}[0] + 1"), "OMADM_E_ARGUMENT", array.name
            elif array is not None and name in ("capacity", "count"):
                yield f"{name} that cannot be", (index, "SIZE_MAX / 2 + 1"), "OMADM_E_ARGUMENT", array.name
            elif array is not None and array.type == "uint8_t" and array.is_const:
                yield f"{name} that cannot be", (index, "SIZE_MAX / 2 + 1"), "OMADM_E_ARGUMENT", array.name
            elif array is not None and self.is_output(array):
                yield f"{name} too short", (index, "0"), "OMADM_BUFFER_TOO_SMALL", array.name

    def cut(self):
        """The first half of a document, and nothing of it. The answer is a code of the input, unless CUT says another."""
        for index, parameter in enumerate(self.parameters):
            if not parameter.is_const or parameter.stars != 1 or parameter.name in ANY_OCTETS:
                continue
            if parameter.type == "omadm_input":
                changes = ("p_input[0].len /= 2;", "p_input[0].len = 0;", "p_input[0].data = NULL; p_input[0].len = 0;")
            elif parameter.type == "uint8_t":
                length = self.right(index + 1)[1]
                changes = ((index + 1, f"{length} / 2"), (index + 1, "0"), {index: "NULL", index + 1: "0"})
            else:
                continue
            answers = CUT.get(self.name, (None, None))
            for what, change, answer in zip(("cut off", "empty", "NULL and empty"), changes, (*answers, answers[1])):
                yield f"{parameter.name} {what}", change, answer or "input", None

    def too_large(self):
        """Lengths beyond all memory."""
        for index, parameter in enumerate(self.parameters):
            name = parameter.name
            code = TOO_LARGE.get((self.name, name), TOO_LARGE.get(name))
            if code is None or not parameter.is_const or parameter.stars != 1:
                continue
            member = {"omadm_input": "len", "omadm_push_payload": "body.len", "omadm_push_fields": "body.len"}.get(parameter.type)
            if member:
                yield f"{name} too large", f"p_{name}[0].{member} = SIZE_MAX >> 19;", code, None
            elif parameter.type == "uint8_t":
                yield f"{name} too large", (index + 1, "SIZE_MAX >> 19"), code, None

    def freed(self):
        for index, parameter in enumerate(self.parameters):
            if self.is_handle(parameter):
                handle = self.right(index)[1]
                is_twice = sum(self.right(other)[1] == handle for other in range(len(self.parameters))) > 1
                whom = None if is_twice else parameter.name
                yield f"{parameter.name} freed", f"{parameter.type}_free({handle});", "OMADM_E_HANDLE", whom

    def write(self, out, cases):
        out.append(f"static void use_{self.name}(void) {{")
        for what, change, code, subject in cases:
            rights = [self.right(index) for index in range(len(self.parameters))]
            values = [value for _, value in rights]
            for index, value in change.items() if isinstance(change, dict) else [change] if isinstance(change, tuple) else []:
                values[index] = value
            out.append("    {")
            # In C99 declarations may follow statements.
            out.append("        setup();")
            out.append("        omadm_error error = OMADM_ERROR_INIT;")
            out.append("        omadm_rc rc;")
            out.extend(f"        {declare}" for declare, _ in rights if declare)
            if isinstance(change, str):
                out.append(f"        {change}")
            out.append(f"        rc = {self.name}({', '.join(values)});")
            label = f'"{self.name}: {what}"'
            if code in (None, "OMADM_OK"):
                answer, code = code or ANSWERS.get(self.name, "OMADM_OK"), None
                out.append(f"        right({label}, rc, {answer}, &error);")
            elif code == "no error":
                expected = "OMADM_E_STRUCT_SIZE" if isinstance(change, str) else "OMADM_E_ARGUMENT"
                out.append(f"        untold({label}, rc, {expected}, &error);")
            elif code == "input":
                out.append(f"        refused({label}, rc, &error);")
            else:
                quoted = f'"{subject}"' if subject else "NULL"
                out.append(f"        wrong({label}, rc, {code}, &error, {quoted});")
            for index, parameter in enumerate(self.parameters):
                name = parameter.name
                if not self.is_output(parameter) or name == "error" or not rights[index][0]:
                    continue
                if parameter.type == "omadm_buffer":
                    out.append(f"        {'p_%s.struct_size = sizeof p_%s; ' % (name, name)}omadm_buffer_free(&p_{name});")
                elif code is None and parameter.type.startswith("Arrow"):
                    out.append(f"        p_{name}.release(&p_{name});")
                elif code is None and parameter.stars == 2 and not parameter.is_const and values[index] != "NULL" and answer == "OMADM_OK":
                    out.append(f"        {parameter.type}_free(p_{name});")
                elif code is not None and not (code == "OMADM_BUFFER_TOO_SMALL" and name == "length"):
                    skip = 4 if self.is_structure(parameter) else 0
                    out.append(f"        untouched({label}, &p_{name}, sizeof p_{name}, {skip});")
            out.append("        teardown();")
            out.append("    }")
        out.append("}")
        return len(cases)


def main():
    is_freed = sys.argv[1:] == ["--freed"]
    structures, handles, functions = read_header()
    out = ['/* Made by wrong_use.py. */', f'#include "{"freed" if is_freed else "wrong_use"}.h"', ""]
    calls, frees, cases = [], [], 0
    for name, (result, parameters) in sorted(functions.items()):
        function = Function(name, parameters, structures, handles)
        chosen = list(function.freed()) if is_freed else [("as it should be", None, None, None), *function.cases(), *function.cut(), *function.too_large()]
        if name.endswith("_free"):
            frees.append(name)
        elif result == "omadm_rc" and chosen:
            cases += function.write(out, chosen)
            calls.append(f"    use_{name}();")
    out.append("int main(void) {")
    out.extend(calls)
    out.extend(["    other_handles();"] if is_freed else [f"    {name}(NULL);" for name in frees])
    out.append("    return outcome();\n}")
    print("\n".join(out))
    print(f"{len(calls)} functions, {cases} calls", file=sys.stderr)


main()
