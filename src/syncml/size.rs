//! Whether data is as long as its `Size` says.

use super::Item;
use crate::error::{Error, ErrorKind, Result};
use crate::markup::DataForm;

impl Item<'_> {
    /// `Size`: the item's own, the command's, or that of a container around it. Of an object in chunks, the size of the whole, in the first chunk.
    #[must_use]
    pub fn size(&self) -> Option<u64> {
        self.said(|parts, meta| parts.meta_rest(meta).size)?.parse().ok()
    }

    /// Checks that the data is as long as `Size` says (`wire.md` §1.7): octets as they travelled, base64 as base64. For an
    /// object that came whole. Chunks are the [`Joiner`](super::Joiner)'s to check, and not checked here; nor are elements, as it is
    /// not said what their size is.
    ///
    /// Messages with a wrong `Size` are decoded all the same, because it is common and the data is there.
    ///
    /// ```
    /// use omadm::{ErrorKind, syncml::Message};
    /// let message = Message::decode(
    ///     b"<SyncML xmlns='SYNCML:SYNCML1.2'><SyncHdr><VerDTD>1.2</VerDTD><SessionID>1</SessionID><MsgID>1</MsgID>\
    ///       <Target><LocURI>a</LocURI></Target><Source><LocURI>b</LocURI></Source></SyncHdr><SyncBody><Add><CmdID>1</CmdID>\
    ///       <Item><Meta><Size xmlns='syncml:metinf'>99</Size></Meta><Data>abc</Data></Item></Add></SyncBody></SyncML>",
    /// )?;
    /// let command = message.commands().next().unwrap();
    /// let error = command.items().next().unwrap().check_size().unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::SizeMismatch);
    /// # Ok::<(), omadm::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`SizeMismatch`](ErrorKind::SizeMismatch), at the `Data`; at the item, where it has none.
    pub fn check_size(&self) -> Result<()> {
        let data = self.data();
        let is_markup = data.is_some_and(|data| data.form() == DataForm::Markup);
        let len = data.map_or(0, |data| data.bytes().len() as u64);
        match self.size() {
            Some(size) if size != len && !is_markup && !self.more_data() => {
                let offset = data.map_or(self.offset(), |data| data.offset());
                Err(Error::new(ErrorKind::SizeMismatch, offset))
            }
            _ => Ok(()),
        }
    }
}
