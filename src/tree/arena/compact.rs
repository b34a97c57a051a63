//! Dropping what no node refers to any more.

use super::{Arena, NONE, Rare};
use crate::text::{Text, Texts};

impl Arena {
    /// Octets that the properties of few nodes take.
    pub(in crate::tree) fn rare_octets(&self) -> usize {
        self.rare.len().saturating_mul(size_of::<Rare>())
    }

    /// Moves every text that is in use with `keep`, and drops properties and kinds that are not. The kinds have to be
    /// indexed again afterwards.
    pub(in crate::tree) fn compact(&mut self, mut keep: impl FnMut(Text) -> Text) {
        let mut rare = Vec::new();
        let mut kinds = Vec::new();
        let mut places = vec![NONE; self.kinds.len()];
        let mut next = Some(Arena::ROOT);
        while let Some(index) = next {
            if let Some(record) = self.records.get_mut(index as usize) {
                record.name = keep(record.name);
                record.value = keep(record.value);
                if let Some(known) = self.rare.get(record.rare as usize) {
                    record.rare = u32::try_from(rare.len()).unwrap_or(NONE);
                    let [acl, title, tstamp, ver_no] =
                        [known.acl, known.title, known.tstamp, known.ver_no].map(&mut keep);
                    rare.push(Rare { acl, title, tstamp, ver_no });
                }
                if let (Some(kind), Some(place)) =
                    (self.kinds.get(record.kind as usize), places.get_mut(record.kind as usize))
                {
                    if *place == NONE {
                        *place = u32::try_from(kinds.len()).unwrap_or(NONE);
                        let mut kind = kind.clone();
                        kind.text = keep(kind.text);
                        kinds.push(kind);
                    }
                    record.kind = *place;
                }
            }
            next = self.next_in_order(index, Arena::ROOT);
        }
        self.rare = rare;
        self.kinds = kinds;
        self.by_kind.clear();
    }

    /// Makes the index of kinds again.
    pub(in crate::tree) fn index_kinds(&mut self, texts: &impl Texts) {
        let Arena { by_kind, kinds, hasher, .. } = self;
        let hash = |index: &u32| {
            let kind = kinds.get(*index as usize);
            kind.map_or(0, |kind| core::hash::BuildHasher::hash_one(&*hasher, (kind.is_mo, texts.bytes(kind.text))))
        };
        for index in (0..).take(kinds.len()) {
            by_kind.insert_unique(hash(&index), index, hash);
        }
    }
}
