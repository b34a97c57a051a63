//! The data of a message as [`convert`](crate::convert) takes it: the rules for data are written once, there.

use super::{Data, Item, Message};
use crate::convert::{AGAIN, Change, Content, ConvertOptions, Facts, Input, Nature, is_embedded, looks_like_xml};
use crate::error::Result;
use crate::markup::{DataForm, DocumentReader, Encoding, Event, Fragment, Reader};
use std::borrow::Cow;

/// From one encoding into one.
#[derive(Clone, Copy)]
pub(super) struct Route<'o> {
    from: Encoding,
    pub(super) to: Encoding,
    pub(super) options: &'o ConvertOptions,
}

impl<'o> Route<'o> {
    pub(super) fn of(message: &Message<'_>, to: Encoding, options: &'o ConvertOptions) -> Route<'o> {
        Route { from: message.encoding(), to, options }
    }

    /// Whether the encoding stays, and with it all data.
    pub(super) fn stays(&self) -> bool {
        self.from == self.to
    }

    /// Whether the data of an item surely stays as it is, told at a glance; most does. Otherwise [`change`](Route::change) knows.
    pub(super) fn leaves(&self, item: &Item<'_>) -> bool {
        let Some(data) = item.data() else { return true };
        // Base64 and documents become something else, and so does whatever XML cannot have as it is.
        let is_text = matches!(data.form(), DataForm::Text | DataForm::CData);
        let is_bin = || item.format().is_some_and(|format| format.eq_ignore_ascii_case("bin"));
        is_text && (self.to == Encoding::Xml || !looks_like_xml(data.bytes())) && !is_bin()
    }

    /// What becomes of data of which `facts` are said.
    pub(super) fn change(
        &self,
        data: Option<Data<'_>>,
        facts: Facts<'_>,
        more: bool,
        nature: Nature,
    ) -> Result<Change> {
        let Some(data) = data.filter(|_| !self.stays()) else { return Ok(Change::default()) };
        let tree;
        let content = match data.form() {
            DataForm::Markup => match only_tree(&data)? {
                Some(found) => {
                    tree = found;
                    Content::Tree(&tree)
                }
                None => return Ok(Change::default()),
            },
            DataForm::Opaque => Content::Octets(Cow::Borrowed(data.bytes())),
            _ => Content::Text(Cow::Borrowed(data.text().unwrap_or_default())),
        };
        Input { content, facts, more, nature, offset: data.offset() }.convert(self.to, self.options)
    }
}

/// The tree that is all there is in an element.
fn only_tree<'m>(data: &Data<'m>) -> Result<Option<Fragment<'m>>> {
    let Some(fragment) = data.fragment() else { return Ok(None) };
    let mut reader = fragment.reader(&AGAIN);
    reader.next_event()?;
    let Some(tree) = next_tree(&mut reader)? else { return Ok(None) };
    loop {
        match reader.next_event()? {
            Some(Event::End) | None => return Ok(Some(tree)),
            Some(event) if event.is_blank() => {}
            Some(_) => return Ok(None),
        }
    }
}

/// The tree that comes next, if one does.
fn next_tree<'m>(reader: &mut DocumentReader<'m>) -> Result<Option<Fragment<'m>>> {
    loop {
        match reader.next_event()? {
            Some(Event::Start(name)) if is_embedded(name.tag()) => return reader.skip().map(Some),
            Some(event) if event.is_blank() => {}
            _ => return Ok(None),
        }
    }
}
