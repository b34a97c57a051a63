//! One error type for everything that reads or writes.
//!
//! An [`Error`] is a plain `Copy` value: what went wrong ([`ErrorKind`]), at which octet of the input, and, inside an
//! embedded document, at which octet of its decoded value. Nothing is formatted or allocated where an error happens;
//! line, column and element path are found afterwards, on demand, by [`Error::locate`](crate::Error::locate).

use core::fmt;

/// `Result` with this crate's [`Error`].
pub type Result<T, E = Error> = core::result::Result<T, E>;

/// What went wrong, and where.
///
/// ```
/// use omadm::{ErrorKind, notification::v12::Notification};
/// let error = Notification::decode(&[0; 20]).unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::UnexpectedEnd);
/// assert_eq!(error.offset(), 20);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Error {
    kind: ErrorKind,
    offset: usize,
    inner: Option<usize>,
}

impl Error {
    /// An error of `kind` at octet `offset` of the input.
    #[must_use]
    pub const fn new(kind: ErrorKind, offset: usize) -> Error {
        Error { kind, offset, inner: None }
    }

    /// What went wrong.
    #[must_use]
    pub const fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The octet of the input at fault, counted from 0. For a document embedded in a `Data` element this is where the
    /// enclosing content begins in the outermost input.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.offset
    }

    /// Inside an embedded document: the octet at fault in that document's decoded form.
    #[must_use]
    pub const fn inner(&self) -> Option<usize> {
        self.inner
    }

    /// The same error, seen from the document that embeds the one it was found in: `offset` is where the embedded
    /// document begins there. The innermost position is kept.
    #[must_use]
    pub const fn embedded_at(self, offset: usize) -> Error {
        let inner = match self.inner {
            Some(inner) => inner,
            None => self.offset,
        };
        Error { kind: self.kind, offset, inner: Some(inner) }
    }

    /// The same error at another octet.
    #[must_use]
    pub(crate) const fn moved_to(self, offset: usize) -> Error {
        Error { offset, ..self }
    }

    /// The same error for input that begins `base` octets into a larger one.
    #[must_use]
    pub const fn shifted(self, base: usize) -> Error {
        Error { offset: self.offset.saturating_add(base), ..self }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at byte {}", self.kind, self.offset)?;
        match self.inner {
            Some(inner) => write!(f, " (byte {inner} of the embedded document)"),
            None => Ok(()),
        }
    }
}

impl core::error::Error for Error {}

/// Declares the kinds with their numbers and messages in one place. Kinds in the second group name an element.
macro_rules! error_kinds {
    (
        plain { $( $(#[$doc:meta])* $kind:ident = $code:literal, $message:literal; )* }
        element { $( $(#[$edoc:meta])* $ekind:ident = $ecode:literal, $emessage:literal; )* }
    ) => {
        /// What went wrong. Numbers are fixed for good: they are what the C ABI and the bindings report.
        ///
        /// 1xx any input, 2xx limits, 3xx XML, 4xx WBXML, 5xx SyncML, 6xx trees, 7xx package #0 and its carriers,
        /// 8xx authentication.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum ErrorKind {
            $( $(#[$doc])* $kind, )*
            $( $(#[$edoc])* $ekind(
                /// The element's name.
                &'static str
            ), )*
        }

        impl ErrorKind {
            /// The number of this kind.
            #[must_use]
            pub const fn code(self) -> u32 {
                match self {
                    $( ErrorKind::$kind => $code, )*
                    $( ErrorKind::$ekind(_) => $ecode, )*
                }
            }

            /// What this kind means and what was expected, without the facts of one error.
            #[must_use]
            pub const fn message(self) -> &'static str {
                match self {
                    $( ErrorKind::$kind => $message, )*
                    $( ErrorKind::$ekind(_) => $emessage, )*
                }
            }

            /// The message as C wants it, with a zero octet behind it.
            #[cfg(feature = "capi")]
            pub(crate) const fn c_message(self) -> &'static core::ffi::CStr {
                match self {
                    $( ErrorKind::$kind => const { c_text(concat!($message, "\0")) }, )*
                    $( ErrorKind::$ekind(_) => const { c_text(concat!($emessage, "\0")) }, )*
                }
            }

            /// The element that this error is about, for the kinds that name one.
            #[must_use]
            pub const fn element(self) -> Option<&'static str> {
                match self {
                    $( ErrorKind::$ekind(name) => Some(name), )*
                    _ => None,
                }
            }

            #[cfg(any(test, feature = "capi"))]
            pub(crate) const ALL: &'static [ErrorKind] =
                &[ $( ErrorKind::$kind, )* $( ErrorKind::$ekind("X"), )* ];
        }
    };
}

/// A text with a zero octet at its end, and none before it.
#[cfg(feature = "capi")]
const fn c_text(text: &'static str) -> &'static core::ffi::CStr {
    match core::ffi::CStr::from_bytes_with_nul(text.as_bytes()) {
        Ok(text) => text,
        Err(_) => c"",
    }
}

error_kinds! {
    plain {
        /// The input ends inside something.
        UnexpectedEnd = 101, "the input ends too early";
        /// Neither of the formats this library reads.
        UnknownFormat = 102, "not a known document: expected package #0, SyncML, TNDS, DDF, DevInf or client provisioning";
        /// Positions are kept in 32 bits.
        InputTooLarge = 103, "the input is larger than 4 GiB";
        /// Octets that are not UTF-8 where text must be.
        InvalidUtf8 = 104, "not valid UTF-8";
        /// A charset this library does not transcode.
        UnsupportedCharset = 105, "unsupported charset: expected UTF-8, US-ASCII or ISO-8859-1";
        /// A character that XML, or the place where it stands, does not have.
        InvalidCharacter = 106, "a character that is not allowed here";
        /// Octets after the end of the document.
        TrailingData = 107, "content after the end of the document";
        /// Base64 text that does not decode.
        InvalidBase64 = 108, "not valid base64";

        /// A document without an element.
        NoRoot = 109, "no root element";
        /// An octet that the charset of its text does not have.
        NotInCharset = 110, "an octet that the charset does not have";

        /// [`Limits::depth`](crate::Limits::depth).
        LimitDepth = 201, "too many elements inside each other (limit: depth)";
        /// [`Limits::elements`](crate::Limits::elements).
        LimitElements = 202, "too many elements or nodes (limit: elements)";
        /// [`Limits::attributes`](crate::Limits::attributes).
        LimitAttributes = 203, "too many attributes on one element (limit: attributes)";
        /// [`Limits::namespaces`](crate::Limits::namespaces).
        LimitNamespaces = 204, "too many namespace declarations in force (limit: namespaces)";
        /// [`Limits::name`](crate::Limits::name).
        LimitName = 205, "a name is too long (limit: name)";
        /// [`Limits::text`](crate::Limits::text).
        LimitText = 206, "a text is too long (limit: text)";
        /// [`Limits::string_table`](crate::Limits::string_table).
        LimitStringTable = 207, "the string table is too long (limit: string_table)";
        /// [`Limits::expansion`](crate::Limits::expansion).
        LimitExpansion = 208, "the document expands to too much text (limit: expansion)";
        /// [`Limits::output`](crate::Limits::output).
        LimitOutput = 209, "the output is too long (limit: output)";

        /// [`Limits::buffer`](crate::Limits::buffer).
        LimitBuffer = 210, "a command is too long to be held until it is complete (limit: buffer)";
        /// [`Limits::prefix`](crate::Limits::prefix).
        LimitPrefix = 211, "a fed message has too much before its first command (limit: prefix)";
        /// [`Limits::pattern`](crate::Limits::pattern).
        LimitPattern = 212, "too many segments in a pattern, or in the paths of a query (limit: pattern)";

        /// [`Limits::segments`](crate::Limits::segments).
        LimitSegments = 213, "a message in more segments than may be held (limit: segments)";
        /// [`Limits::headers`](crate::Limits::headers).
        LimitHeaders = 214, "too many header lines (limit: headers)";
        /// [`Limits::header`](crate::Limits::header).
        LimitHeader = 215, "a start line or header is too long (limit: header)";

        /// Not well-formed in a way that has no kind of its own.
        XmlSyntax = 301, "not well-formed XML";
        /// An end tag that closes another element than the open one.
        XmlEndTag = 302, "an end tag that does not match the open element";
        /// A reference to an entity that XML does not predefine.
        XmlEntity = 303, "unknown entity: only amp, lt, gt, quot and apos are expanded";
        /// A character reference to something that is no character.
        XmlCharacterReference = 304, "a character reference to something that is not a character";
        /// `&` that begins no reference.
        XmlBareAmpersand = 305, "a bare '&': expected '&amp;' or a reference";
        /// A prefix that no namespace declaration binds.
        XmlPrefix = 306, "a namespace prefix that is not declared";
        /// An attribute that is not `name="value"`.
        XmlAttribute = 307, "a malformed attribute: expected name=\"value\"";
        /// One attribute twice.
        XmlDuplicateAttribute = 308, "an attribute occurs twice on one element";
        /// Text or a second element outside the root.
        XmlOutsideRoot = 310, "content outside the root element";

        /// A version that is not WBXML 1.0 to 1.3.
        WbxmlVersion = 401, "unsupported WBXML version: expected 1.0 to 1.3";
        /// A public identifier that names no known document type.
        WbxmlPublicId = 402, "unknown public identifier";
        /// A multi-byte integer of more than five octets or more than 32 bits.
        WbxmlInteger = 403, "a multi-byte integer of more than 32 bits";
        /// A string table longer than the document.
        WbxmlStringTable = 404, "the string table reaches past the end of the input";
        /// A reference outside the string table.
        WbxmlStringIndex = 405, "a reference outside the string table";
        /// A code page that this document type does not have.
        WbxmlPage = 406, "unknown code page";
        /// A tag token that the code page does not have.
        WbxmlTag = 407, "unknown tag token";
        /// An attribute token that the code page does not have.
        WbxmlAttribute = 408, "unknown attribute token";
        /// An opaque block longer than the document.
        WbxmlOpaque = 409, "an opaque block reaches past the end of the input";
        /// An inline string without its terminating zero.
        WbxmlString = 410, "an inline string without a terminating zero";
        /// A token that may not stand here.
        WbxmlToken = 411, "a token that is not allowed here";
        /// An entity that is no Unicode character.
        WbxmlEntity = 412, "an entity that is not a character";
        /// A literal name that is no XML name.
        WbxmlLiteral = 413, "a literal that is not a name";

        /// The root is not SyncML.
        NotSyncMl = 501, "not a SyncML message: expected the root element SyncML";
        /// Text where only elements may stand.
        UnexpectedText = 502, "text where only elements are allowed";
        /// Elements where only text may stand.
        UnexpectedMarkup = 503, "an element where only text is allowed";
        /// A command outside `SyncBody`.
        UnexpectedElement = 504, "an element that is not allowed here";
        /// A number that is not decimal digits, or too large.
        InvalidNumber = 505, "not a number: expected decimal digits";
        /// An enumerated value outside its list.
        InvalidValue = 506, "a value that is not one of those allowed here";

        /// The root is not `wap-provisioningdoc`.
        NotProvisioning = 521, "not a provisioning document: expected the root element wap-provisioningdoc";

        /// A chunk of a large object that XML cannot carry by itself: octets that base64 would have to pad, or a text cut within a
        /// character.
        ChunkOfOctets = 507, "a chunk that XML cannot carry by itself: cut octets at multiples of three, text between characters";
        /// A chunk of a large object of format `bin` in XML, where that is base64: whether a chunk is part of it or all of it, the last
        /// one does not say.
        ChunkOfBin = 508, "a chunk of Format bin in XML, which cannot become octets by itself: b64 is for chunks";

        /// `Data` that is not as long as its `Size` says.
        SizeMismatch = 509, "data of another length than its Size says";

        /// The root is not `DevInf`.
        NotDevInf = 531, "not device information: expected the root element DevInf";
        /// The root is not `MetInf`.
        NotMetInf = 532, "not meta-information: expected the root element MetInf";

        /// A user-interaction alert without the item for its options, its text or its choices; a generic alert without an item.
        AlertItems = 541, "an alert without the items that its code requires";
        /// An option that the alert does not have.
        AlertOption = 542, "an option or default response that this alert does not have";
        /// A chunk cannot take even one character.
        NoRoom = 543, "no room for any part of the object";
        /// An object larger than `MaxObjSize`.
        ObjectTooLarge = 544, "the object is larger than the recipient takes (MaxObjSize)";
        /// A `MsgID` that is not the next.
        MessageOrder = 545, "a message out of order: expected the next MsgID, and none after Final";
        /// Another `SessionID` than that of the messages before.
        MessageSession = 546, "a message of another session";
        /// More messages without `Final` than [`Limits::buffer`](crate::Limits::buffer) octets.
        PackageTooLong = 547, "the messages of a package are too long to be held until it is complete (limit: buffer)";

        /// The root is not `MgmtTree`.
        NotTree = 601, "not a tree document: expected the root element MgmtTree";
        /// Two children of one node have the same name.
        NameClash = 602, "two nodes have the same parent and name";
        /// A node has a value and children.
        ValueWithChildren = 603, "a node with both Value and child nodes";
        /// A node name that is empty or has a slash.
        InvalidName = 604, "not a node name: expected one or more characters without '/', and not '.' or '..'";
        /// A URI that breaks a rule of the tree.
        InvalidUri = 605, "not a node URI: expected '.', './A/B' or 'A/B'";
        /// A `Path` that leads through a leaf.
        InvalidPath = 606, "a Path that does not lead to an interior node";
        /// A `Format` that is none of the eleven.
        UnknownNodeFormat = 607, "unknown Format: expected b64, bin, bool, chr, int, node, null, xml, date, time or float";
        /// Children were found below a node whose format has none.
        LeafWithChildren = 608, "a node with child nodes whose Format is not node";

        /// A node whose format is node has a value.
        ValueOfInterior = 609, "an interior node (Format node) with a Value";

        /// Something else than a command in an ACL.
        AclCommand = 621, "not a command of an ACL: expected Add, Delete, Exec, Get or Replace, and '='";
        /// Something else than a Server Identifier in an ACL.
        AclServer = 622, "not a server identifier: expected '*', or one or more characters without '=', '&', '*', '+' and blanks";

        /// A query behind a URI that is malformed.
        InvalidQuery = 631, "not a query of a URI: expected ?prop=Name, ?list=Struct, ?list=StructData, ?list=TNDS, ?list=TNDS+Name or ?list=TNDS-Name";
        /// A URI beyond what a device takes.
        UriTooLong = 632, "a URI that is too long, too deep, or has too long a segment for this device";
        /// A pattern that is malformed.
        InvalidPattern = 633, "not a pattern: expected '.', or names, '*' and '**' between slashes, each with conditions in brackets or none";
        /// A condition in a pattern that is malformed.
        InvalidCondition = 634, "not a condition: expected [path] or [path==\"text\" && path>=number], with ==, !=, <, <=, > or >=";
        /// A path below a node that is malformed.
        InvalidRelPath = 635, "not a path below a node: expected names and '*' between slashes";

        /// A location query, node address or structural query that is malformed. *Provisional.*
        InvalidLocationQuery = 636, "not a location query: a term that is malformed, repeated or missing, or a path before the '?'";

        /// A URI that leads to no node.
        NodeNotFound = 641, "no node at this URI";
        /// A node is to be added, or renamed to, what is there.
        NodeExists = 642, "there is a node with this name already";
        /// Something below a leaf.
        NotInterior = 643, "a leaf, which cannot have child nodes";
        /// A value for an interior node.
        NotLeaf = 644, "an interior node, which has no value";
        /// A node that can neither be deleted nor renamed, nor change its format or type.
        PermanentNode = 645, "a permanent node: it cannot be deleted or renamed, nor change its Format or Type";
        /// The ACL does not grant the right.
        AccessDenied = 646, "the ACL does not allow this";
        /// A property that nobody, or not this server, may set.
        ReadOnlyProperty = 647, "a property that cannot be set";
        /// A value that a property cannot have.
        PropertyValue = 648, "a value that this property cannot have";
        /// A `Type` that its node cannot have.
        InvalidNodeType = 649, "not a Type for this node: expected a media type for a leaf, a URI for an interior node";

        /// A leaf whose format is null has a value.
        ValueOfNull = 655, "a value for a node whose Format is null";
        /// A `Get` of what nobody may read, whatever the ACL says.
        GetNotAllowed = 650, "a node that cannot be read";
        /// A query that this node, or this library, does not support.
        UnsupportedQuery = 651, "a property or list that is not supported for this node";
        /// [`Limits::elements`](crate::Limits::elements), [`Limits::locations`](crate::Limits::locations) or
        /// [`Limits::answer_nodes`](crate::Limits::answer_nodes), of the nodes in an answer, or [`Limits::output`](crate::Limits::output), of
        /// their URIs.
        AnswerTooLong = 652, "more than an answer may have (limit: elements, locations, answer_nodes or output)";
        /// Another command than `Get` on a question. *Provisional.*
        CommandNotAllowed = 653, "a query that only Get can ask";
        /// A node address that fits several nodes. *Provisional.*
        SeveralNodes = 654, "a node address that fits several nodes";

        /// The length field of the server identifier promises more than there is.
        NotificationServerId = 701, "the server identifier reaches past the end of the notification";
        /// A server identifier longer than its length field can say, or empty.
        NotificationServerIdLength = 702, "a server identifier has 1 to 255 octets";
        /// A version below 1.0: not a notification.
        NotificationVersion = 703, "not a notification: the version field is below 1.0";
        /// A field value does not fit its bits.
        NotificationField = 704, "a value does not fit its field";
        /// The 1.3 content type, whose layout is not public.
        NotificationLayout = 705, "a DM 1.3 notification: its bit layout is not established, name one to decode it";
        /// A layout that breaks the rules of layouts. *Provisional.*
        NotificationLayoutRule = 706, "a layout of DM 1.3 notifications that breaks a rule: widths, a field twice or missing, length bias, code twice";
        /// Fewer or more options than the header counts. *Provisional.*
        NotificationOptionCount = 707, "another number of options than the header says";
        /// An option header, or an option, that is cut off. *Provisional.*
        NotificationOptionEnd = 708, "an option reaches past the end of the options";
        /// An option with a lower number than the one before. *Provisional.*
        NotificationOptionOrder = 709, "options out of order: expected ascending numbers";
        /// An option twice that may occur once. *Provisional.*
        NotificationOptionRepeated = 710, "an option occurs more than once that may occur once only";
        /// No option Server-ID. *Provisional.*
        NotificationOptionMissing = 711, "the option Server-ID is missing";
        /// An option shorter or longer than its kind allows. *Provisional.*
        NotificationOptionSize = 712, "an option of a size that it cannot have";
        /// A data-synchronisation notification whose alerts do not fit.
        NotificationSync = 713, "the alerts of a data-synchronisation notification reach past its end";

        /// A segment of session hints that is cut off, or none where one must follow. *Provisional.*
        HintSegment = 721, "session hints: a segment reaches past the end";
        /// More session hints than may be. *Provisional.*
        HintLimit = 722, "session hints: more than 32, or more than 1,024 octets";
        /// A length that has more octets than it needs. *Provisional.*
        HintLength = 723, "session hints: a length that is not in its shortest form";
        /// A hint that is cut off. *Provisional.*
        HintEnd = 724, "session hints: a hint reaches past their end";
        /// A hint of a lower type than the one before. *Provisional.*
        HintOrder = 725, "session hints: types out of order, expected ascending";
        /// A hint more often than it may occur. *Provisional.*
        HintRepeated = 726, "session hints: a hint occurs more often than it may";
        /// A value that the type of the hint does not have. *Provisional.*
        HintValue = 727, "session hints: a value that this hint cannot have";
        /// A type that no hint has. *Provisional.*
        HintType = 728, "session hints: a type that is not assigned to hints of this kind";
        /// A language without a reason. *Provisional.*
        HintLanguage = 729, "session hints: a language of the reason, but no reason";
        /// A hint for which DM 1.3 has an option. *Provisional.*
        HintIsOption = 730, "session hints: a DM 1.3 notification has an option for this";
        /// Not a WSP Push PDU.
        PushPdu = 751, "not a WSP push: expected PDU type 6";
        /// Header lengths that do not add up.
        PushHeaders = 752, "headers of a push whose lengths do not add up";
        /// A content type that carries no notification.
        PushContentType = 753, "the push carries another content type than a DM notification";
        /// An application id other than DM's.
        PushApplicationId = 754, "the push is addressed to another application than a notification of its type is for, or to none";
        /// A port other than WAP push.
        PushPort = 755, "the push is addressed to another port than 2948";
        /// Headers of a DM notification that are longer than DM allows.
        PushHeaderSize = 756, "the headers of the push are longer than 48 octets";
        /// A segment that is none of its message, or not the first where the first must be.
        PushSegmentNumber = 757, "a segment number that cannot be, or a segment other than the first";
        /// A segment, or a message in segments, that is longer than it can be.
        PushSegmentSize = 758, "longer than a segment, or than 255 of them";
        /// A segment that has not come.
        PushSegmentMissing = 759, "a segment of the message is missing";
        /// Two segments that say different things.
        PushSegmentConflict = 760, "a segment that contradicts another, or is of another message";
        /// A first line that is not that of a request.
        PushStartLine = 761, "not the first line of a push: expected a method, a target and a version";
        /// A line that is no header.
        PushHeaderLine = 762, "not a header: expected a name, a colon and a value";
        /// A header twice that may be there once.
        PushHeaderRepeated = 763, "a header occurs more than once that may occur once only";
        /// A body whose length is not what its headers say.
        PushBodyLength = 764, "the length of the body cannot be told: a length that is no number, two lengths, or a transfer coding";
        /// A multipart body without its boundaries.
        PushMultipart = 765, "not a multipart body with its boundaries: expected a control entity and a content entity";
        /// A control entity that submits nothing.
        PushControl = 766, "not the control entity of a push submission";
        /// A boundary that occurs in what it should separate.
        PushBoundary = 767, "the boundary is no boundary, or occurs in what it separates";
        /// A time that cannot be read, or that its header cannot say.
        PushTime = 768, "not a time that this header can say";
        /// A body in another form than that of its octets.
        PushEncoding = 769, "the body is in a content coding or transfer encoding other than identity, 7bit, 8bit and binary";

        /// The header `x-syncml-hmac` is not a list.
        AuthHeader = 801, "not a list of name=value and name=\"value\"";
        /// The header `x-syncml-hmac` lacks what it must have.
        AuthHeaderIncomplete = 802, "the header x-syncml-hmac lacks its username or mac";
        /// The header `x-syncml-hmac` has two of one.
        AuthHeaderRepeated = 803, "a parameter of the header x-syncml-hmac occurs twice";
        /// A name that the header `x-syncml-hmac` cannot carry.
        AuthHeaderName = 804, "a user name with a control character, which a header cannot carry";
    }
    element {
        /// A required element is absent.
        Missing = 511, "a required element is missing";
        /// An element that may occur once occurs again.
        Repeated = 512, "an element occurs more than once";
        /// An element that must have content is empty.
        Empty = 513, "an element is empty that must not be";
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message())?;
        match self.element() {
            Some(name) => write!(f, ": {name}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn numbers_are_unique_and_messages_are_sentences_without_an_end() {
        let mut seen = HashSet::new();
        for kind in ErrorKind::ALL {
            assert!(seen.insert(kind.code()), "{kind:?} shares its number");
            let message = kind.message();
            #[cfg(feature = "capi")]
            assert_eq!(kind.c_message().to_str(), Ok(message));
            assert!(!message.ends_with('.') && !message.is_empty(), "{kind:?}");
        }
        assert!(seen.len() > 60);
    }

    #[test]
    fn display_names_place_and_element() {
        let error = Error::new(ErrorKind::Missing("CmdID"), 17);
        assert_eq!(error.to_string(), "a required element is missing: CmdID at byte 17");
        let error = Error::new(ErrorKind::WbxmlTag, 30).embedded_at(200);
        assert_eq!(error.to_string(), "unknown tag token at byte 200 (byte 30 of the embedded document)");
        assert_eq!(error.embedded_at(5).inner(), Some(30));
    }

    #[test]
    fn an_error_is_small() {
        assert!(core::mem::size_of::<Error>() <= 56);
    }
}
