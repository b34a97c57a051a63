//! The numbers that functions return.
//!
//! Numbers from 101 on are those of [`ErrorKind`](crate::ErrorKind), kind by kind: a test compares the two lists. They are never
//! given to something else; a number that is no longer used stays here as a comment.

/// What a function returns: `OMADM_OK` (0), or why it did nothing.
///
/// 1 to 9 are answers rather than faults; 10 to 99 say that a call was wrong; from 101 on an input was: 1xx any input, 2xx limits, 3xx XML,
/// 4xx WBXML, 5xx SyncML, 6xx trees and descriptions, 7xx package #0 and its carriers, 8xx authentication. Numbers are fixed for
/// good; new ones may come, so a `switch` needs its `default`.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum omadm_code {
    /// Done.
    OMADM_OK = 0,
    /// There is no more: the end of what is read piece by piece. Outputs are untouched.
    OMADM_END = 1,
    /// What was asked for is not there. Outputs are untouched.
    OMADM_NOT_FOUND = 2,
    /// The memory that the caller gave is too small. The length that is needed was stored; all other outputs are untouched.
    OMADM_BUFFER_TOO_SMALL = 3,
    /// Not authentic: made with another secret or nonce, or changed on its way. What is refused is not carried out. Outputs are untouched.
    OMADM_REFUSED = 4,
    /// Not authentic: credentials of another scheme than was asked for, or of one that this library does not compute. Outputs are untouched.
    OMADM_ANOTHER_SCHEME = 5,

    /// A required argument is NULL.
    OMADM_E_NULL = 10,
    /// An argument that no such argument may be: a number that stands for nothing, a length that cannot be, a pointer that is not aligned.
    OMADM_E_ARGUMENT = 11,
    /// A `struct_size`, or a size of elements, that no version of this structure has: it was not set, or is below that of the first version.
    OMADM_E_STRUCT_SIZE = 12,
    /// Not a handle of this kind, or one that was freed. This is noticed by chance only: memory that was freed may hold anything.
    OMADM_E_HANDLE = 13,
    /// A node that is not in this tree any more, or never was.
    OMADM_E_STALE_NODE = 14,
    /// A handle that is in use by a call that has not returned, or one in which a call failed by a fault of this library
    /// (`OMADM_E_PANIC`): it can only be freed.
    OMADM_E_BUSY = 15,
    /// A fault of this library, stopped before it reached the caller. Please report it.
    OMADM_E_PANIC = 16,
    /// A call in a state in which it cannot be made, such as the end of a container that was not begun.
    OMADM_E_STATE = 17,

    /// The input ends too early.
    OMADM_E_UNEXPECTED_END = 101,
    /// Not a known document: expected package #0, SyncML, TNDS, DDF, DevInf or client provisioning.
    OMADM_E_UNKNOWN_FORMAT = 102,
    /// The input is larger than 4 GiB.
    OMADM_E_INPUT_TOO_LARGE = 103,
    /// Not valid UTF-8.
    OMADM_E_INVALID_UTF8 = 104,
    /// Unsupported charset: expected UTF-8, US-ASCII or ISO-8859-1.
    OMADM_E_UNSUPPORTED_CHARSET = 105,
    /// A character that is not allowed here.
    OMADM_E_INVALID_CHARACTER = 106,
    /// Content after the end of the document.
    OMADM_E_TRAILING_DATA = 107,
    /// Not valid base64.
    OMADM_E_INVALID_BASE64 = 108,
    /// No root element.
    OMADM_E_NO_ROOT = 109,
    /// An octet that the charset does not have.
    OMADM_E_NOT_IN_CHARSET = 110,
    /// Too many elements inside each other (limit: depth).
    OMADM_E_LIMIT_DEPTH = 201,
    /// Too many elements or nodes (limit: elements).
    OMADM_E_LIMIT_ELEMENTS = 202,
    /// Too many attributes on one element (limit: attributes).
    OMADM_E_LIMIT_ATTRIBUTES = 203,
    /// Too many namespace declarations in force (limit: namespaces).
    OMADM_E_LIMIT_NAMESPACES = 204,
    /// A name is too long (limit: name).
    OMADM_E_LIMIT_NAME = 205,
    /// A text is too long (limit: text).
    OMADM_E_LIMIT_TEXT = 206,
    /// The string table is too long (limit: string_table).
    OMADM_E_LIMIT_STRING_TABLE = 207,
    /// The document expands to too much text (limit: expansion).
    OMADM_E_LIMIT_EXPANSION = 208,
    /// The output is too long (limit: output).
    OMADM_E_LIMIT_OUTPUT = 209,
    /// A command is too long to be held until it is complete (limit: buffer).
    OMADM_E_LIMIT_BUFFER = 210,
    /// A fed message has too much before its first command (limit: prefix).
    OMADM_E_LIMIT_PREFIX = 211,
    /// Too many segments in a pattern, or in the paths of a query (limit: pattern).
    OMADM_E_LIMIT_PATTERN = 212,
    /// A message in more segments than may be held (limit: segments).
    OMADM_E_LIMIT_SEGMENTS = 213,
    /// Too many header lines (limit: headers).
    OMADM_E_LIMIT_HEADERS = 214,
    /// A start line or header is too long (limit: header).
    OMADM_E_LIMIT_HEADER = 215,
    /// Not well-formed XML.
    OMADM_E_XML_SYNTAX = 301,
    /// An end tag that does not match the open element.
    OMADM_E_XML_END_TAG = 302,
    /// Unknown entity: only amp, lt, gt, quot and apos are expanded.
    OMADM_E_XML_ENTITY = 303,
    /// A character reference to something that is not a character.
    OMADM_E_XML_CHARACTER_REFERENCE = 304,
    /// A bare '&': expected '&amp;' or a reference.
    OMADM_E_XML_BARE_AMPERSAND = 305,
    /// A namespace prefix that is not declared.
    OMADM_E_XML_PREFIX = 306,
    /// A malformed attribute: expected name="value".
    OMADM_E_XML_ATTRIBUTE = 307,
    /// An attribute occurs twice on one element.
    OMADM_E_XML_DUPLICATE_ATTRIBUTE = 308,
    /// Content outside the root element.
    OMADM_E_XML_OUTSIDE_ROOT = 310,
    /// Unsupported WBXML version: expected 1.0 to 1.3.
    OMADM_E_WBXML_VERSION = 401,
    /// Unknown public identifier.
    OMADM_E_WBXML_PUBLIC_ID = 402,
    /// A multi-byte integer of more than 32 bits.
    OMADM_E_WBXML_INTEGER = 403,
    /// The string table reaches past the end of the input.
    OMADM_E_WBXML_STRING_TABLE = 404,
    /// A reference outside the string table.
    OMADM_E_WBXML_STRING_INDEX = 405,
    /// Unknown code page.
    OMADM_E_WBXML_PAGE = 406,
    /// Unknown tag token.
    OMADM_E_WBXML_TAG = 407,
    /// Unknown attribute token.
    OMADM_E_WBXML_ATTRIBUTE = 408,
    /// An opaque block reaches past the end of the input.
    OMADM_E_WBXML_OPAQUE = 409,
    /// An inline string without a terminating zero.
    OMADM_E_WBXML_STRING = 410,
    /// A token that is not allowed here.
    OMADM_E_WBXML_TOKEN = 411,
    /// An entity that is not a character.
    OMADM_E_WBXML_ENTITY = 412,
    /// A literal that is not a name.
    OMADM_E_WBXML_LITERAL = 413,
    /// Not a SyncML message: expected the root element SyncML.
    OMADM_E_NOT_SYNCML = 501,
    /// Text where only elements are allowed.
    OMADM_E_UNEXPECTED_TEXT = 502,
    /// An element where only text is allowed.
    OMADM_E_UNEXPECTED_MARKUP = 503,
    /// An element that is not allowed here.
    OMADM_E_UNEXPECTED_ELEMENT = 504,
    /// Not a number: expected decimal digits.
    OMADM_E_INVALID_NUMBER = 505,
    /// A value that is not one of those allowed here.
    OMADM_E_INVALID_VALUE = 506,
    /// A chunk that XML cannot carry by itself: cut octets at multiples of three, text between characters.
    OMADM_E_CHUNK_OF_OCTETS = 507,
    /// A chunk of Format bin in XML, which cannot become octets by itself: b64 is for chunks.
    OMADM_E_CHUNK_OF_BIN = 508,
    /// Data of another length than its Size says.
    OMADM_E_SIZE_MISMATCH = 509,
    /// A required element is missing.
    OMADM_E_MISSING = 511,
    /// An element occurs more than once.
    OMADM_E_REPEATED = 512,
    /// An element is empty that must not be.
    OMADM_E_EMPTY = 513,
    /// Not a provisioning document: expected the root element wap-provisioningdoc.
    OMADM_E_NOT_PROVISIONING = 521,
    /// Not device information: expected the root element DevInf.
    OMADM_E_NOT_DEV_INF = 531,
    /// Not meta-information: expected the root element MetInf.
    OMADM_E_NOT_MET_INF = 532,
    /// An alert without the items that its code requires.
    OMADM_E_ALERT_ITEMS = 541,
    /// An option or default response that this alert does not have.
    OMADM_E_ALERT_OPTION = 542,
    /// No room for any part of the object.
    OMADM_E_NO_ROOM = 543,
    /// The object is larger than the recipient takes (MaxObjSize).
    OMADM_E_OBJECT_TOO_LARGE = 544,
    /// A message out of order: expected the next MsgID, and none after Final.
    OMADM_E_MESSAGE_ORDER = 545,
    /// A message of another session.
    OMADM_E_MESSAGE_SESSION = 546,
    /// The messages of a package are too long to be held until it is complete (limit: buffer).
    OMADM_E_PACKAGE_TOO_LONG = 547,
    /// Not a tree document: expected the root element MgmtTree.
    OMADM_E_NOT_TREE = 601,
    /// Two nodes have the same parent and name.
    OMADM_E_NAME_CLASH = 602,
    /// A node with both Value and child nodes.
    OMADM_E_VALUE_WITH_CHILDREN = 603,
    /// Not a node name: expected one or more characters without '/', and not '.' or '..'.
    OMADM_E_INVALID_NAME = 604,
    /// Not a node URI: expected '.', './A/B' or 'A/B'.
    OMADM_E_INVALID_URI = 605,
    /// A Path that does not lead to an interior node.
    OMADM_E_INVALID_PATH = 606,
    /// Unknown Format: expected b64, bin, bool, chr, int, node, null, xml, date, time or float.
    OMADM_E_UNKNOWN_NODE_FORMAT = 607,
    /// A node with child nodes whose Format is not node.
    OMADM_E_LEAF_WITH_CHILDREN = 608,
    /// An interior node (Format node) with a Value.
    OMADM_E_VALUE_OF_INTERIOR = 609,
    /// Not a command of an ACL: expected Add, Delete, Exec, Get or Replace, and '='.
    OMADM_E_ACL_COMMAND = 621,
    /// Not a server identifier: expected '*', or one or more characters without '=', '&', '*', '+' and blanks.
    OMADM_E_ACL_SERVER = 622,
    /// Not a query of a URI: expected ?prop=Name, ?list=Struct, ?list=StructData, ?list=TNDS, ?list=TNDS+Name or ?list=TNDS-Name.
    OMADM_E_INVALID_QUERY = 631,
    /// A URI that is too long, too deep, or has too long a segment for this device.
    OMADM_E_URI_TOO_LONG = 632,
    /// Not a pattern: expected '.', or names, '*' and '**' between slashes, each with conditions in brackets or none.
    OMADM_E_INVALID_PATTERN = 633,
    /// Not a condition: expected `[path]` or `[path=="text" && path>=number]`, with ==, !=, <, <=, > or >=.
    OMADM_E_INVALID_CONDITION = 634,
    /// Not a path below a node: expected names and '*' between slashes.
    OMADM_E_INVALID_REL_PATH = 635,
    /// Not a location query: a term that is malformed, repeated or missing, or a path before the '?'.
    OMADM_E_INVALID_LOCATION_QUERY = 636,
    /// No node at this URI.
    OMADM_E_NODE_NOT_FOUND = 641,
    /// There is a node with this name already.
    OMADM_E_NODE_EXISTS = 642,
    /// A leaf, which cannot have child nodes.
    OMADM_E_NOT_INTERIOR = 643,
    /// An interior node, which has no value.
    OMADM_E_NOT_LEAF = 644,
    /// A permanent node: it cannot be deleted or renamed, nor change its Format or Type.
    OMADM_E_PERMANENT_NODE = 645,
    /// The ACL does not allow this.
    OMADM_E_ACCESS_DENIED = 646,
    /// A property that cannot be set.
    OMADM_E_READ_ONLY_PROPERTY = 647,
    /// A value that this property cannot have.
    OMADM_E_PROPERTY_VALUE = 648,
    /// Not a Type for this node: expected a media type for a leaf, a URI for an interior node.
    OMADM_E_INVALID_NODE_TYPE = 649,
    /// A node that cannot be read.
    OMADM_E_GET_NOT_ALLOWED = 650,
    /// A property or list that is not supported for this node.
    OMADM_E_UNSUPPORTED_QUERY = 651,
    /// More than an answer may have (limit: elements, locations, answer_nodes or output).
    OMADM_E_ANSWER_TOO_LONG = 652,
    /// A query that only Get can ask.
    OMADM_E_COMMAND_NOT_ALLOWED = 653,
    /// A node address that fits several nodes.
    OMADM_E_SEVERAL_NODES = 654,
    /// A value for a node whose Format is null.
    OMADM_E_VALUE_OF_NULL = 655,
    /// The server identifier reaches past the end of the notification.
    OMADM_E_NOTIFICATION_SERVER_ID = 701,
    /// A server identifier has 1 to 255 octets.
    OMADM_E_NOTIFICATION_SERVER_ID_LENGTH = 702,
    /// Not a notification: the version field is below 1.0.
    OMADM_E_NOTIFICATION_VERSION = 703,
    /// A value does not fit its field.
    OMADM_E_NOTIFICATION_FIELD = 704,
    /// A DM 1.3 notification: its bit layout is not established, name one to decode it.
    OMADM_E_NOTIFICATION_LAYOUT = 705,
    /// A layout of DM 1.3 notifications that breaks a rule: widths, a field twice or missing, length bias, code twice.
    OMADM_E_NOTIFICATION_LAYOUT_RULE = 706,
    /// Another number of options than the header says.
    OMADM_E_NOTIFICATION_OPTION_COUNT = 707,
    /// An option reaches past the end of the options.
    OMADM_E_NOTIFICATION_OPTION_END = 708,
    /// Options out of order: expected ascending numbers.
    OMADM_E_NOTIFICATION_OPTION_ORDER = 709,
    /// An option occurs more than once that may occur once only.
    OMADM_E_NOTIFICATION_OPTION_REPEATED = 710,
    /// The option Server-ID is missing.
    OMADM_E_NOTIFICATION_OPTION_MISSING = 711,
    /// An option of a size that it cannot have.
    OMADM_E_NOTIFICATION_OPTION_SIZE = 712,
    /// The alerts of a data-synchronisation notification reach past its end.
    OMADM_E_NOTIFICATION_SYNC = 713,
    /// Session hints: a segment reaches past the end.
    OMADM_E_HINT_SEGMENT = 721,
    /// Session hints: more than 32, or more than 1,024 octets.
    OMADM_E_HINT_LIMIT = 722,
    /// Session hints: a length that is not in its shortest form.
    OMADM_E_HINT_LENGTH = 723,
    /// Session hints: a hint reaches past their end.
    OMADM_E_HINT_END = 724,
    /// Session hints: types out of order, expected ascending.
    OMADM_E_HINT_ORDER = 725,
    /// Session hints: a hint occurs more often than it may.
    OMADM_E_HINT_REPEATED = 726,
    /// Session hints: a value that this hint cannot have.
    OMADM_E_HINT_VALUE = 727,
    /// Session hints: a type that is not assigned to hints of this kind.
    OMADM_E_HINT_TYPE = 728,
    /// Session hints: a language of the reason, but no reason.
    OMADM_E_HINT_LANGUAGE = 729,
    /// Session hints: a DM 1.3 notification has an option for this.
    OMADM_E_HINT_IS_OPTION = 730,
    /// Not a WSP push: expected PDU type 6.
    OMADM_E_PUSH_PDU = 751,
    /// Headers of a push whose lengths do not add up.
    OMADM_E_PUSH_HEADERS = 752,
    /// The push carries another content type than a DM notification.
    OMADM_E_PUSH_CONTENT_TYPE = 753,
    /// The push is addressed to another application than a notification of its type is for, or to none.
    OMADM_E_PUSH_APPLICATION_ID = 754,
    /// The push is addressed to another port than 2948.
    OMADM_E_PUSH_PORT = 755,
    /// The headers of the push are longer than 48 octets.
    OMADM_E_PUSH_HEADER_SIZE = 756,
    /// A segment number that cannot be, or a segment other than the first.
    OMADM_E_PUSH_SEGMENT_NUMBER = 757,
    /// Longer than a segment, or than 255 of them.
    OMADM_E_PUSH_SEGMENT_SIZE = 758,
    /// A segment of the message is missing.
    OMADM_E_PUSH_SEGMENT_MISSING = 759,
    /// A segment that contradicts another, or is of another message.
    OMADM_E_PUSH_SEGMENT_CONFLICT = 760,
    /// Not the first line of a push: expected a method, a target and a version.
    OMADM_E_PUSH_START_LINE = 761,
    /// Not a header: expected a name, a colon and a value.
    OMADM_E_PUSH_HEADER_LINE = 762,
    /// A header occurs more than once that may occur once only.
    OMADM_E_PUSH_HEADER_REPEATED = 763,
    /// The length of the body cannot be told: a length that is no number, two lengths, or a transfer coding.
    OMADM_E_PUSH_BODY_LENGTH = 764,
    /// Not a multipart body with its boundaries: expected a control entity and a content entity.
    OMADM_E_PUSH_MULTIPART = 765,
    /// Not the control entity of a push submission.
    OMADM_E_PUSH_CONTROL = 766,
    /// The boundary is no boundary, or occurs in what it separates.
    OMADM_E_PUSH_BOUNDARY = 767,
    /// Not a time that this header can say.
    OMADM_E_PUSH_TIME = 768,
    /// The body is in a content coding or transfer encoding other than identity, 7bit, 8bit and binary.
    OMADM_E_PUSH_ENCODING = 769,
    /// Not a list of name=value and name="value".
    OMADM_E_AUTH_HEADER = 801,
    /// The header x-syncml-hmac lacks its username or mac.
    OMADM_E_AUTH_HEADER_INCOMPLETE = 802,
    /// A parameter of the header x-syncml-hmac occurs twice.
    OMADM_E_AUTH_HEADER_REPEATED = 803,
    /// A user name with a control character, which a header cannot carry.
    OMADM_E_AUTH_HEADER_NAME = 804,
}

/// An `enum omadm_code`, of 32 bits whatever the compiler makes of an `enum`.
pub type omadm_rc = u32;

#[cfg(test)]
mod tests {
    use super::omadm_code;
    use crate::ErrorKind;

    /// The name of a kind as C has it: `UnexpectedEnd` is `OMADM_E_UNEXPECTED_END`.
    fn c_name(kind: ErrorKind) -> String {
        let name = format!("{kind:?}").replace("SyncMl", "Syncml");
        let mut c_name = String::from("OMADM_E");
        for letter in name.chars().take_while(|letter| letter.is_alphanumeric()) {
            if letter.is_uppercase() {
                c_name.push('_');
            }
            c_name.push(letter.to_ascii_uppercase());
        }
        c_name
    }

    #[test]
    fn every_kind_of_error_has_its_number_and_name() {
        // The enumeration's own text, since Rust cannot list its members.
        let text = include_str!("codes.rs");
        let (_, members) = text.split_once("pub enum omadm_code {").unwrap();
        let (members, _) = members.split_once("\n}").unwrap();
        let members = members.lines().filter(|line| line.contains(" = ")).map(|line| line.trim().trim_end_matches(','));
        let (calls, kinds): (Vec<_>, Vec<_>) =
            members.partition(|line| line.rsplit_once(" = ").unwrap().1.parse::<u32>().unwrap() < 100);
        assert_eq!(calls.len(), 14);
        let mut expected: Vec<_> = ErrorKind::ALL.iter().map(|kind| (kind.code(), c_name(*kind))).collect();
        expected.sort_unstable();
        let expected: Vec<_> = expected.into_iter().map(|(code, name)| format!("{name} = {code}")).collect();
        assert_eq!(kinds, expected);
        assert_eq!(omadm_code::OMADM_E_UNEXPECTED_END as u32, ErrorKind::UnexpectedEnd.code());
    }
}
