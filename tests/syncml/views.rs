//! What the tests share: documents, and a canonical text of everything a message shows.

pub(crate) use crate::common::hex;
use crate::common::{corpus, data};
use omadm::Error;
use omadm::markup::{Event, Options, Reader};
use omadm::syncml::{Command, Cred, Data, Embedded, Message, Meta, Ref};
use std::fmt::Write as _;

/// A document of `tests/data`.
pub(crate) fn own(name: &str) -> Vec<u8> {
    std::fs::read(data().join(name)).unwrap()
}

/// All SyncML documents, own and others', with the rows that count them. Bare ampersands are left in.
pub(crate) fn all_documents() -> Vec<(String, Vec<u8>, Row)> {
    let mut documents = Vec::new();
    let folders = [(Some(data()), "counts.tsv"), (corpus(), "corpus-counts.tsv")];
    for (folder, table) in folders {
        let Some(folder) = folder else { continue };
        for row in rows(table) {
            if row.get("kind") == "syncml" {
                let name = row.get("file").to_owned();
                documents.push((name.clone(), std::fs::read(folder.join(&name)).unwrap(), row));
            }
        }
    }
    documents
}

/// A row of a table of counts.
pub(crate) struct Row(Vec<(String, String)>);

impl Row {
    pub(crate) fn get(&self, column: &str) -> &str {
        self.0.iter().find(|(name, _)| name == column).map(|(_, value)| value.as_str()).unwrap()
    }

    /// A number; empty stands for none.
    pub(crate) fn number(&self, column: &str) -> usize {
        let value = self.get(column);
        if value.is_empty() { 0 } else { value.parse().unwrap() }
    }
}

pub(crate) fn rows(table: &str) -> Vec<Row> {
    let text = std::fs::read_to_string(data().join(table)).unwrap();
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next().unwrap().split('\t').collect();
    lines
        .map(|line| Row(names.iter().map(|name| (*name).to_owned()).zip(line.split('\t').map(str::to_owned)).collect()))
        .collect()
}

/// Every element of what a reader has left, as nested lists of names and texts. Blanks between elements mean nothing.
pub(crate) fn elements<'a>(reader: &mut impl Reader<'a>) -> Result<String, Error> {
    struct Open {
        text: Vec<u8>,
        inside: String,
    }
    let mut open = vec![Open { text: Vec::new(), inside: String::new() }];
    let mut names = Vec::new();
    while let Some(event) = reader.next_event()? {
        match event {
            Event::Start(name) => {
                names.push(name.local().to_owned());
                open.push(Open { text: Vec::new(), inside: String::new() });
            }
            Event::End => {
                let Some(name) = names.pop() else { break };
                let element = open.pop().unwrap();
                let parent = open.last_mut().unwrap();
                let blank = element.text.trim_ascii().is_empty();
                let text = if blank { String::new() } else { octets(&element.text) };
                write!(parent.inside, "({name} {text}{})", element.inside).unwrap();
            }
            Event::Opaque(octets) => open.last_mut().unwrap().text.extend_from_slice(octets),
            text => open.last_mut().unwrap().text.extend_from_slice(text.text().unwrap().as_bytes()),
        }
    }
    Ok(open.remove(0).inside)
}

/// Name of the root and number of elements by name in an embedded document.
pub(crate) fn survey(embedded: &Embedded<'_>) -> Result<(String, usize, usize), Error> {
    let mut reader = embedded.reader(&Options::default())?;
    let (mut root, mut all, mut nodes) = (String::new(), 0, 0);
    let located = |error| embedded.error(error);
    while let Some(event) = reader.next_event().map_err(located)? {
        if let Event::Start(name) = event {
            if root.is_empty() {
                root = name.local().to_owned();
            }
            all += 1;
            nodes += usize::from(name.local() == "Node");
        } else if event == Event::End && reader.depth() == 0 {
            break;
        }
    }
    Ok((root, all, nodes))
}

fn octets(octets: &[u8]) -> String {
    match core::str::from_utf8(octets) {
        Ok(text) => format!("{text:?}"),
        Err(_) => octets.iter().map(|octet| format!("{octet:02x}")).collect(),
    }
}

fn content(data: Option<Data<'_>>) -> String {
    let Some(data) = data else { return "-".into() };
    let Some(embedded) = data.embedded() else { return octets(data.bytes()) };
    let tree = embedded.reader(&Options::default()).and_then(|mut reader| elements(&mut reader));
    tree.unwrap_or_else(|error| format!("{}", embedded.error(error).kind()))
}

fn meta(meta: Option<Meta<'_>>) -> String {
    let Some(meta) = meta else { return "-".into() };
    // The encodings differ in the suffix of these types (`wire.md` §7.11).
    let kind = meta.media_type().map(|kind| kind.replace("+wbxml", "+xml"));
    format!(
        "[format={:?} type={kind:?} mark={:?} version={:?} size={:?} msg={:?} obj={:?} nonce={} {}]",
        meta.format(),
        meta.mark(),
        meta.version(),
        meta.size(),
        meta.max_msg_size(),
        meta.max_obj_size(),
        content(meta.next_nonce()),
        extras(meta.extras()),
    )
}

fn extras<'m>(extras: impl Iterator<Item = omadm::markup::Fragment<'m>>) -> String {
    extras.map(|extra| elements(&mut extra.reader(&Options::default())).unwrap_or_default()).collect()
}

fn cred(cred: Option<Cred<'_>>) -> String {
    cred.map_or("-".into(), |cred| format!("{} {}", meta(cred.meta()), content(cred.data())))
}

pub(crate) fn command(out: &mut String, command: &Command<'_>) {
    writeln!(
        out,
        "{} {} id={} noresp={} refs={:?}/{:?} cmd={:?} correlator={:?} lang={:?} data={} status={:?} alert={:?} meta={} \
         chal={} cred={} children={} extras={}",
        command.kind(),
        command.name(),
        command.cmd_id(),
        command.no_resp(),
        command.msg_ref(),
        command.cmd_ref(),
        command.cmd(),
        command.correlator(),
        command.lang(),
        content(command.data()),
        command.status(),
        command.alert(),
        meta(command.meta()),
        meta(command.chal().map(|chal| chal.meta())),
        cred(command.cred()),
        command.children().count(),
        extras(command.extras()),
    )
    .unwrap();
    for reference in command.refs() {
        match reference {
            Ref::Target(uri) => writeln!(out, "  target {uri:?}").unwrap(),
            Ref::Source(uri) => writeln!(out, "  source {uri:?}").unwrap(),
        }
    }
    for item in command.items() {
        writeln!(
            out,
            "  item {:?} {:?} {:?} {:?} {:?} {:?} meta={} format={:?} type={:?} data={} more={} extras={}",
            item.target(),
            item.target_name(),
            item.source(),
            item.source_name(),
            item.target_parent(),
            item.source_parent(),
            meta(item.own_meta()),
            item.format(),
            item.media_type().map(|kind| kind.replace("+wbxml", "+xml")),
            content(item.data()),
            item.more_data(),
            extras(item.extras()),
        )
        .unwrap();
    }
    if let Some(fragment) = command.fragment() {
        writeln!(out, "  {}", elements(&mut fragment.reader(&Options::default())).unwrap_or_default()).unwrap();
    }
}

/// Everything a message shows, but places and encoding.
pub(crate) fn dump(message: &Message<'_>) -> String {
    let header = message.header();
    let mut out = format!(
        "{} {} {} {} -> {} {:?} <- {} {:?} resp={:?} {} cred={} meta={} extras={} final={}\n",
        header.ver_dtd(),
        header.ver_proto().unwrap_or_default(),
        header.session_id(),
        header.msg_id(),
        header.target(),
        header.target_name(),
        header.source(),
        header.source_name(),
        header.resp_uri(),
        header.no_resp(),
        cred(header.cred()),
        meta(header.meta()),
        extras(header.extras().chain(message.body_extras()).chain(message.root_extras())),
        message.is_final(),
    );
    for each in message.all_commands() {
        command(&mut out, &each);
    }
    out
}

/// Calls what [`dump`] leaves out, too.
pub(crate) fn touch_all(message: &Message<'_>) -> usize {
    let mut sum = dump(message).len() + format!("{message:?} {:?}", message.header()).len();
    let mut data = Vec::new();
    for command in message.all_commands() {
        sum += format!("{command:?}").len() + command.offset();
        data.extend(command.data());
        for item in command.items() {
            sum += format!("{item:?}").len() + item.offset();
            data.extend(item.data());
        }
    }
    data.extend(message.header().cred().and_then(|cred| cred.data()));
    for data in data {
        sum += format!("{data:?} {:?} {:?}", data.form(), data.embedded()).len() + data.offset();
        sum += data.base64().map_or(0, |octets| octets.len()) + data.text().map_or(0, str::len);
    }
    sum
}
