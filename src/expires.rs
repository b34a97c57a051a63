//! When what a carrier brings expires.

/// When a carrier says that a notification expires (`provisional.md` §3.1). *Provisional:* that the header of a carrier
/// means this.
///
/// ```
/// use omadm::push::Expires;
/// assert_eq!(Expires::from(Some(1_798_761_599)), Expires::At(1_798_761_599));
/// assert_eq!(Expires::from(None), Expires::Never);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Expires {
    /// It does not say that it does.
    #[default]
    Never,
    /// After this second since 1970-01-01 UTC.
    At(u64),
    /// It has, whatever the time is: the carrier says so, or what it says cannot be read.
    Passed,
    /// It does at some time: the carrier says how long it lives, and nobody says from when.
    Unknown,
}

impl From<Option<u64>> for Expires {
    fn from(seconds: Option<u64>) -> Expires {
        seconds.map_or(Expires::Never, Expires::At)
    }
}

impl Expires {
    /// The earlier of two; a time that is known comes before one that is not.
    pub(crate) fn earlier(self, other: Expires) -> Expires {
        match (self, other) {
            (Expires::Passed, _) | (_, Expires::Passed) => Expires::Passed,
            (Expires::At(one), Expires::At(other)) => Expires::At(one.min(other)),
            (at @ Expires::At(_), _) | (_, at @ Expires::At(_)) => at,
            (Expires::Unknown, _) | (_, Expires::Unknown) => Expires::Unknown,
            (Expires::Never, Expires::Never) => Expires::Never,
        }
    }
}
