//! When two messages say the same.

use super::{Command, Cred, Data, Embedded, Item, Message, Meta, Ref};
use crate::error::{ErrorKind, Result};
use crate::markup::{DataForm, Event, Fragment, Options, Reader};

/// What `Data` is, for equality: the same octets, or documents that say the same.
fn same_data(one: Option<Data<'_>>, two: Option<Data<'_>>) -> bool {
    let (one, two) = match (one, two) {
        (None, None) => return true,
        (Some(one), Some(two)) => (one, two),
        _ => return false,
    };
    if one.form() != DataForm::Markup && two.form() != DataForm::Markup && one.bytes() == two.bytes() {
        return true;
    }
    if one.fragment().is_some() && one.fragment() == two.fragment() {
        return true;
    }
    let (Some(one), Some(two)) = (one.embedded(), two.embedded()) else { return false };
    // What stands around a document in Data is indentation.
    match (root(&one), root(&two)) {
        (Ok(one), Ok(two)) => one == two,
        _ => false,
    }
}

/// The root element of an embedded document: blanks and the end of the enclosing element are left.
fn root<'d>(embedded: &'d Embedded<'_>) -> Result<Fragment<'d>> {
    let mut reader = embedded.reader(&Options::default())?;
    loop {
        match reader.next_event()? {
            Some(Event::Start(_)) => return reader.skip(),
            Some(event) if event.is_blank() => {}
            _ => return Err(reader.error(ErrorKind::NoRoot)),
        }
    }
}

fn same_meta(one: Option<Meta<'_>>, two: Option<Meta<'_>>) -> bool {
    one.is_some() == two.is_some()
        && one.and_then(|meta| meta.format()) == two.and_then(|meta| meta.format())
        && one.and_then(|meta| meta.media_type()) == two.and_then(|meta| meta.media_type())
        && same_but_format_and_type(one, two)
}

fn same_but_format_and_type(one: Option<Meta<'_>>, two: Option<Meta<'_>>) -> bool {
    let texts = |meta: Meta<'_>| [meta.mark().map(str::to_owned), meta.version().map(str::to_owned)];
    let numbers = |meta: Meta<'_>| [meta.size(), meta.max_msg_size(), meta.max_obj_size()];
    one.map_or_else(Default::default, texts) == two.map_or_else(Default::default, texts)
        && one.map_or_else(Default::default, numbers) == two.map_or_else(Default::default, numbers)
        && same_data(one.and_then(|meta| meta.next_nonce()), two.and_then(|meta| meta.next_nonce()))
        && one.into_iter().flat_map(|meta| meta.extras()).eq(two.into_iter().flat_map(|meta| meta.extras()))
}

fn same_cred(one: Option<Cred<'_>>, two: Option<Cred<'_>>) -> bool {
    match (one, two) {
        (None, None) => true,
        (Some(one), Some(two)) => {
            same_meta(one.meta(), two.meta()) && same_data(one.data(), two.data()) && one.extras().eq(two.extras())
        }
        _ => false,
    }
}

fn same_item(one: &Item<'_>, two: &Item<'_>) -> bool {
    let names = |item: &Item<'_>| -> [Option<String>; 6] {
        [
            item.target(),
            item.target_name(),
            item.source(),
            item.source_name(),
            item.target_parent(),
            item.source_parent(),
        ]
        .map(|name| name.map(str::to_owned))
    };
    names(one) == names(two)
        && one.more_data() == two.more_data()
        // Format and Type count, not whether they stand in the item or in its command.
        && one.format() == two.format()
        && one.media_type() == two.media_type()
        && same_but_format_and_type(one.own_meta(), two.own_meta())
        && same_data(one.data(), two.data())
        && one.extras().eq(two.extras())
}

fn same_command(one: &Command<'_>, two: &Command<'_>) -> bool {
    let of = |command: &Command<'_>, target: bool| -> Vec<String> {
        let refs = command.refs().filter_map(|reference| match reference {
            Ref::Target(uri) if target => Some(uri.to_owned()),
            Ref::Source(uri) if !target => Some(uri.to_owned()),
            _ => None,
        });
        refs.collect()
    };
    one.kind() == two.kind()
        && one.cmd_id() == two.cmd_id()
        && one.no_resp() == two.no_resp()
        && (one.archive(), one.sft_del()) == (two.archive(), two.sft_del())
        && one.msg_ref() == two.msg_ref()
        && one.cmd_ref() == two.cmd_ref()
        && one.cmd() == two.cmd()
        && one.correlator() == two.correlator()
        && one.lang() == two.lang()
        && of(one, true) == of(two, true)
        && of(one, false) == of(two, false)
        && same_data(one.data(), two.data())
        && same_meta(one.meta(), two.meta())
        && same_meta(one.chal().map(|chal| chal.meta()), two.chal().map(|chal| chal.meta()))
        && one
            .chal()
            .into_iter()
            .flat_map(|chal| chal.extras())
            .eq(two.chal().into_iter().flat_map(|chal| chal.extras()))
        && same_cred(one.cred(), two.cred())
        && one.all_children().count() == two.all_children().count()
        && one.items().len() == two.items().len()
        && one.items().zip(two.items()).all(|(one, two)| same_item(&one, &two))
        && one.extras().eq(two.extras())
        && one.fragment() == two.fragment()
}

/// Whether both say the same. How it was written does not count: encoding, order of children, text or CDATA or an opaque block of the same
/// octets. Octets and their base64 are not the same: see [`Message::normalise`].
impl PartialEq for Message<'_> {
    fn eq(&self, other: &Message<'_>) -> bool {
        let (one, two) = (self.header(), other.header());
        one.ver_dtd() == two.ver_dtd()
            && one.ver_proto() == two.ver_proto()
            && one.session_id() == two.session_id()
            && one.msg_id() == two.msg_id()
            && one.target() == two.target()
            && one.target_name() == two.target_name()
            && one.source() == two.source()
            && one.source_name() == two.source_name()
            && one.resp_uri() == two.resp_uri()
            && one.no_resp() == two.no_resp()
            && same_cred(one.cred(), two.cred())
            && same_meta(one.meta(), two.meta())
            && one.extras().eq(two.extras())
            && self.is_final() == other.is_final()
            && self.body_extras().eq(other.body_extras())
            && self.root_extras().eq(other.root_extras())
            && self.all_commands().count() == other.all_commands().count()
            && self.all_commands().zip(other.all_commands()).all(|(one, two)| same_command(&one, &two))
    }
}
