//! The closed vocabularies of the field, as tables.
//!
//! A [`Tag`] is one element name of one [`Vocabulary`]. It is *not* a WBXML token: which code page and token stand for
//! a tag depends on the [`DocumentType`] (client provisioning has one name on two pages, DevInf uses page 0 for
//! itself), so those are looked up per document type. Names, namespaces and public identifiers are those of
//! `wire.md` §1.1 and §7.3 to §7.9.
//!
//! ```
//! use omadm::vocabulary::{DocumentType, Tag, Vocabulary, syncml};
//! assert_eq!(Tag::from_name(Vocabulary::SyncMl, "LocURI"), Some(syncml::LOC_URI));
//! assert_eq!(DocumentType::SyncMl12.tag(0, 0x17), Some(syncml::LOC_URI));
//! assert_eq!(DocumentType::SyncMl12.code(syncml::LOC_URI), Some((0, 0x17)));
//! ```

use core::fmt;

pub mod devinf;
pub mod dmddf;
pub mod metinf;
pub mod prov;
pub mod syncml;

/// A closed list of element names with a namespace of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Vocabulary {
    /// SyncML representation: messages.
    SyncMl = 0,
    /// Meta-information.
    MetInf = 1,
    /// DM device descriptions and tree documents: DDF and TNDS.
    DmDdf = 2,
    /// Device information of data synchronisation.
    DevInf = 3,
    /// Client provisioning.
    Prov = 4,
}

impl Vocabulary {
    #[inline]
    fn table(self) -> &'static Table {
        match self {
            Vocabulary::SyncMl => &syncml::TABLE,
            Vocabulary::MetInf => &metinf::TABLE,
            Vocabulary::DmDdf => &dmddf::TABLE,
            Vocabulary::DevInf => &devinf::TABLE,
            Vocabulary::Prov => &prov::TABLE,
        }
    }

    /// The vocabulary that a namespace name stands for. Versions are not told apart and case is ignored, as peers
    /// spell both freely (`wire.md` §1.1, §14.1 row 19).
    ///
    /// ```
    /// use omadm::vocabulary::Vocabulary;
    /// assert_eq!(Vocabulary::from_namespace("SYNCML:SYNCML1.1"), Some(Vocabulary::SyncMl));
    /// assert_eq!(Vocabulary::from_namespace("syncml:dmddf"), Some(Vocabulary::DmDdf));
    /// assert_eq!(Vocabulary::from_namespace("http://www.w3.org/2001/XMLSchema"), None);
    /// ```
    #[must_use]
    pub fn from_namespace(namespace: &str) -> Option<Vocabulary> {
        const METINF_DTD: &str = "http://www.openmobilealliance.org/tech/DTD/OMA-TS-SyncML_MetaInfo_DTD-V1_2.dtd";
        const FAMILIES: [(&str, Vocabulary); 4] = [
            ("syncml:syncml", Vocabulary::SyncMl),
            ("syncml:metinf", Vocabulary::MetInf),
            ("syncml:dmddf", Vocabulary::DmDdf),
            ("syncml:devinf", Vocabulary::DevInf),
        ];
        let namespace = namespace.trim();
        for (family, vocabulary) in FAMILIES {
            let head = namespace.as_bytes().get(..family.len());
            let tail = namespace.as_bytes().get(family.len()..).unwrap_or_default();
            let is_version = tail.iter().all(|octet| octet.is_ascii_digit() || *octet == b'.');
            if head.is_some_and(|head| head.eq_ignore_ascii_case(family.as_bytes())) && is_version {
                return Some(vocabulary);
            }
        }
        namespace.eq_ignore_ascii_case(METINF_DTD).then_some(Vocabulary::MetInf)
    }
}

/// An element name of a [`Vocabulary`]. The constants are in the vocabularies' modules, such as
/// [`syncml::LOC_URI`].
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Tag(u16);

impl Tag {
    /// What is no tag, in tables.
    const NONE: Tag = Tag(u16::MAX);

    const fn new(vocabulary: Vocabulary, ordinal: u8) -> Tag {
        Tag(((vocabulary as u16) << 8) | ordinal as u16)
    }

    const fn ordinal(self) -> usize {
        (self.0 & 0xFF) as usize
    }

    /// The vocabulary this name belongs to.
    #[must_use]
    pub const fn vocabulary(self) -> Vocabulary {
        match self.0 >> 8 {
            0 => Vocabulary::SyncMl,
            1 => Vocabulary::MetInf,
            2 => Vocabulary::DmDdf,
            3 => Vocabulary::DevInf,
            _ => Vocabulary::Prov,
        }
    }

    /// The name as XML spells it.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.vocabulary().table().names.get(self.ordinal()).copied().unwrap_or_default()
    }

    /// Finds a name in a vocabulary. Names are case-sensitive.
    #[must_use]
    pub fn from_name(vocabulary: Vocabulary, name: &str) -> Option<Tag> {
        vocabulary.table().find(name).map(|ordinal| Tag::new(vocabulary, ordinal))
    }

    /// [`from_name`](Tag::from_name) for a name that holds no zero octet.
    #[inline]
    pub(crate) fn from_key(vocabulary: Vocabulary, key: NameKey) -> Option<Tag> {
        vocabulary.table().find_key(key).map(|ordinal| Tag::new(vocabulary, ordinal))
    }

    /// The token on whatever page the vocabulary has.
    #[inline]
    pub(crate) fn token(self) -> u8 {
        self.vocabulary().table().tokens.get(self.ordinal()).copied().unwrap_or_default()
    }

    /// The name, its length and the token, for those who know the tag beforehand.
    // Runs at compile time only: a name that has no key would not build.
    #[allow(clippy::indexing_slicing, clippy::panic)]
    pub(crate) const fn spelling(self) -> (NameKey, usize, u8) {
        let table = match self.vocabulary() {
            Vocabulary::SyncMl => &syncml::TABLE,
            Vocabulary::MetInf => &metinf::TABLE,
            Vocabulary::DmDdf => &dmddf::TABLE,
            Vocabulary::DevInf => &devinf::TABLE,
            Vocabulary::Prov => &prov::TABLE,
        };
        let name = table.names[self.ordinal()];
        match NameKey::of(name.as_bytes()) {
            Some(key) => (key, name.len(), table.tokens[self.ordinal()]),
            None => panic!(),
        }
    }

    /// The tags as XML spells them; none for the longest names.
    #[inline]
    pub(crate) fn spelled(self) -> Option<&'static Spelled> {
        self.vocabulary().table().spelled.get(self.ordinal()).filter(|spelled| spelled.name_len > 0)
    }

    /// What an element without a usable namespace is, from its name and its parent (`wire.md` §1.1: MetInf children
    /// without a namespace of their own occur, and documents without any). `None` as the parent means the root.
    #[must_use]
    pub fn from_context(name: &str, parent: Option<Tag>) -> Option<Tag> {
        const ROOTS: [Tag; 5] =
            [syncml::SYNC_ML, dmddf::MGMT_TREE, devinf::DEV_INF, metinf::MET_INF, prov::WAP_PROVISIONINGDOC];
        let root = || ROOTS.into_iter().find(|root| root.name() == name);
        match parent {
            None => root(),
            Some(syncml::META) => Tag::from_name(Vocabulary::MetInf, name),
            Some(syncml::DATA) => root(),
            Some(parent) => Tag::from_name(parent.vocabulary(), name),
        }
    }
}

impl fmt::Debug for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}:{}", self.vocabulary(), self.name())
    }
}

/// Prints the name.
impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What a document is, by its public identifier: decides what WBXML's pages and tokens mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DocumentType {
    /// SyncML 1.0 message.
    SyncMl10,
    /// SyncML 1.1 message. Real DM 1.2 clients announce this one too, so all three decode alike (`wire.md` §7.3).
    SyncMl11,
    /// SyncML 1.2 message.
    SyncMl12,
    /// Stand-alone meta-information.
    MetInf,
    /// Device information 1.0. As in 1.1, token 0x1C is `Size`.
    DevInf10,
    /// Device information 1.1.
    DevInf11,
    /// Device information 1.2.
    DevInf12,
    /// DDF or TNDS 1.2.
    DmDdf12,
    /// Client provisioning 1.0 and 1.1.
    Prov10,
}

/// A document type with its identifiers: (type, WBXML number or 0, formal public identifier).
const PUBLIC_IDS: [(DocumentType, u32, &str); 13] = [
    (DocumentType::SyncMl12, 0x1201, "-//SYNCML//DTD SyncML 1.2//EN"),
    (DocumentType::SyncMl11, 0x0FD3, "-//SYNCML//DTD SyncML 1.1//EN"),
    (DocumentType::SyncMl10, 0x0FD1, "-//SYNCML//DTD SyncML 1.0//EN"),
    (DocumentType::MetInf, 0x1202, "-//SYNCML//DTD MetInf 1.2//EN"),
    (DocumentType::MetInf, 0x1202, "-//SYNCML//DTD MetaInf 1.2//EN"),
    (DocumentType::MetInf, 0, "-//SYNCML//DTD MetInf 1.1//EN"),
    (DocumentType::MetInf, 0, "-//SYNCML//DTD MetInf 1.0//EN"),
    (DocumentType::MetInf, 0, "-//OMA//DTD SYNCML-METINF 1.2//EN"),
    (DocumentType::DevInf12, 0x1203, "-//SYNCML//DTD DevInf 1.2//EN"),
    (DocumentType::DevInf11, 0x0FD4, "-//SYNCML//DTD DevInf 1.1//EN"),
    (DocumentType::DevInf10, 0x0FD2, "-//SYNCML//DTD DevInf 1.0//EN"),
    (DocumentType::DmDdf12, 0, "-//OMA//DTD-DM-DDF 1.2//EN"),
    (DocumentType::Prov10, 0x0B, "-//WAPFORUM//DTD PROV 1.0//EN"),
];

impl DocumentType {
    /// The type that a numeric WBXML public identifier names (`wire.md` §7.3).
    #[must_use]
    pub fn from_public_id(number: u32) -> Option<DocumentType> {
        PUBLIC_IDS.into_iter().find(|(_, id, _)| *id == number && number != 0).map(|(document, ..)| document)
    }

    /// The type that a formal public identifier names; case and surrounding blanks do not count (`wire.md` §7.3).
    #[must_use]
    pub fn from_fpi(fpi: &str) -> Option<DocumentType> {
        let fpi = fpi.trim();
        PUBLIC_IDS.into_iter().find(|(.., known)| known.eq_ignore_ascii_case(fpi)).map(|(document, ..)| document)
    }

    /// The numeric public identifier, for types that have one.
    #[must_use]
    pub fn public_id(self) -> Option<u32> {
        PUBLIC_IDS.into_iter().find(|(document, id, _)| *document == self && *id != 0).map(|(_, id, _)| id)
    }

    /// The formal public identifier.
    #[must_use]
    pub fn fpi(self) -> &'static str {
        PUBLIC_IDS.into_iter().find(|(document, ..)| *document == self).map_or("", |(.., fpi)| fpi)
    }

    /// The type of a document whose header does not tell, from its root element.
    #[must_use]
    pub fn from_root(root: Tag) -> DocumentType {
        match root.vocabulary() {
            Vocabulary::SyncMl => DocumentType::SyncMl12,
            Vocabulary::MetInf => DocumentType::MetInf,
            Vocabulary::DmDdf => DocumentType::DmDdf12,
            Vocabulary::DevInf => DocumentType::DevInf12,
            Vocabulary::Prov => DocumentType::Prov10,
        }
    }

    /// The vocabulary on a code page of this document type. Tag and attribute pages are numbered alike.
    #[must_use]
    pub fn page(self, page: u8) -> Option<Vocabulary> {
        match (self, page) {
            (DocumentType::SyncMl10 | DocumentType::SyncMl11 | DocumentType::SyncMl12, 0) => Some(Vocabulary::SyncMl),
            (DocumentType::SyncMl10 | DocumentType::SyncMl11 | DocumentType::SyncMl12 | DocumentType::MetInf, 1) => {
                Some(Vocabulary::MetInf)
            }
            (DocumentType::SyncMl10 | DocumentType::SyncMl11 | DocumentType::SyncMl12, 2) => Some(Vocabulary::DmDdf),
            // Some stand-alone documents never switch to their page (`wire.md` §7.4).
            (DocumentType::MetInf, 0) => Some(Vocabulary::MetInf),
            (DocumentType::DmDdf12, 0 | 2) => Some(Vocabulary::DmDdf),
            (DocumentType::DevInf10 | DocumentType::DevInf11 | DocumentType::DevInf12, 0) => Some(Vocabulary::DevInf),
            (DocumentType::Prov10, 0 | 1) => Some(Vocabulary::Prov),
            _ => None,
        }
    }

    /// The tag that a token on a code page stands for. Only the low six bits of `token` count.
    #[must_use]
    pub fn tag(self, page: u8, token: u8) -> Option<Tag> {
        let vocabulary = self.page(page)?;
        if matches!(self, DocumentType::DevInf10 | DocumentType::DevInf11) && token & 0x3F == 0x1C {
            return Some(devinf::SIZE);
        }
        let ordinal = *vocabulary.table().by_token.get(usize::from(token & 0x3F))?;
        // Page 1 of client provisioning has no root element.
        if ordinal == NONE || (vocabulary, page, ordinal) == (Vocabulary::Prov, 1, 0) {
            return None;
        }
        Some(Tag::new(vocabulary, ordinal))
    }

    /// The tags of a code page, to be looked up many times; none if there is no such page, or if its tags depend on more than their
    /// tokens ([`tag`](DocumentType::tag) knows them).
    pub(crate) fn page_tags(self, page: u8) -> PageTags {
        let is_odd = matches!(self, DocumentType::DevInf10 | DocumentType::DevInf11 | DocumentType::Prov10);
        match self.page(page) {
            Some(vocabulary) if !is_odd => PageTags(&vocabulary.table().plain_tags),
            _ => PageTags::NO_TAGS,
        }
    }

    /// What an attribute-start token stands for: a name and the beginning of its value.
    #[must_use]
    pub fn attr_start(self, page: u8, token: u8) -> Option<(&'static str, &'static str)> {
        let starts = if self == DocumentType::Prov10 { prov::attr_starts(page) } else { &[] };
        let at = starts.binary_search_by_key(&token, |(token, ..)| *token).ok()?;
        starts.get(at).map(|(_, name, value)| (*name, *value))
    }

    /// The text that an attribute-value token stands for.
    #[must_use]
    pub fn attr_value(self, page: u8, token: u8) -> Option<&'static str> {
        let values = if self == DocumentType::Prov10 { prov::attr_values(page) } else { &[] };
        // Old libraries put the first of page 1 sixteen tokens lower (`wire.md` §7.9).
        let token = if page == 1 && matches!(token, 0x80..=0x82) { token.saturating_add(0x10) } else { token };
        let at = values.binary_search_by_key(&token, |(token, _)| *token).ok()?;
        values.get(at).map(|(_, value)| *value)
    }

    /// The attribute-start token that says most of an attribute, with its page, and what of the value is left to say. Among
    /// equals, one on the page that is current.
    pub(crate) fn best_attr_start<'v>(self, name: &str, value: &'v str, current: u8) -> Option<(u8, u8, &'v str)> {
        let pages = if self == DocumentType::Prov10 { 0..2 } else { 0..0 };
        let starts = pages.flat_map(|page| prov::attr_starts(page).iter().map(move |start| (page, start)));
        let fits = starts.filter_map(|(page, (token, known, begin))| {
            let rest = value.strip_prefix(begin).filter(|_| *known == name)?;
            // `type=PORT` does not begin `type=PORTAL`: values are whole words.
            (begin.is_empty() || rest.is_empty()).then_some((page, *token, rest))
        });
        fits.min_by_key(|(page, _, rest)| (rest.len(), *page != current))
    }

    /// The attribute-value token for a whole text, with its page; among equals, one on the page that is current.
    pub(crate) fn best_attr_value(self, text: &str, current: u8) -> Option<(u8, u8)> {
        let pages = if self == DocumentType::Prov10 { 0..2 } else { 0..0 };
        let values = pages.flat_map(|page| prov::attr_values(page).iter().map(move |value| (page, value)));
        let fits = values.filter(|(_, (_, known))| *known == text).map(|(page, (token, _))| (page, *token));
        fits.min_by_key(|(page, _)| *page != current)
    }

    /// The namespace of a vocabulary in a document of this type; empty for client provisioning, which has none.
    #[must_use]
    pub fn namespace(self, vocabulary: Vocabulary) -> &'static str {
        match (vocabulary, self) {
            (Vocabulary::SyncMl, DocumentType::SyncMl10) => "SYNCML:SYNCML1.0",
            (Vocabulary::SyncMl, DocumentType::SyncMl11) => "SYNCML:SYNCML1.1",
            (Vocabulary::SyncMl, _) => "SYNCML:SYNCML1.2",
            (Vocabulary::MetInf, _) => "syncml:metinf",
            (Vocabulary::DmDdf, _) => "syncml:dmddf1.2",
            (Vocabulary::DevInf, _) => "syncml:devinf",
            (Vocabulary::Prov, _) => "",
        }
    }

    /// The code page and token of a tag, as an encoder writes it.
    #[must_use]
    #[inline]
    pub fn code(self, tag: Tag) -> Option<(u8, u8)> {
        use DocumentType as Type;
        let vocabulary = tag.vocabulary();
        let token = *vocabulary.table().tokens.get(tag.ordinal())?;
        let home = match (self, vocabulary) {
            (Type::SyncMl10 | Type::SyncMl11 | Type::SyncMl12, Vocabulary::SyncMl) => 0,
            (Type::SyncMl10 | Type::SyncMl11 | Type::SyncMl12 | Type::MetInf, Vocabulary::MetInf) => 1,
            (Type::SyncMl10 | Type::SyncMl11 | Type::SyncMl12 | Type::DmDdf12, Vocabulary::DmDdf) => 2,
            // Versions of device information have two names for one token.
            (Type::DevInf10 | Type::DevInf11 | Type::DevInf12, Vocabulary::DevInf)
            | (Type::Prov10, Vocabulary::Prov) => (self.tag(0, token) == Some(tag)).then_some(0)?,
            _ => return None,
        };
        Some((home, token))
    }
}

/// The tags of one code page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PageTags(&'static [Tag; 128]);

impl PageTags {
    const NO_TAGS: PageTags = PageTags(&[Tag::NONE; 128]);

    /// The tag that a token without attributes stands for.
    #[inline]
    pub(crate) fn plain(self, token: u8) -> Option<Tag> {
        // That there are attributes is the top bit.
        self.0.get(usize::from(token)).copied().filter(|tag| *tag != Tag::NONE)
    }
}

const NONE: u8 = 0xFF;

/// An element name of at most [`NameKey::LEN`] octets as two numbers, so that names are hashed and compared without a loop.
/// Octets that are not the name's are zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct NameKey {
    pub(crate) low: u64,
    pub(crate) high: u64,
}

impl NameKey {
    /// Octets of the longest name that has a key. All names but a few of DevInf's and of client provisioning's are shorter.
    pub(crate) const LEN: usize = 16;

    // Runs at compile time, too, where there are no iterators: no index passes `name.len()`.
    #[allow(clippy::indexing_slicing, clippy::arithmetic_side_effects)]
    pub(crate) const fn of(name: &[u8]) -> Option<NameKey> {
        if name.len() > NameKey::LEN {
            return None;
        }
        let mut key = 0_u128;
        let mut at = name.len();
        while at > 0 {
            at -= 1;
            key = key << 8 | name[at] as u128;
        }
        Some(NameKey { low: key as u64, high: (key >> 64) as u64 })
    }

    /// Where in a table to start looking.
    const fn slot(self) -> usize {
        // A multiplication carries every octet into the top ones.
        let folded = self.low ^ self.high.rotate_left(29);
        (folded.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 56) as usize % SLOTS
    }

    const fn is(self, other: NameKey) -> bool {
        self.low == other.low && self.high == other.high
    }
}

/// A name as XML spells its tags, so that writing one is a copy of a fixed length, cut afterwards: names are so short that calling
/// something that copies any length costs more than copying.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spelled {
    /// `<Name>`, filled up with zeros.
    pub(crate) start: [u8; Spelled::LEN],
    /// `</Name>`, likewise.
    pub(crate) end: [u8; Spelled::LEN],
    /// Octets of the name; 0 if it is too long for this.
    pub(crate) name_len: usize,
    /// The name as a reader finds it.
    pub(crate) key: Option<NameKey>,
}

impl Spelled {
    pub(crate) const LEN: usize = 24;

    // Runs at compile time only: an index out of bounds would not build.
    #[allow(clippy::indexing_slicing, clippy::arithmetic_side_effects)]
    const fn new(name: &str) -> Spelled {
        let mut spelled = Spelled {
            start: [0; Spelled::LEN],
            end: [0; Spelled::LEN],
            name_len: 0,
            key: NameKey::of(name.as_bytes()),
        };
        let name = name.as_bytes();
        if name.len() + "</>".len() > Spelled::LEN {
            return spelled;
        }
        spelled.start[0] = b'<';
        spelled.end[0] = b'<';
        spelled.end[1] = b'/';
        let mut at = 0;
        while at < name.len() {
            spelled.start[at + 1] = name[at];
            spelled.end[at + 2] = name[at];
            at += 1;
        }
        spelled.start[at + 1] = b'>';
        spelled.end[at + 2] = b'>';
        spelled.name_len = name.len();
        spelled
    }
}

/// Names and tokens of one vocabulary, with the two indexes that reading needs, and the tags that writing does.
struct Table {
    names: &'static [&'static str],
    tokens: &'static [u8],
    spelled: &'static [Spelled],
    by_token: [u8; 64],
    /// The same as tags, for tokens with content and without.
    plain_tags: [Tag; 128],
    /// The names that have keys, by the keys' slots, with their ordinals. No name has a key of zero.
    by_key: [(NameKey, u8); SLOTS],
}

const SLOTS: usize = 256;

impl Table {
    // Runs at compile time only: an index out of bounds would not build.
    #[allow(clippy::indexing_slicing, clippy::arithmetic_side_effects)]
    const fn new(
        vocabulary: Vocabulary,
        names: &'static [&'static str],
        tokens: &'static [u8],
        spelled: &'static [Spelled],
    ) -> Table {
        let mut by_token = [NONE; 64];
        let mut plain_tags = [Tag::NONE; 128];
        let mut by_key = [(NameKey { low: 0, high: 0 }, NONE); SLOTS];
        let mut ordinal = names.len();
        // Backwards, so that the first name of a token that has two is the one found.
        while ordinal > 0 {
            ordinal -= 1;
            by_token[tokens[ordinal] as usize] = ordinal as u8;
            plain_tags[tokens[ordinal] as usize] = Tag::new(vocabulary, ordinal as u8);
            plain_tags[tokens[ordinal] as usize | 0x40] = Tag::new(vocabulary, ordinal as u8);
            if let Some(key) = NameKey::of(names[ordinal].as_bytes()) {
                let mut slot = key.slot();
                while by_key[slot].1 != NONE {
                    slot = (slot + 1) % SLOTS;
                }
                by_key[slot] = (key, ordinal as u8);
            }
        }
        Table { names, tokens, spelled, by_token, plain_tags, by_key }
    }

    fn find(&self, name: &str) -> Option<u8> {
        let Some(key) = NameKey::of(name.as_bytes()) else {
            // There are few long names.
            let at = self.names.iter().position(|known| *known == name)?;
            return u8::try_from(at).ok();
        };
        // A zero octet at the end of a name does not show in its key.
        let ordinal = self.find_key(key)?;
        (self.names.get(usize::from(ordinal)).is_some_and(|known| known.len() == name.len())).then_some(ordinal)
    }

    /// The name with a key made of octets that are not zero.
    #[inline]
    fn find_key(&self, key: NameKey) -> Option<u8> {
        let mut slot = key.slot();
        // Fewer than half of the slots are taken, so an empty one ends every search.
        loop {
            let (known, ordinal) = self.by_key.get(slot)?;
            if known.is(key) {
                return (*ordinal != NONE).then_some(*ordinal);
            }
            if *ordinal == NONE {
                return None;
            }
            slot = slot.wrapping_add(1) % SLOTS;
        }
    }
}

/// Declares a vocabulary: a constant for each name, and its table.
macro_rules! vocabulary {
    ($vocabulary:ident; $( $constant:ident = $name:literal @ $token:literal; )*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Ordinal { $( $constant, )* }

        $(
            #[doc = concat!("`", $name, "`")]
            pub const $constant: super::Tag =
                super::Tag::new(super::Vocabulary::$vocabulary, Ordinal::$constant as u8);
        )*

        pub(super) static TABLE: super::Table = super::Table::new(super::Vocabulary::$vocabulary, &[ $( $name, )* ], &[ $( $token, )* ], &[ $( super::Spelled::new($name), )* ]);
    };
}
use vocabulary;

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Vocabulary; 5] =
        [Vocabulary::SyncMl, Vocabulary::MetInf, Vocabulary::DmDdf, Vocabulary::DevInf, Vocabulary::Prov];

    #[test]
    fn every_name_is_found_and_only_in_its_case() {
        for vocabulary in ALL {
            for (ordinal, name) in vocabulary.table().names.iter().enumerate() {
                let tag = Tag::from_name(vocabulary, name).unwrap();
                assert_eq!((tag.vocabulary(), tag.ordinal(), tag.name()), (vocabulary, ordinal, *name));
                let swapped: String = name
                    .chars()
                    .map(|c| if c.is_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() })
                    .collect();
                // `Node` and `node` are two names.
                if Tag::from_name(vocabulary, &swapped).is_some() {
                    assert!(swapped.eq_ignore_ascii_case("node"), "{swapped}");
                }
            }
            assert_eq!(Tag::from_name(vocabulary, ""), None);
            assert_eq!(Tag::from_name(vocabulary, "Nonsense"), None);
        }
    }

    #[test]
    fn sizes_are_those_of_the_standard() {
        // `wire.md` §7.5 to §7.8: the last token less the reserved ones, and DevInf's renamed Size.
        let sizes = ALL.map(|vocabulary| vocabulary.table().names.len());
        assert_eq!(sizes, [0x3C - 0x05 + 1 - 1, 0x16 - 0x05 + 1, 0x3C - 0x05 + 1, 0x34 - 0x05 + 1 - 1 + 1, 3]);
    }

    #[test]
    fn tokens_and_tags_are_inverse_per_document_type() {
        use DocumentType::*;
        for document in [SyncMl10, SyncMl11, SyncMl12, MetInf, DevInf10, DevInf11, DevInf12, DmDdf12, Prov10] {
            let mut count = 0;
            for page in 0..=255 {
                for token in 0..64 {
                    let Some(tag) = document.tag(page, token) else { continue };
                    count += 1;
                    let (home, code) = document.code(tag).unwrap();
                    assert_eq!((document.tag(home, code), code), (Some(tag), token));
                }
            }
            assert!(count >= 5, "{document:?}");
        }
    }

    #[test]
    fn a_tag_has_the_token_that_its_document_type_reads_as_it() {
        use DocumentType::*;
        for document in [SyncMl10, SyncMl11, SyncMl12, MetInf, DevInf10, DevInf11, DevInf12, DmDdf12, Prov10] {
            for vocabulary in ALL {
                for name in vocabulary.table().names {
                    let tag = Tag::from_name(vocabulary, name).unwrap();
                    let read = (0..=255).any(|page| (0..64).any(|token| document.tag(page, token) == Some(tag)));
                    assert_eq!(document.code(tag).is_some(), read, "{document:?} {tag:?}");
                }
            }
        }
    }

    #[test]
    fn tags_are_spelled_as_their_names() {
        for vocabulary in ALL {
            for name in vocabulary.table().names {
                let Some(spelled) = Tag::from_name(vocabulary, name).unwrap().spelled() else {
                    assert!(name.len() > 20, "{name}");
                    continue;
                };
                let text =
                    |octets: &[u8]| String::from_utf8(octets.to_vec()).unwrap().trim_end_matches('\0').to_owned();
                assert_eq!(spelled.name_len, name.len());
                assert_eq!((text(&spelled.start), text(&spelled.end)), (format!("<{name}>"), format!("</{name}>")));
            }
        }
    }

    #[test]
    fn spot_checks_against_wire_md() {
        let check = |document: DocumentType, page, token, name| {
            assert_eq!(document.tag(page, token).unwrap().name(), name, "{document:?} {page} {token:#x}");
        };
        check(DocumentType::SyncMl12, 0, 0x05, "Add");
        check(DocumentType::SyncMl12, 0, 0x3C, "Correlator");
        check(DocumentType::SyncMl11, 1, 0x15, "MaxObjSize");
        check(DocumentType::SyncMl12, 2, 0x24, "Node");
        check(DocumentType::SyncMl12, 2, 0x25, "node");
        check(DocumentType::DmDdf12, 2, 0x3C, "ZeroOrOne");
        check(DocumentType::DevInf10, 0, 0x1C, "Size");
        check(DocumentType::DevInf11, 0, 0x1C, "Size");
        check(DocumentType::DevInf12, 0, 0x1C, "MaxSize");
        check(DocumentType::Prov10, 1, 0x07, "parm");
        assert_eq!(DocumentType::SyncMl12.tag(0, 0x30), None);
        assert_eq!(DocumentType::SyncMl12.tag(3, 0x05), None);
    }

    #[test]
    fn attribute_tokens_of_client_provisioning() {
        let prov = DocumentType::Prov10;
        assert_eq!(prov.attr_start(0, 0x46), Some(("version", "1.0")));
        assert_eq!(prov.attr_start(1, 0x36), Some(("name", "APPID")));
        assert_eq!(prov.attr_start(0, 0x06), Some(("value", "")));
        assert_eq!(prov.attr_value(0, 0xE0), Some("AAA"));
        assert_eq!(prov.attr_value(1, 0x93), Some("DIGEST"));
        assert_eq!(prov.attr_value(2, 0x93), None);
        assert_eq!(DocumentType::SyncMl12.attr_start(0, 0x05), None);
        for page in 0..2 {
            assert!(prov::attr_starts(page).is_sorted() && prov::attr_values(page).is_sorted());
        }
    }

    #[test]
    fn public_identifiers_are_compared_leniently() {
        assert_eq!(DocumentType::from_fpi(" -//OMA//DTD-DM-DDF 1.2//EN"), Some(DocumentType::DmDdf12));
        assert_eq!(DocumentType::from_fpi("-//SyncML//DTD DevInf 1.0//EN"), Some(DocumentType::DevInf10));
        assert_eq!(DocumentType::from_public_id(0), None);
        assert_eq!(DocumentType::from_public_id(1), None);
        assert_eq!(DocumentType::SyncMl12.public_id(), Some(0x1201));
        assert_eq!(DocumentType::DmDdf12.public_id(), None);
        let device = [DocumentType::DevInf10, DocumentType::DevInf11, DocumentType::DevInf12];
        assert_eq!(device.map(DocumentType::public_id), [Some(0x0FD2), Some(0x0FD4), Some(0x1203)]);
    }
}
