//! What came back for one question.

use crate::markup::{DataForm, Options};
use crate::session::ResultItem;
use crate::syncml::{Command, CommandKind, StatusCode};
use crate::tnds;
use crate::tree::Tree;

/// The answer to one `Get`: its `Status`, and the items of its `Results`.
#[derive(Clone, Debug, Default)]
pub struct Reply<'m> {
    /// The outcome. None if there was no answer: the session was aborted, or the device fell silent.
    pub status: Option<StatusCode>,
    /// The items, of all `Results`, large objects put together.
    pub items: Vec<ResultItem<'m>>,
    /// The tree document among them, if there is one; its URIs count from the root of the device.
    pub tree: Option<Tree<'m>>,
    /// Whether there is more than that: chunks of a large object that were not put together, data that is markup, a second document. A locator
    /// takes nothing of it for complete.
    pub is_cut: bool,
}

impl<'m> Reply<'m> {
    /// Gathers what answers command `cmd_ref` of message `msg_ref`, from the commands of the messages that came. Chunks of large objects
    /// are left out, and the reply is [cut](Reply::is_cut): a [`Joiner`](crate::syncml::Joiner) puts them together. Whoever puts the whole
    /// object among the items, in place of its last chunk, clears the mark.
    ///
    /// ```
    /// use omadm::{session::Reply, syncml::{Message, StatusCode}};
    /// let message = Message::decode(b"<SyncML><SyncHdr><VerDTD>1.2</VerDTD><SessionID>1</SessionID><MsgID>2</MsgID>
    ///     <Target><LocURI>s</LocURI></Target><Source><LocURI>d</LocURI></Source></SyncHdr><SyncBody>
    ///   <Status><CmdID>1</CmdID><MsgRef>1</MsgRef><CmdRef>4</CmdRef><Cmd>Get</Cmd><Data>200</Data></Status>
    ///   <Results><CmdID>2</CmdID><MsgRef>1</MsgRef><CmdRef>4</CmdRef>
    ///     <Item><Source><LocURI>./DevInfo/Man</LocURI></Source><Data>Acme</Data></Item></Results>
    ///   <Final/></SyncBody></SyncML>")?;
    /// let reply = Reply::collect(message.all_commands(), "1", "4", &Default::default());
    /// assert_eq!(reply.status, Some(StatusCode(200)));
    /// assert_eq!(reply.items[0].source, "./DevInfo/Man");
    /// # Ok::<(), omadm::Error>(())
    /// ```
    #[must_use]
    pub fn collect(
        commands: impl IntoIterator<Item = Command<'m>>,
        msg_ref: &str,
        cmd_ref: &str,
        options: &Options,
    ) -> Reply<'m> {
        let mut reply = Reply::default();
        for command in commands {
            // Results may leave it out where it is 1 (`wire.md` §14.1 row 3).
            let default = (command.kind() == CommandKind::Results).then_some("1");
            if command.msg_ref() != Some(msg_ref) || command.cmd_ref().or(default) != Some(cmd_ref) {
                continue;
            }
            match command.kind() {
                CommandKind::Status => reply.status = command.status().or(reply.status),
                CommandKind::Results => {
                    for item in command.items() {
                        if item.more_data() {
                            reply.is_cut = true;
                            continue;
                        }
                        match tnds::in_item(&item, options) {
                            Some(Ok(tree)) => reply.is_cut |= reply.tree.replace(tree).is_some(),
                            _ => {
                                reply.is_cut |= item.data().is_some_and(|data| data.form() == DataForm::Markup);
                                reply.items.push(ResultItem::of(&item));
                            }
                        }
                    }
                }
                _ => {}
            }
        }
        reply
    }

    fn has_code(&self, codes: core::ops::RangeInclusive<u16>) -> bool {
        self.status.is_some_and(|status| codes.contains(&status.0))
    }

    fn is_success(&self) -> bool {
        self.has_code(200..=299)
    }

    /// The items, if they are an answer.
    pub(super) fn items(&self) -> &[ResultItem<'m>] {
        if self.is_success() { &self.items } else { &[] }
    }

    /// The document, if it is an answer.
    pub(super) fn tree(&self) -> Option<&Tree<'m>> {
        self.tree.as_ref().filter(|_| self.is_success())
    }

    /// Whether an answer is all there is. 206 is partial content; other codes say nothing of it.
    pub(super) fn is_whole(&self) -> bool {
        (self.is(200) || self.is(213)) && !self.is_cut
    }

    /// Whether the node is not there, or not to be read, which is the same (`provisional.md` §4.2).
    pub(super) fn is_absent(&self) -> bool {
        self.is(404) || self.is(405) || self.is(425)
    }

    /// Whether a smaller question may have an answer.
    pub(super) fn is_too_much(&self) -> bool {
        self.status.is_none() || self.is(413)
    }

    pub(super) fn is(&self, code: u16) -> bool {
        self.status == Some(StatusCode(code))
    }
}
