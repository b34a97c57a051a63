//! Which format a carrier says that it brings.

use core::fmt;

/// The media type of a notification (`notification.md` §5.1). It decides which format is read; what has none of them is
/// read as [`Dm12`](MediaType::Dm12).
///
/// ```
/// use omadm::notification::MediaType;
/// assert_eq!(MediaType::from_wsp_code(0x44), Some(MediaType::Dm12));
/// assert_eq!(MediaType::from_name("application/vnd.syncml.dm.notification"), Some(MediaType::Dm13));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum MediaType {
    /// DM 1.1 and 1.2, by server identifier and digest.
    #[default]
    Dm12,
    /// DM 1.3, which has a type of its own.
    Dm13,
    /// Data synchronisation: the server alerted notification.
    DataSync,
}

impl MediaType {
    const ALL: [MediaType; 3] = [MediaType::Dm12, MediaType::Dm13, MediaType::DataSync];

    /// The name: type and subtype.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            MediaType::Dm12 => "application/vnd.syncml.notification",
            MediaType::Dm13 => "application/vnd.syncml.dm.notification",
            MediaType::DataSync => "application/vnd.syncml.ds.notification",
        }
    }

    /// OMNA's number of it.
    #[must_use]
    pub const fn wsp_code(self) -> u32 {
        match self {
            MediaType::Dm12 => 0x44,
            MediaType::Dm13 => 0x58,
            MediaType::DataSync => 0x4E,
        }
    }

    /// The type of this name, in any case; parameters are skipped.
    #[must_use]
    pub fn from_name(name: &str) -> Option<MediaType> {
        let name = name.split(';').next().unwrap_or_default().trim();
        MediaType::ALL.into_iter().find(|media_type| media_type.name().eq_ignore_ascii_case(name))
    }

    /// The type of this number.
    #[must_use]
    pub fn from_wsp_code(code: u32) -> Option<MediaType> {
        MediaType::ALL.into_iter().find(|media_type| media_type.wsp_code() == code)
    }
}

/// Prints the name.
impl fmt::Display for MediaType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
