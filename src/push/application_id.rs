//! Whom a push is for.

use core::fmt;

/// What stands before the name of an application that has a short one.
const URN_PREFIX: &str = "x-wap-application:";

/// Which application of the device a push is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ApplicationId<'a> {
    /// By number (OMNA's push application ids).
    WellKnown(u32),
    /// By URN.
    Uri(&'a str),
}

impl<'a> ApplicationId<'a> {
    /// `x-wap-application:push.syncml`: data synchronisation.
    pub const DATA_SYNC: ApplicationId<'static> = ApplicationId::WellKnown(0x05);
    /// `x-wap-application:syncml.dm`.
    pub const DEVICE_MANAGEMENT: ApplicationId<'static> = ApplicationId::WellKnown(0x07);

    /// The URN, also of a number that has one in this field.
    #[must_use]
    pub const fn urn(&self) -> Option<&'a str> {
        match *self {
            ApplicationId::Uri(uri) => Some(uri),
            ApplicationId::WellKnown(0x05) => Some("x-wap-application:push.syncml"),
            ApplicationId::WellKnown(0x07) => Some("x-wap-application:syncml.dm"),
            ApplicationId::WellKnown(_) => None,
        }
    }

    /// The URN without its prefix, as SIP names applications; none where the URN has another prefix.
    #[must_use]
    pub fn short_name(&self) -> Option<&'a str> {
        let urn = self.urn()?;
        let (prefix, name) = urn.split_at_checked(URN_PREFIX.len())?;
        prefix.eq_ignore_ascii_case(URN_PREFIX).then_some(name)
    }

    /// Whether both name the same application, by number or by URN in any case.
    #[must_use]
    pub fn is(&self, other: ApplicationId<'_>) -> bool {
        match (*self, other) {
            (ApplicationId::WellKnown(one), ApplicationId::WellKnown(other)) => one == other,
            _ => {
                let urns = self.urn().zip(other.urn());
                urns.is_some_and(|(one, other)| one.eq_ignore_ascii_case(other))
            }
        }
    }
}

/// Prints the URN, of the numbers that have one in this field.
impl fmt::Display for ApplicationId<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.urn(), self) {
            (None, ApplicationId::WellKnown(code)) => write!(f, "{code:#04x}"),
            (urn, _) => f.write_str(urn.unwrap_or_default()),
        }
    }
}
