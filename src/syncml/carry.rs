//! The data of a message as [`convert`](crate::convert) takes it: the rules for data are written once, there.

use super::{Data, Message};
use crate::convert::{AGAIN, Change, Content, ConvertOptions, Facts, Input, Nature, is_embedded};
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
