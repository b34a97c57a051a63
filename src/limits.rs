//! Bounds on what one document may cost.
//!
//! Every reader takes [`Limits`]. Each bound stops one way of making a small input expensive; a bound that is
//! passed is an error of its own kind at the octet where it was passed. The defaults let real documents through
//! (the largest published device descriptions, trees of a million nodes) and stop amplification.

/// Bounds for reading one document. Build from [`Limits::default`] and change single fields.
///
/// ```
/// use omadm::Limits;
/// let small_device = Limits { depth: 32, elements: 4_096, ..Limits::default() };
/// assert!(small_device.depth < Limits::default().depth);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Limits {
    /// Elements open at once, and segments of a tree's longest URI. Stops deep nesting, which overflows the stack of
    /// recursive consumers.
    pub depth: u32,
    /// Elements in one document, and nodes of a tree. Stops floods of tiny elements.
    pub elements: u32,
    /// Attributes on one element, namespace declarations included. Stops attribute floods.
    pub attributes: u32,
    /// Namespace declarations in force at one place. Stops namespace floods: each name is looked up among them, and each
    /// kept fragment copies them. Documents of this field have one to three.
    pub namespaces: u32,
    /// Octets of one name: element, attribute, prefix.
    pub name: u32,
    /// Octets of one text: the content of one element, or one attribute value.
    pub text: u32,
    /// Octets of a WBXML string table.
    pub string_table: u32,
    /// How many times the input's size all delivered text together may reach (64 KiB are always free). Stops string-table amplification, where
    /// thousands of two-octet references deliver one long string each.
    pub expansion: u32,
    /// Octets of a message that a [`Feeder`](crate::syncml::Feeder) holds back, because a command is not complete.
    pub buffer: u32,
    /// Octets that a message which is fed may have before its first command, header aside: string table, start tags. They are
    /// read again with every command.
    pub prefix: u32,
    /// Segments of a search pattern, those in its conditions included, or of all paths in a location query or node address
    /// (*provisional*): each may cost a look at every node.
    pub pattern: u32,
    /// Places in the answer to a location query (*provisional*).
    pub locations: u32,
    /// Nodes in the answer to a structural query, or returned with the places of a location query (*provisional*).
    pub answer_nodes: u32,
    /// Segments of SMS and CDMA messages that a [`Joiner`](crate::push::Joiner) holds, of at most 140 and 255 octets each.
    /// Stops senders that never complete what they begin.
    pub segments: u32,
    /// Header lines of one push in text: HTTP, SIP, or one part of PAP.
    pub headers: u32,
    /// Octets of one header of these, or of the first line.
    pub header: u32,
    /// Octets that a conversion or an encoder may write, and octets of all URIs together in one answer, in the findings of one
    /// check or, in C, in one list of differences. A conversion is bounded by its input besides: see [`output_budget`](Limits::output_budget).
    pub output: u64,
    /// Findings of one [`Check`](crate::ddf::Check) of a tree or a message. What is wrong in every node of a large tree would
    /// fill memory with the same sentence.
    pub findings: u32,
    /// Regular expressions that one [`Check`](crate::ddf::Check) compiles. Stops descriptions whose patterns fill memory.
    pub patterns: u32,
    /// Octets that one regular expression may take when compiled. Stops short patterns that grow, such as `((a{99}){99}){99}`.
    pub pattern_size: u32,
}

impl Limits {
    /// The defaults, as a constant.
    pub const DEFAULT: Limits = Limits {
        depth: 512,
        elements: 16_000_000,
        attributes: 1_024,
        namespaces: 64,
        name: 4_096,
        text: 256 * 1024 * 1024,
        string_table: 16 * 1024 * 1024,
        expansion: 16,
        buffer: 64 * 1024 * 1024,
        prefix: 8 * 1024,
        pattern: 256,
        locations: 1_024,
        answer_nodes: 65_536,
        segments: 1_024,
        headers: 128,
        header: 8 * 1024,
        output: 1 << 30,
        findings: 100_000,
        patterns: 512,
        pattern_size: 1 << 20,
    };

    /// What a server remembers of one device's tree: there may be many devices, and none has a tree as large as a document can be.
    pub(crate) const ONE_DEVICE: Limits = Limits { elements: 65_536, buffer: 16 * 1024 * 1024, ..Limits::DEFAULT };

    /// No bounds at all: for what was read within bounds before.
    pub(crate) const UNLIMITED: Limits = Limits {
        depth: u32::MAX,
        elements: u32::MAX,
        attributes: u32::MAX,
        namespaces: u32::MAX,
        name: u32::MAX,
        text: u32::MAX,
        string_table: u32::MAX,
        expansion: u32::MAX,
        buffer: u32::MAX,
        prefix: u32::MAX,
        pattern: u32::MAX,
        locations: u32::MAX,
        answer_nodes: u32::MAX,
        segments: u32::MAX,
        headers: u32::MAX,
        header: u32::MAX,
        output: u64::MAX,
        findings: u32::MAX,
        patterns: u32::MAX,
        pattern_size: u32::MAX,
    };

    /// Text that may be delivered from an input of `len` octets, in octets.
    #[must_use]
    pub fn expansion_budget(&self, len: usize) -> u64 {
        const FREE: u64 = 64 * 1024;
        let len = u64::try_from(len).unwrap_or(u64::MAX);
        len.saturating_mul(u64::from(self.expansion)).saturating_add(FREE)
    }

    /// What may be written of an input of `len` octets when it is converted, or of a message that holds so many, in octets: 64 +
    /// [`expansion`](Limits::expansion) times the input, and 64 KiB that are always free. Stops what the input says once and the
    /// output has to say everywhere, such as a long namespace.
    ///
    /// Two tags of the longest name come from one octet of WBXML, and are 49.
    #[must_use]
    pub fn output_budget(&self, len: usize) -> u64 {
        let names = u64::try_from(len).unwrap_or(u64::MAX).saturating_mul(64);
        self.expansion_budget(len).saturating_add(names)
    }

    /// The same limits for writing what such an input says.
    pub(crate) fn for_output_of(&self, len: usize) -> Limits {
        Limits { output: self.output.min(self.output_budget(len)), ..*self }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Limits::DEFAULT
    }
}
