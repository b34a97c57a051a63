//! A small element tree, written as XML and as WBXML; and a schema as text, to compare what was decoded.

use omadm::ddf::{Extension, Schema};
use omadm::markup::{Event, Fragment, Options, Reader};
use omadm::vocabulary::{DocumentType, Tag, Vocabulary};
use std::fmt::Write as _;

pub(crate) enum Kid {
    Element(Element),
    Text(String),
}

/// An element; namespace declarations are among the attributes.
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) kids: Vec<Kid>,
}

impl Element {
    /// Read by roxmltree; blanks between elements are dropped.
    pub(crate) fn read(xml: &str) -> Element {
        Element::of(parse(xml).root_element())
    }

    fn of(node: roxmltree::Node<'_, '_>) -> Element {
        let qname = |namespace: Option<&str>, name: &str| match namespace
            .and_then(|namespace| node.lookup_prefix(namespace))
            .filter(|prefix| !prefix.is_empty())
        {
            Some(prefix) => format!("{prefix}:{name}"),
            None => name.to_owned(),
        };
        let above: Vec<_> = node.parent().map_or(Vec::new(), |parent| parent.namespaces().collect());
        let declared = node.namespaces().filter(|own| !above.contains(own));
        let declared =
            declared.map(|own| (own.name().map_or("xmlns".into(), |p| format!("xmlns:{p}")), own.uri().into()));
        let attributes = node.attributes().map(|a| (qname(a.namespace(), a.name()), a.value().to_owned()));
        let is_leaf = node.children().all(|child| !child.is_element());
        let kids = node.children().filter_map(|child| match child.text() {
            _ if child.is_element() => Some(Kid::Element(Element::of(child))),
            Some(text) if child.is_text() && (is_leaf || !text.trim().is_empty()) => Some(Kid::Text(text.to_owned())),
            _ => None,
        });
        Element {
            name: qname(node.tag_name().namespace(), node.tag_name().name()),
            attributes: declared.chain(attributes).collect(),
            kids: kids.collect(),
        }
    }

    pub(crate) fn elements(&mut self) -> impl Iterator<Item = &mut Element> {
        self.kids.iter_mut().filter_map(|kid| match kid {
            Kid::Element(element) => Some(element),
            Kid::Text(_) => None,
        })
    }

    pub(crate) fn is_foreign(&self) -> bool {
        self.name.contains(':')
    }

    pub(crate) fn xml(&self, out: &mut String) {
        let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        write!(out, "<{}", self.name).unwrap();
        for (name, value) in &self.attributes {
            write!(out, " {name}=\"{}\"", escape(value)).unwrap();
        }
        out.push('>');
        for kid in &self.kids {
            match kid {
                Kid::Element(element) => element.xml(out),
                Kid::Text(text) => out.push_str(&escape(text)),
            }
        }
        write!(out, "</{}>", self.name).unwrap();
    }

    /// WBXML 1.2 with what WBXML has no tokens for as literals.
    pub(crate) fn wbxml(&self) -> Vec<u8> {
        let mut table = b"-//OMA//DTD-DM-DDF 1.2//EN\0".to_vec();
        let mut body = vec![0x00, 0x02];
        self.write_wbxml(&mut table, &mut body, true);
        let mut out = vec![0x02, 0x00, 0x00, 0x6A];
        integer(table.len(), &mut out);
        out.extend(table);
        out.extend(body);
        out
    }

    fn write_wbxml(&self, table: &mut Vec<u8>, out: &mut Vec<u8>, in_ddf: bool) {
        let flags = if self.attributes.is_empty() { 0 } else { 0x80 } | if self.kids.is_empty() { 0 } else { 0x40 };
        let tag = Tag::from_name(Vocabulary::DmDdf, &self.name).filter(|_| in_ddf);
        match tag {
            Some(tag) => out.push(DocumentType::DmDdf12.code(tag).unwrap().1 | flags),
            None => {
                out.push(0x04 | flags);
                integer(string(table, &self.name), out);
            }
        }
        for (name, value) in &self.attributes {
            out.push(0x04);
            integer(string(table, name), out);
            out.push(0x03);
            out.extend(value.as_bytes());
            out.push(0);
        }
        if !self.attributes.is_empty() {
            out.push(0x01);
        }
        for kid in &self.kids {
            match kid {
                Kid::Element(element) => element.write_wbxml(table, out, tag.is_some()),
                Kid::Text(text) => {
                    out.push(0x03);
                    out.extend(text.as_bytes());
                    out.push(0);
                }
            }
        }
        if !self.kids.is_empty() {
            out.push(0x01);
        }
    }
}

/// A string's place in the table.
fn string(table: &mut Vec<u8>, text: &str) -> usize {
    let bytes = [text.as_bytes(), b"\0"].concat();
    if let Some(at) = table.windows(bytes.len()).position(|window| window == bytes) {
        return at;
    }
    table.extend(bytes);
    table.len() - text.len() - 1
}

fn integer(value: usize, out: &mut Vec<u8>) {
    let start = out.len();
    let mut rest = value;
    out.push((rest & 0x7F) as u8);
    while rest > 0x7F {
        rest >>= 7;
        out.insert(start, (rest & 0x7F | 0x80) as u8);
    }
}

pub(crate) fn parse(xml: &str) -> roxmltree::Document<'_> {
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    roxmltree::Document::parse_with_options(xml, options).unwrap()
}

/// Everything that a schema says but where it stands in the document.
pub(crate) fn dump(schema: &Schema<'_>) -> String {
    let mut out = String::new();
    for document in schema.documents() {
        let top = (document.index(), document.ver_dtd(), document.man(), document.model());
        writeln!(out, "{top:?} {:?}", document.attributes().collect::<Vec<_>>()).unwrap();
        document.extensions().for_each(|extension| dump_extension(extension, &mut out));
        for node in document.nodes() {
            let place = (node.index(), node.parent().map(|parent| parent.index()), node.path(), node.name());
            writeln!(out, "{place:?} {} dynamic {}", node.uri(), node.is_dynamic_name()).unwrap();
            let rules = (node.is_described(), node.declared_format(), node.format(), node.occurrence());
            let more = (node.declared_occurrence(), node.declared_scope(), node.scope(), node.case_sense());
            writeln!(out, "  {} {rules:?} {more:?}", node.access()).unwrap();
            let texts = (node.default_value(), node.value(), node.title(), node.description());
            let kind = (node.mo_id(), node.ddf_name(), node.mime_types().collect::<Vec<_>>());
            writeln!(out, "  {texts:?} {kind:?} {:?}", node.attributes().collect::<Vec<_>>()).unwrap();
            if let Some(rt) = node.run_time() {
                let texts = (rt.acl(), rt.name(), rt.size(), rt.title(), rt.tstamp(), rt.ver_no());
                let kind = (rt.has_format(), rt.format(), rt.has_type(), rt.mime(), rt.mo_id());
                writeln!(out, "  {texts:?} {kind:?}").unwrap();
            }
            let below = (node.children().count(), node.descendants().count());
            writeln!(out, "  {below:?} {:?}", node.microsoft().allowed_values().map(|allowed| allowed.kind())).unwrap();
            node.extensions().for_each(|extension| dump_extension(extension, &mut out));
        }
    }
    out
}

fn dump_extension(outermost: Extension<'_>, out: &mut String) {
    for extension in std::iter::once(outermost).chain(outermost.descendants()) {
        let namespace = extension.namespace().map(|namespace| namespace.name());
        let name = (extension.name(), namespace, extension.inside(), extension.is_mixed());
        let attributes: Vec<_> = extension.attributes().map(|a| (a, a.namespace().map(|n| n.name()))).collect();
        writeln!(out, "    {name:?} {:?} {attributes:?}", extension.text()).unwrap();
    }
    writeln!(out, "    {}", events(&outermost.fragment().unwrap())).unwrap();
}

/// A fragment read again: names with namespaces, attributes, texts.
pub(crate) fn events(fragment: &Fragment<'_>) -> String {
    let mut reader = fragment.reader(&Options::default());
    let mut out = String::new();
    let mut text = String::new();
    while let Some(event) = reader.next_event().unwrap() {
        if let Some(piece) = event.text() {
            text.push_str(&piece);
            continue;
        }
        let joined = std::mem::take(&mut text);
        if !joined.trim().is_empty() {
            write!(out, "{:?}", joined.trim()).unwrap();
        }
        match event {
            Event::Start(name) => write!(out, "<{name:?}").unwrap(),
            Event::Opaque(octets) => write!(out, "{octets:?}").unwrap(),
            _ => out.push('>'),
        }
        if matches!(event, Event::Start(_)) {
            for attribute in reader.attrs().filter(|attribute| attribute.declares().is_none()) {
                let namespace = attribute.namespace.map(|namespace| namespace.name());
                write!(out, " {:?}{}={:?}", namespace, attribute.qname, attribute.value.as_str()).unwrap();
            }
        }
    }
    // Escapes in a namespace are spelled as they were; only the name counts.
    out.replace("&amp;", "&").replace("escaped: true", "escaped: false")
}
