//! The three ways to read a message: whole, one command at a time, and fed in chunks.

use super::views::command;
use omadm::Error;
use omadm::markup::{Document, Fragment, Options, Reader as _};
use omadm::syncml::{Command, Feeder, Header, Message, MessageReader};
use std::fmt::Write as _;

/// What a way of reading gave: header, one text a command, whether it was final; and the error that ended it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Read {
    pub(crate) header: Option<String>,
    pub(crate) commands: Vec<String>,
    pub(crate) is_final: bool,
    pub(crate) error: Option<Error>,
}

fn show_header(header: &Header<'_>) -> String {
    let cred = header.cred().and_then(|cred| Some(cred.data()?.bytes().to_vec()));
    let sizes = header.meta().map(|meta| (meta.max_msg_size(), meta.max_obj_size()));
    format!(
        "{} {:?} {} {} {} {} {:?} {:?} {cred:?} {sizes:?}",
        header.ver_dtd(),
        header.ver_proto(),
        header.session_id(),
        header.msg_id(),
        header.target(),
        header.source(),
        header.source_name(),
        header.resp_uri(),
    )
}

/// A command with everything inside it, and with places.
fn show(top: &Command<'_>) -> String {
    let mut out = String::new();
    for each in std::iter::once(*top).chain(top.all_children()) {
        let places: Vec<usize> = each
            .items()
            .flat_map(|item| [Some(item.offset()), item.data().map(|data| data.offset())])
            .flatten()
            .collect();
        let cred = each.cred().and_then(|cred| cred.data()).map(|data| data.offset());
        // Unknown elements, markup in data and commands outside DM: where they begin, and the elements in them.
        let mut fragments: Vec<Fragment<'_>> = each.extras().collect();
        fragments.extend(each.fragment());
        for item in each.items() {
            fragments.extend(item.extras());
            fragments.extend(item.data().and_then(|data| data.fragment()));
        }
        for fragment in fragments {
            let mut reader = fragment.reader(&Options { bare_ampersand: true, ..Options::default() });
            write!(out, "fragment at {}:", fragment.offset()).unwrap();
            while let Ok(Some(_)) = reader.next_event() {
                write!(out, " {}", reader.offset()).unwrap();
            }
            writeln!(out).unwrap();
        }
        writeln!(out, "at {} {:?} {cred:?} {places:?}", each.offset(), each.data().map(|data| data.offset())).unwrap();
        command(&mut out, &each);
    }
    out
}

pub(crate) fn whole(input: &[u8], options: &Options) -> Read {
    let message = match Message::decode_with(input, options) {
        Ok(message) => message,
        Err(error) => return Read { header: None, commands: Vec::new(), is_final: false, error: Some(error) },
    };
    Read {
        header: Some(show_header(&message.header())),
        commands: message.commands().map(|command| show(&command)).collect(),
        is_final: message.is_final(),
        error: None,
    }
}

pub(crate) fn pulled(input: &[u8], options: &Options) -> Read {
    let mut read = Read { header: None, commands: Vec::new(), is_final: false, error: None };
    let outcome = (|| {
        let document = Document::open(input)?;
        let mut reader = MessageReader::new(&document, options)?;
        read.header = Some(show_header(&reader.header()));
        loop {
            match reader.next_command() {
                Ok(Some(command)) => read.commands.push(show(&command)),
                Ok(None) => break,
                Err(error) => {
                    assert_eq!(reader.next_command().unwrap_err(), error, "an error stays");
                    return Err(error);
                }
            }
        }
        read.is_final = reader.is_final();
        // The header is still there, and the end stays the end.
        assert_eq!(read.header, Some(show_header(&reader.header())));
        assert!(reader.next_command()?.is_none());
        Ok(())
    })();
    read.error = outcome.err();
    read
}

pub(crate) fn fed<'i>(chunks: impl Iterator<Item = &'i [u8]>, options: &Options) -> Read {
    let mut read = Read { header: None, commands: Vec::new(), is_final: false, error: None };
    let mut feeder = Feeder::new(options);
    let outcome = (|| {
        for chunk in chunks {
            feeder.feed(chunk)?;
            while let Some(fed) = feeder.next_command()? {
                read.commands.push(show(&fed.command()));
            }
        }
        feeder.finish();
        read.header = feeder.header()?.map(|header| show_header(&header));
        loop {
            match feeder.next_command() {
                Ok(Some(fed)) => read.commands.push(show(&fed.command())),
                Ok(None) => break,
                Err(error) => {
                    assert_eq!(feeder.next_command().unwrap_err(), error, "an error stays");
                    return Err(error);
                }
            }
        }
        assert!(feeder.is_complete());
        assert!(feeder.next_command()?.is_none(), "the end stays the end");
        read.is_final = feeder.is_final();
        Ok(())
    })();
    read.error = outcome.err();
    read
}
