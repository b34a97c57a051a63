//! Codes that both session hints and options of DM 1.3 use. *Provisional.*

use core::fmt;

/// An access bearer that a session can run over: the list of DM 2.0, the only one published (`notification.md` §4).
/// *Provisional* as what DM 1.3 means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bearer {
    /// Whatever there is.
    Any,
    /// A cellular network.
    Cellular,
    /// A wireless LAN.
    Wlan,
    /// A cable.
    Wireline,
    /// A code without a meaning here: kept, and skipped.
    Other(u8),
}

/// Prints the name, or the code of one that has none.
impl fmt::Display for Bearer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Bearer::Any => "any",
            Bearer::Cellular => "cellular",
            Bearer::Wlan => "WLAN",
            Bearer::Wireline => "wireline",
            Bearer::Other(code) => return write!(f, "{code:#04x}"),
        })
    }
}
