//! The records a decoded message consists of: texts as places, lists as ranges in shared vectors.

use super::CommandKind;
use crate::markup::{DataForm, Encoding, KeptBinding, KeptFragment};
use crate::text::Text;
use core::ops::Range;

/// An index into one of the vectors of [`Parts`]; or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Index(u32);

impl Index {
    pub(crate) const NONE: Index = Index(u32::MAX);

    /// The index of the element about to be pushed.
    pub(crate) fn next<T>(list: &[T]) -> Index {
        // Each element costs at least one octet of an input below 4 GiB.
        Index(u32::try_from(list.len()).unwrap_or(u32::MAX))
    }

    /// That of an element that is there, if any.
    pub(crate) fn at(index: Option<usize>) -> Index {
        index.map_or(Index::NONE, |index| Index(u32::try_from(index).unwrap_or(u32::MAX)))
    }

    pub(crate) fn get(self) -> Option<usize> {
        (self != Index::NONE).then_some(self.0 as usize)
    }

    pub(crate) fn is_some(self) -> bool {
        self != Index::NONE
    }

    pub(crate) fn of<T>(self, list: &[T]) -> Option<&T> {
        list.get(self.get()?)
    }
}

impl Default for Index {
    fn default() -> Self {
        Index::NONE
    }
}

/// Everything of a message but its texts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Parts {
    pub(crate) header: RawHeader,
    pub(crate) commands: Vec<RawCommand>,
    pub(crate) items: Vec<RawItem>,
    pub(crate) metas: Vec<RawMeta>,
    /// What few commands, parties, items and metas say. Records are small without, and a decoder is mostly occupied with memory.
    pub(crate) command_rests: Vec<CommandRest>,
    pub(crate) party_rests: Vec<PartyRest>,
    pub(crate) item_rests: Vec<ItemRest>,
    pub(crate) meta_rests: Vec<MetaRest>,
    pub(crate) creds: Vec<RawCred>,
    pub(crate) refs: Vec<RawRef>,
    pub(crate) extras: Vec<RawExtra>,
    pub(crate) fragments: Vec<KeptFragment>,
    pub(crate) bindings: Vec<KeptBinding>,
    pub(crate) is_final: bool,
    /// Room for decoding: the containers that are open.
    pub(crate) open: Vec<usize>,
    /// Unknown elements of `SyncBody`, and of `SyncML` itself.
    pub(crate) body_extras: Extras,
    pub(crate) root_extras: Extras,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct RawHeader {
    pub(crate) ver_dtd: Text,
    pub(crate) ver_proto: Text,
    pub(crate) session_id: Text,
    pub(crate) msg_id: Text,
    pub(crate) target: RawParty,
    pub(crate) source: RawParty,
    pub(crate) resp_uri: Text,
    pub(crate) no_resp: bool,
    pub(crate) cred: Index,
    pub(crate) meta: Index,
    pub(crate) extras: Extras,
}

/// `Target` or `Source`.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct RawParty {
    pub(crate) loc_uri: Text,
    /// In [`Parts::party_rests`].
    pub(crate) rest: Index,
}

/// What few parties have.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct PartyRest {
    pub(crate) loc_name: Text,
    /// `Filter`, of data synchronisation, and unknown elements.
    pub(crate) extras: Extras,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct RawCommand {
    pub(crate) kind: CommandKind,
    pub(crate) no_resp: bool,
    pub(crate) archive: bool,
    pub(crate) sft_del: bool,
    pub(crate) offset: u32,
    /// The container that this command is in.
    pub(crate) parent: Index,
    /// One past the last command inside this one.
    pub(crate) end: u32,
    pub(crate) cmd_id: Text,
    pub(crate) msg_ref: Text,
    pub(crate) cmd_ref: Text,
    pub(crate) cmd: Text,
    pub(crate) data: RawData,
    pub(crate) meta: Index,
    pub(crate) items: Range<u32>,
    pub(crate) refs: Range<u32>,
    /// In [`Parts::command_rests`].
    pub(crate) rest: Index,
}

/// What few commands have.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct CommandRest {
    pub(crate) correlator: Text,
    pub(crate) lang: Text,
    pub(crate) chal: Index,
    /// Unknown elements of `Chal`.
    pub(crate) chal_extras: Extras,
    pub(crate) cred: Index,
    pub(crate) extras: Extras,
    /// The whole element, of a command outside DM.
    pub(crate) fragment: Index,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct RawItem {
    pub(crate) offset: u32,
    pub(crate) target: RawParty,
    pub(crate) source: RawParty,
    pub(crate) meta: Index,
    pub(crate) data: RawData,
    pub(crate) more_data: bool,
    /// In [`Parts::item_rests`].
    pub(crate) rest: Index,
}

/// What few items have: the parents are data synchronisation's.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ItemRest {
    pub(crate) target_parent: RawParty,
    pub(crate) source_parent: RawParty,
    pub(crate) extras: Extras,
}

#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct RawMeta {
    pub(crate) format: Text,
    pub(crate) type_: Text,
    /// In [`Parts::meta_rests`].
    pub(crate) rest: Index,
}

/// What few metas have.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct MetaRest {
    pub(crate) mark: Text,
    pub(crate) size: Text,
    pub(crate) version: Text,
    pub(crate) max_msg_size: Text,
    pub(crate) max_obj_size: Text,
    pub(crate) next_nonce: RawData,
    pub(crate) extras: Extras,
}

#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct RawCred {
    pub(crate) meta: Index,
    pub(crate) data: RawData,
    pub(crate) extras: Extras,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct RawRef {
    pub(crate) is_target: bool,
    pub(crate) text: Text,
}

#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct RawData {
    pub(crate) form: DataForm,
    /// Where the element begins in the input.
    pub(crate) offset: u32,
    pub(crate) text: Text,
    /// The element with its content, for [`DataForm::Markup`].
    pub(crate) fragment: Index,
}

/// A list of unknown elements: chained, as they may stand between anything.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Extras {
    pub(crate) first: Index,
    pub(crate) last: Index,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct RawExtra {
    pub(crate) fragment: Index,
    pub(crate) next: Index,
}

impl Parts {
    /// With room for what a message of `len` octets is likely to have: lists that grow are moved about, while room that is
    /// not used is none of the process's memory.
    pub(crate) fn for_document(encoding: Encoding, len: usize) -> Parts {
        // Octets of a small command, or of an item.
        let command = match encoding {
            Encoding::Xml => 128,
            Encoding::Wbxml => 64,
        };
        let commands = len.checked_div(command).unwrap_or(0);
        Parts {
            commands: Vec::with_capacity(commands),
            items: Vec::with_capacity(commands),
            metas: Vec::with_capacity(commands),
            ..Parts::default()
        }
    }

    pub(crate) fn party_rest(&self, party: RawParty) -> PartyRest {
        party.rest.of(&self.party_rests).copied().unwrap_or_default()
    }

    pub(crate) fn command_rest(&self, command: &RawCommand) -> CommandRest {
        command.rest.of(&self.command_rests).copied().unwrap_or_default()
    }

    pub(crate) fn set_command_rest(&mut self, command: &mut RawCommand, rest: CommandRest) {
        match command.rest.get().and_then(|index| self.command_rests.get_mut(index)) {
            Some(slot) => *slot = rest,
            None => {
                command.rest = Index::next(&self.command_rests);
                self.command_rests.push(rest);
            }
        }
    }

    pub(crate) fn item_rest(&self, item: &RawItem) -> ItemRest {
        item.rest.of(&self.item_rests).copied().unwrap_or_default()
    }

    pub(crate) fn meta_rest(&self, meta: &RawMeta) -> MetaRest {
        meta.rest.of(&self.meta_rests).copied().unwrap_or_default()
    }

    /// Adds an unknown element to a list.
    pub(crate) fn push_extra(&mut self, mut list: Extras, fragment: Index) -> Extras {
        let index = Index::next(&self.extras);
        self.extras.push(RawExtra { fragment, next: Index::NONE });
        match list.last.get().and_then(|last| self.extras.get_mut(last)) {
            Some(last) => last.next = index,
            None => list.first = index,
        }
        list.last = index;
        list
    }
}
