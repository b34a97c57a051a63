//! The closed lists that descriptions choose from.

use core::fmt;

bitflags::bitflags! {
    /// `AccessType`: the commands that a node takes.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
    pub struct AccessTypes: u8 {
        /// `Add`
        const ADD = 1;
        /// `Copy`
        const COPY = 2;
        /// `Delete`
        const DELETE = 4;
        /// `Exec`
        const EXEC = 8;
        /// `Get`
        const GET = 16;
        /// `Replace`
        const REPLACE = 32;
    }
}

impl AccessTypes {
    const NAMES: [(&'static str, AccessTypes); 6] = [
        ("Add", AccessTypes::ADD),
        ("Copy", AccessTypes::COPY),
        ("Delete", AccessTypes::DELETE),
        ("Exec", AccessTypes::EXEC),
        ("Get", AccessTypes::GET),
        ("Replace", AccessTypes::REPLACE),
    ];

    /// The names of the commands, in the order of the DTD.
    pub(super) fn names(self) -> impl Iterator<Item = &'static str> {
        AccessTypes::NAMES.into_iter().filter(move |(_, access)| self.contains(*access)).map(|(name, _)| name)
    }

    /// The access type of a command.
    ///
    /// ```
    /// use omadm::ddf::AccessTypes;
    /// assert_eq!(AccessTypes::from_command("Get"), Some(AccessTypes::GET));
    /// assert_eq!(AccessTypes::from_command("Move"), None);
    /// ```
    #[must_use]
    pub fn from_command(name: &str) -> Option<AccessTypes> {
        AccessTypes::NAMES.into_iter().find(|(known, _)| *known == name).map(|(_, access)| access)
    }
}

/// Prints the commands as `Add Get`, in the order of their names.
impl fmt::Display for AccessTypes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        for (name, access) in AccessTypes::NAMES {
            if self.contains(access) {
                write!(f, "{separator}{name}")?;
                separator = " ";
            }
        }
        Ok(())
    }
}

/// `Occurrence`: how many instances of a node there may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Occurrence {
    /// Exactly one.
    #[default]
    One,
    /// One or none.
    ZeroOrOne,
    /// Any number.
    ZeroOrMore,
    /// At least one.
    OneOrMore,
    /// None to this many; some descriptions leave the number out.
    ZeroOrN(Option<u32>),
    /// One to this many; some descriptions leave the number out.
    OneOrN(Option<u32>),
}

impl Occurrence {
    /// The name of the element that says so.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Occurrence::One => "One",
            Occurrence::ZeroOrOne => "ZeroOrOne",
            Occurrence::ZeroOrMore => "ZeroOrMore",
            Occurrence::OneOrMore => "OneOrMore",
            Occurrence::ZeroOrN(_) => "ZeroOrN",
            Occurrence::OneOrN(_) => "OneOrN",
        }
    }

    /// The occurrence with this name, without a number.
    pub(super) fn from_name(name: &str) -> Option<Occurrence> {
        use Occurrence::{One, OneOrMore, OneOrN, ZeroOrMore, ZeroOrN, ZeroOrOne};
        let all = [One, ZeroOrOne, ZeroOrMore, OneOrMore, ZeroOrN(None), OneOrN(None)];
        all.into_iter().find(|occurrence| occurrence.name() == name)
    }

    /// The number that the element holds.
    pub(super) const fn number(self) -> Option<u32> {
        match self {
            Occurrence::ZeroOrN(number) | Occurrence::OneOrN(number) => number,
            _ => None,
        }
    }

    /// The least number of instances.
    #[must_use]
    pub const fn min(self) -> u32 {
        match self {
            Occurrence::One | Occurrence::OneOrMore | Occurrence::OneOrN(_) => 1,
            Occurrence::ZeroOrOne | Occurrence::ZeroOrMore | Occurrence::ZeroOrN(_) => 0,
        }
    }

    /// The largest number of instances, where there is one.
    #[must_use]
    pub const fn max(self) -> Option<u32> {
        match self {
            Occurrence::One | Occurrence::ZeroOrOne => Some(1),
            Occurrence::ZeroOrMore | Occurrence::OneOrMore => None,
            Occurrence::ZeroOrN(n) | Occurrence::OneOrN(n) => n,
        }
    }
}

/// Prints the name, with the number behind it where there is one: `ZeroOrN 8`.
impl fmt::Display for Occurrence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())?;
        match self {
            Occurrence::ZeroOrN(Some(n)) | Occurrence::OneOrN(Some(n)) => write!(f, " {n}"),
            _ => Ok(()),
        }
    }
}

/// `Scope`: whether a node is always there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Can be neither created nor deleted.
    Permanent,
    /// Comes and goes.
    #[default]
    Dynamic,
}

impl Scope {
    /// The name of the element that says so.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Scope::Permanent => "Permanent",
            Scope::Dynamic => "Dynamic",
        }
    }

    pub(super) fn from_name(name: &str) -> Option<Scope> {
        [Scope::Permanent, Scope::Dynamic].into_iter().find(|scope| scope.name() == name)
    }
}

/// `CaseSense`: whether the case of the names below a node counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CaseSense {
    /// `CS`: it does.
    Sensitive,
    /// `CIS`: it does not.
    Insensitive,
}

impl CaseSense {
    /// The name of the element that says so.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            CaseSense::Sensitive => "CS",
            CaseSense::Insensitive => "CIS",
        }
    }

    pub(super) fn from_name(name: &str) -> Option<CaseSense> {
        [CaseSense::Sensitive, CaseSense::Insensitive].into_iter().find(|sense| sense.name() == name)
    }
}
