//! The `Format` property.

use core::fmt;

/// What kind of value a node has (`wire.md` §1.7 and §8.5).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Format {
    /// Base64 text that stands for itself.
    B64,
    /// Octets.
    Bin,
    /// `true` or `false`.
    Bool,
    /// Text.
    #[default]
    Chr,
    /// A decimal number of 32 bits, with sign.
    Int,
    /// No value, but children: an interior node.
    Node,
    /// No value.
    Null,
    /// XML.
    Xml,
    /// A date, ISO 8601.
    Date,
    /// A time, ISO 8601.
    Time,
    /// A number of single precision.
    Float,
}

impl Format {
    /// All formats, in the order of their names.
    pub const ALL: [Format; 11] = [
        Format::B64,
        Format::Bin,
        Format::Bool,
        Format::Chr,
        Format::Date,
        Format::Float,
        Format::Int,
        Format::Node,
        Format::Null,
        Format::Time,
        Format::Xml,
    ];

    /// The name on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Format::B64 => "b64",
            Format::Bin => "bin",
            Format::Bool => "bool",
            Format::Chr => "chr",
            Format::Int => "int",
            Format::Node => "node",
            Format::Null => "null",
            Format::Xml => "xml",
            Format::Date => "date",
            Format::Time => "time",
            Format::Float => "float",
        }
    }

    /// The format with this name; case does not count, as peers write `Chr` (`wire.md` §1.7).
    ///
    /// ```
    /// use omadm::tree::Format;
    /// assert_eq!(Format::from_name("Chr"), Some(Format::Chr));
    /// assert_eq!(Format::from_name("string"), None);
    /// ```
    #[must_use]
    pub fn from_name(name: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|format| format.name().eq_ignore_ascii_case(name))
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
