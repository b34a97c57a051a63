//! The reconstructed layout, as data. *Provisional: not from a public OMA text.* Reasons for each line are in
//! `provisional.md` §2; nothing else in the code knows these figures.

use super::layout::{DigestCovers, DigestPlace, HeaderField, Parts};
use crate::notification::Bearer;

pub(super) const RECONSTRUCTED: Parts<'static> = Parts {
    header: &[
        (HeaderField::Version, 10),
        (HeaderField::UiMode, 2),
        (HeaderField::Initiator, 1),
        (HeaderField::Reserved, 3),
        (HeaderField::SessionId, 16),
        (HeaderField::OptionCount, 8),
    ],
    option_number: 4,
    option_length: 12,
    length_bias: 0,
    digest_place: DigestPlace::Last,
    digest_covers: DigestCovers::AllButDigest,
    version: 13,
    // The list of DM 2.0, the only one that is published (`notification.md` §4).
    bearers: &[(0x00, Bearer::Any), (0x01, Bearer::Cellular), (0x02, Bearer::Wlan), (0x03, Bearer::Wireline)],
};
