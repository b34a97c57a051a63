//! Builds of Windows, and which of them have a node.

use super::{Applicability, Deprecated};
use crate::error::{Error, ErrorKind};
use core::fmt;
use core::str::FromStr;

/// A build of Windows, such as `10.0.22621.1194`: version 10.0, build 22621, revision 1194. A build without a revision is its
/// first release.
///
/// ```
/// use omadm::ddf::OsBuild;
/// let build: OsBuild = "10.0.22621.1194".parse()?;
/// assert_eq!((build.build, build.revision), (22621, Some(1194)));
/// assert_eq!("22621.1194".parse(), Ok(build));
/// # Ok::<(), omadm::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OsBuild {
    /// The version: `(10, 0)` for Windows 10 and 11.
    pub version: (u32, u32),
    /// The build.
    pub build: u32,
    /// The revision: what an update brought the build to.
    pub revision: Option<u32>,
}

/// Builds that differ only in what is switched on: they get the same updates, so that a revision means the same in all of
/// them. First and last build of each such line.
const LINES: [(u32, u32); 4] = [(18362, 18363), (19041, 19045), (22621, 22631), (26100, 26200)];

impl OsBuild {
    /// The first and the last build that share their updates with this one.
    fn line(self) -> (u32, u32) {
        let line = LINES.into_iter().find(|(first, last)| (*first..=*last).contains(&self.build));
        line.unwrap_or((self.build, self.build))
    }

    /// Version and build, which order releases.
    fn release(self) -> ((u32, u32), u32) {
        (self.version, self.build)
    }

    /// Whether this build has what came with `other`: the build itself and all later ones for one without a revision; for
    /// one with a revision, an update of an older release, only builds of the same line.
    fn has_update(self, other: OsBuild) -> bool {
        match other.revision {
            None => self.release() >= other.release(),
            Some(revision) => {
                self.release() >= other.release()
                    && (self.version, self.line()) == (other.version, other.line())
                    && self.revision.unwrap_or(0) >= revision
            }
        }
    }
}

/// Reads `10.0.22621.1194` and `10.0.22621`; `22621.1194` and `22621` are builds of version 10.0.
impl FromStr for OsBuild {
    type Err = Error;

    fn from_str(text: &str) -> Result<OsBuild, Error> {
        let invalid = |at: usize| Error::new(ErrorKind::InvalidNumber, at);
        let mut parts = [0; 4];
        let mut count = 0_usize;
        let mut at = 0_usize;
        for part in text.split('.') {
            let is_number = !part.is_empty() && part.bytes().all(|octet| octet.is_ascii_digit());
            let number = part.parse().ok().filter(|_| is_number).ok_or(invalid(at))?;
            *parts.get_mut(count).ok_or(invalid(at))? = number;
            count = count.saturating_add(1);
            at = at.saturating_add(part.len()).saturating_add(1);
        }
        let [a, b, c, d] = parts;
        Ok(match count {
            1 => OsBuild { version: (10, 0), build: a, revision: None },
            2 => OsBuild { version: (10, 0), build: a, revision: Some(b) },
            3 => OsBuild { version: (a, b), build: c, revision: None },
            _ => OsBuild { version: (a, b), build: c, revision: Some(d) },
        })
    }
}

/// Prints as `10.0.22621.1194`.
impl fmt::Display for OsBuild {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.version.0, self.version.1, self.build)?;
        match self.revision {
            Some(revision) => write!(f, ".{revision}"),
            None => Ok(()),
        }
    }
}

impl Applicability<'_> {
    /// Whether a build has the node; `None` where `OsBuildVersion` is not there or cannot be read.
    ///
    /// Microsoft's schema says of the list: the first build that has the node; with several, the one without a revision is the
    /// first release that has it, the others are older releases that got it by an update. So a build has the node if it
    /// is not older than the one without a revision, or if it belongs to a release with a revision and has been updated that far;
    /// releases that get the same updates (such as 19041 to 19045) count as one. If all have a revision, releases after the last one
    /// have the node, too. Nodes that no release has yet are marked by builds such as `99.9.99999`, which are later than all.
    ///
    /// ```
    /// let schema = omadm::ddf::decode(br#"<MgmtTree xmlns:MSFT="http://schemas.microsoft.com/MobileDevice/DM"><Node>
    ///   <NodeName>A</NodeName><DFProperties><MSFT:Applicability><MSFT:OsBuildVersion>10.0.22000, 10.0.19043.1202, 10.0.19041.1202
    ///   </MSFT:OsBuildVersion></MSFT:Applicability></DFProperties></Node></MgmtTree>"#)?;
    /// let applicability = schema.get("./A")?.unwrap().applicability().unwrap();
    /// for (build, expected) in [("22000", true), ("22621.1", true), ("19041.1202", true), ("19041.1201", false), ("19044.1288", true)] {
    ///     assert_eq!(applicability.includes(build.parse()?), Some(expected), "{build}");
    /// }
    /// # Ok::<(), omadm::Error>(())
    /// ```
    #[must_use]
    pub fn includes(&self, build: OsBuild) -> Option<bool> {
        let mut latest: Option<OsBuild> = None;
        let mut has_release = false;
        for listed in self.os_builds() {
            let listed: OsBuild = listed.parse().ok()?;
            if build.has_update(listed) {
                return Some(true);
            }
            has_release |= listed.revision.is_none();
            latest = latest.max(Some(listed));
        }
        let latest = latest?;
        let is_after = (build.version, build.build) > (latest.version, latest.line().1);
        Some(!has_release && is_after)
    }
}

impl Deprecated<'_> {
    /// Whether the node is deprecated in a build: from `OsBuildDeprecated` on, always where that is not said.
    #[must_use]
    pub fn includes(&self, build: OsBuild) -> bool {
        let since = self.os_build().and_then(|since| since.trim().parse::<OsBuild>().ok());
        since.is_none_or(|since| (build.release(), build.revision) >= (since.release(), since.revision))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn builds_are_read_and_printed() {
        for text in ["10.0.22621", "10.0.22621.1194", "99.9.99999", "0.0.0.0"] {
            assert_eq!(text.parse::<OsBuild>().unwrap().to_string(), text);
        }
        for (text, at) in
            [("", 0), ("10.", 3), ("10..1", 3), ("10.0.x", 5), ("1.2.3.4.5", 8), ("+1", 0), ("4294967296", 0)]
        {
            assert_eq!(text.parse::<OsBuild>(), Err(Error::new(ErrorKind::InvalidNumber, at)), "{text}");
        }
        assert!("22621".parse::<OsBuild>().unwrap() < "22621.1".parse().unwrap());
        assert!("6.3.9600".parse::<OsBuild>().unwrap() < "10240".parse().unwrap());
    }
}
