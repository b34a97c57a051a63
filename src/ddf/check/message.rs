//! Checking messages, command by command.

use super::super::AccessTypes;
use super::finding::{Findings, Reason, Sink};
use super::{Check, Request};
use crate::markup::Options;
use crate::syncml::{Command, CommandKind, Item, Message};
use crate::tnds;

impl<'s> Check<'s> {
    /// Checks every item of the commands Add, Copy, Delete, Exec, Get and Replace of a message, and of Results, whose items say what a
    /// node is and holds. Trees in items are checked as trees. Findings know where their item begins.
    ///
    /// Of Copy the node that is copied has to take the command, and its target has to be described: what the standard says of
    /// `AccessType` leaves open which of both is meant. Chunks of large objects are checked without their value.
    #[must_use]
    pub fn message(&self, message: &Message<'_>) -> Findings<'s> {
        let mut sink = self.sink();
        // Where the Atomics end that the next command lies in.
        let mut atomic_end = 0_usize;
        for (index, command) in message.all_commands().enumerate() {
            if command.kind() == CommandKind::Atomic {
                let end = index.saturating_add(command.all_children().count()).saturating_add(1);
                atomic_end = atomic_end.max(end);
            }
            for item in command.items() {
                if sink.is_over() {
                    return sink.finish();
                }
                self.item(&command, &item, index < atomic_end, &mut sink);
            }
        }
        sink.finish()
    }

    fn item(&self, command: &Command<'_>, item: &Item<'_>, in_atomic: bool, sink: &mut Sink<'s>) {
        let access = match command.kind() {
            CommandKind::Results => AccessTypes::empty(),
            kind => match AccessTypes::from_command(kind.name()) {
                Some(access) => access,
                None => return,
            },
        };
        sink.offset = Some(item.offset());
        sink.with_status = command.kind() != CommandKind::Results;
        if access == AccessTypes::COPY {
            for (uri, access) in [(item.source(), access), (item.target(), AccessTypes::empty())] {
                if let Some(uri) = uri {
                    self.command_into(&Request::new(access, uri).in_atomic(in_atomic), sink);
                }
            }
            return;
        }
        let Some(uri) = item.node_uri() else { return };
        let mut request = Request::new(access, uri).in_atomic(in_atomic);
        let is_content = access.is_empty() || access.intersects(AccessTypes::ADD | AccessTypes::REPLACE);
        let tree = if is_content { tnds::in_item(item, &Options::default()) } else { None };
        let data = item.data().filter(|_| !item.more_data());
        // A property and a list are no value of the node.
        if tree.is_none() && !uri.contains('?') {
            request = item.format().map_or(request, |format| request.format(format));
            request = item.media_type().map_or(request, |media_type| request.media_type(media_type));
            request = data.as_ref().map_or(request, |data| request.value(data.bytes()));
        }
        self.command_into(&request, sink);
        match tree {
            Some(Ok(tree)) => {
                sink.with_status = false;
                self.tree_into(&tree, sink);
            }
            Some(Err(error)) => sink.add(uri, None, Reason::Tree(error)),
            None => {}
        }
    }
}
