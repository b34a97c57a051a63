//! The XML writer.

use super::is_name;
use crate::error::{Error, ErrorKind, Result};
use crate::limits::Limits;
use crate::markup::event::declared_prefix;
use crate::markup::{Name, NewAttr, Writer};
use crate::vocabulary::{DocumentType, Vocabulary};

/// Writes XML; see [`Writer`]. Elements without content become empty-element tags.
///
/// ```
/// use omadm::markup::{Name, NewAttr, Writer, xml::XmlWriter};
/// use omadm::vocabulary::prov;
/// let mut writer = XmlWriter::new(&Default::default());
/// writer.start(Name::Known(prov::PARM), &[NewAttr::new("value", "a<b")]).unwrap();
/// writer.end().unwrap();
/// assert_eq!(writer.finish()?, "<parm value=\"a&lt;b\"/>");
/// # Ok::<(), omadm::Error>(())
/// ```
#[derive(Debug)]
pub struct XmlWriter {
    out: String,
    open: Vec<Open>,
    /// Prefixes and namespaces in force, the latest last; the empty namespace where a declaration was taken back.
    bindings: Vec<(String, String)>,
    document_type: DocumentType,
    limits: Limits,
    /// The last start tag still lacks its `>`.
    tag_is_open: bool,
}

#[derive(Debug)]
struct Open {
    /// Where the name stands in the output.
    name: core::ops::Range<usize>,
    bindings: usize,
}

impl XmlWriter {
    /// A writer of a SyncML 1.2 document or anything else whose namespaces have one version only.
    #[must_use]
    pub fn new(limits: &Limits) -> XmlWriter {
        XmlWriter::of_type(DocumentType::SyncMl12, limits)
    }

    /// A writer of a document of this type, which tells the version of SyncML's namespace.
    #[must_use]
    pub fn of_type(document_type: DocumentType, limits: &Limits) -> XmlWriter {
        XmlWriter {
            out: String::new(),
            open: Vec::new(),
            bindings: Vec::new(),
            document_type,
            limits: *limits,
            tag_is_open: false,
        }
    }

    /// The document.
    ///
    /// # Errors
    /// [`NoRoot`](ErrorKind::NoRoot) or [`UnexpectedEnd`](ErrorKind::UnexpectedEnd) for one that is not complete; the offset is its
    /// length.
    pub fn finish(self) -> Result<String> {
        match (self.out.is_empty(), self.open.is_empty()) {
            (true, _) => Err(Error::new(ErrorKind::NoRoot, 0)),
            (_, false) => Err(Error::new(ErrorKind::UnexpectedEnd, self.out.len())),
            _ => Ok(self.out),
        }
    }

    /// The namespace in force for a prefix; `None` if nothing was said of it.
    fn bound(&self, prefix: &str) -> Option<&str> {
        let binding = self.bindings.iter().rev().find(|(known, _)| known == prefix);
        binding.map(|(_, namespace)| namespace.as_str())
    }

    fn bind(&mut self, prefix: &str, namespace: &str) -> Result<(), ErrorKind> {
        if self.bindings.len() >= self.limits.namespaces as usize {
            return Err(ErrorKind::LimitNamespaces);
        }
        self.bindings.push((prefix.to_owned(), namespace.to_owned()));
        Ok(())
    }

    fn declare(&mut self, prefix: &str, namespace: &str) -> Result<(), ErrorKind> {
        self.bind(prefix, namespace)?;
        self.out.push_str(if prefix.is_empty() { " xmlns" } else { " xmlns:" });
        self.out.push_str(prefix);
        self.attr_value(namespace)
    }

    /// Declares the namespace of an element where it is not in force.
    fn declare_for(&mut self, name: Name<'_>) -> Result<(), ErrorKind> {
        match name {
            Name::Known(tag) => {
                let vocabulary = tag.vocabulary();
                let in_force = self.bound("");
                // An author who takes the namespace back means it: descriptions without one are common.
                let fits = match in_force {
                    Some("") => true,
                    Some(namespace) => Vocabulary::from_namespace(namespace) == Some(vocabulary),
                    None => vocabulary == Vocabulary::Prov,
                };
                if fits { Ok(()) } else { self.declare("", self.document_type.namespace(vocabulary)) }
            }
            Name::Other { qname, namespace } => {
                let prefix = qname.split_once(':').map_or("", |(prefix, _)| prefix);
                let namespace = namespace.map(|namespace| namespace.name()).unwrap_or_default();
                match self.bound(prefix) {
                    Some(bound) if bound == namespace => Ok(()),
                    None if namespace.is_empty() => Ok(()),
                    _ => self.declare(prefix, &namespace),
                }
            }
        }
    }

    fn attr_value(&mut self, value: &str) -> Result<(), ErrorKind> {
        self.out.push_str("=\"");
        for char in value.chars() {
            match char {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '"' => self.out.push_str("&quot;"),
                // Blanks other than the space would be normalised away.
                '\t' => self.out.push_str("&#9;"),
                '\n' => self.out.push_str("&#10;"),
                '\r' => self.out.push_str("&#13;"),
                char if !super::is_xml_char(char) => return Err(ErrorKind::InvalidCharacter),
                char => self.out.push(char),
            }
        }
        self.out.push('"');
        Ok(())
    }

    fn begin_content(&mut self) -> Result<(), ErrorKind> {
        if self.open.is_empty() {
            return Err(ErrorKind::UnexpectedText);
        }
        if self.tag_is_open {
            self.out.push('>');
            self.tag_is_open = false;
        }
        Ok(())
    }

    fn check_len(&self) -> Result<(), ErrorKind> {
        if self.out.len() as u64 > self.limits.output { Err(ErrorKind::LimitOutput) } else { Ok(()) }
    }
}

impl Writer for XmlWriter {
    fn start(&mut self, name: Name<'_>, attrs: &[NewAttr<'_>]) -> Result<(), ErrorKind> {
        let qname = match name {
            Name::Known(tag) => tag.name(),
            Name::Other { qname, .. } => qname,
        };
        if !is_name(qname) {
            return Err(ErrorKind::InvalidCharacter);
        }
        if self.open.is_empty() && !self.out.is_empty() {
            return Err(ErrorKind::TrailingData);
        }
        if self.open.len() >= self.limits.depth as usize {
            return Err(ErrorKind::LimitDepth);
        }
        if !self.open.is_empty() {
            self.begin_content()?;
        }
        self.out.push('<');
        let start = self.out.len();
        self.out.push_str(qname);
        self.open.push(Open { name: start..self.out.len(), bindings: self.bindings.len() });
        for attr in attrs {
            if let Some(prefix) = declared_prefix(attr.qname) {
                self.declare(prefix, attr.value)?;
            }
        }
        self.declare_for(name)?;
        for attr in attrs.iter().filter(|attr| declared_prefix(attr.qname).is_none()) {
            if !is_name(attr.qname) {
                return Err(ErrorKind::InvalidCharacter);
            }
            if let (Some((prefix, _)), Some(namespace)) = (attr.qname.split_once(':'), attr.namespace) {
                let namespace = namespace.name();
                if prefix != "xml" && self.bound(prefix) != Some(&namespace) {
                    self.declare(prefix, &namespace)?;
                }
            }
            self.out.push(' ');
            self.out.push_str(attr.qname);
            self.attr_value(attr.value)?;
        }
        self.tag_is_open = true;
        self.check_len()
    }

    fn text(&mut self, text: &str) -> Result<(), ErrorKind> {
        self.begin_content()?;
        let mut rest = text;
        let special = |char: char| matches!(char, '&' | '<' | '>' | '\r') || !super::is_xml_char(char);
        while let Some(at) = rest.find(special) {
            let (plain, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
            self.out.push_str(plain);
            let mut chars = from.chars();
            self.out.push_str(match chars.next() {
                Some('&') => "&amp;",
                Some('<') => "&lt;",
                Some('>') => "&gt;",
                // Line ends are normalised on reading; this one is to stay.
                Some('\r') => "&#13;",
                _ => return Err(ErrorKind::InvalidCharacter),
            });
            rest = chars.as_str();
        }
        self.out.push_str(rest);
        self.check_len()
    }

    fn cdata(&mut self, text: &str) -> Result<(), ErrorKind> {
        // A section cannot carry a carriage return, and needs no more than text for nothing.
        if text.contains('\r') || text.is_empty() {
            return self.text(text);
        }
        if !text.chars().all(super::is_xml_char) {
            return Err(ErrorKind::InvalidCharacter);
        }
        self.begin_content()?;
        self.out.push_str("<![CDATA[");
        for (index, part) in text.split("]]>").enumerate() {
            if index > 0 {
                self.out.push_str("]]]]><![CDATA[>");
            }
            self.out.push_str(part);
        }
        self.out.push_str("]]>");
        self.check_len()
    }

    fn opaque(&mut self, octets: &[u8]) -> Result<(), ErrorKind> {
        let text = simdutf8::basic::from_utf8(octets).map_err(|_| ErrorKind::InvalidUtf8)?;
        self.cdata(text)
    }

    fn end(&mut self) -> Result<(), ErrorKind> {
        let open = self.open.pop().ok_or(ErrorKind::XmlEndTag)?;
        self.bindings.truncate(open.bindings);
        if self.tag_is_open {
            self.out.push_str("/>");
            self.tag_is_open = false;
        } else {
            self.out.push_str("</");
            self.out.extend_from_within(open.name);
            self.out.push('>');
        }
        self.check_len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::Namespace;
    use crate::vocabulary::{metinf, syncml};

    fn write(build: impl FnOnce(&mut XmlWriter) -> Result<(), ErrorKind>) -> Result<String, ErrorKind> {
        let mut writer = XmlWriter::new(&Limits::DEFAULT);
        build(&mut writer)?;
        writer.finish().map_err(|error| error.kind())
    }

    #[test]
    fn text_is_escaped_and_cdata_split() {
        let out = write(|writer| {
            writer.start(Name::Known(syncml::DATA), &[])?;
            writer.text("a<b>&\r\n")?;
            writer.cdata("x]]>y")?;
            writer.opaque("é".as_bytes())?;
            writer.end()
        });
        let expected = "<Data xmlns=\"SYNCML:SYNCML1.2\">a&lt;b&gt;&amp;&#13;\n\
                        <![CDATA[x]]]]><![CDATA[>y]]><![CDATA[é]]></Data>";
        assert_eq!(out.as_deref(), Ok(expected));
        let document = roxmltree::Document::parse(expected).unwrap();
        let text: String = document.root_element().children().filter_map(|node| node.text()).collect();
        assert_eq!(text, "a<b>&\r\nx]]>yé");
    }

    #[test]
    fn namespaces_are_declared_where_they_change() {
        let out = write(|writer| {
            writer.start(Name::Known(syncml::META), &[])?;
            writer.start(Name::Known(metinf::FORMAT), &[])?;
            writer.end()?;
            let other = Name::Other { qname: "p:x", namespace: Some(Namespace::of("u:1")) };
            let attr = NewAttr { qname: "q:a", namespace: Some(Namespace::of("u:2")), value: "\"\n" };
            writer.start(other, &[attr])?;
            writer.start(other, &[])?;
            writer.end()?;
            writer.end()?;
            writer.end()
        });
        let expected = "<Meta xmlns=\"SYNCML:SYNCML1.2\"><Format xmlns=\"syncml:metinf\"/>\
                        <p:x xmlns:p=\"u:1\" xmlns:q=\"u:2\" q:a=\"&quot;&#10;\"><p:x/></p:x></Meta>";
        assert_eq!(out.as_deref(), Ok(expected));
        assert!(roxmltree::Document::parse(expected).is_ok());
    }

    #[test]
    fn what_xml_cannot_carry_is_an_error() {
        let data = Name::Known(syncml::DATA);
        let with = |write_text: fn(&mut XmlWriter) -> Result<(), ErrorKind>| {
            write(move |writer| {
                writer.start(data, &[])?;
                write_text(writer)?;
                writer.end()
            })
        };
        assert_eq!(with(|writer| writer.text("a\0")), Err(ErrorKind::InvalidCharacter));
        assert_eq!(with(|writer| writer.cdata("\u{1}")), Err(ErrorKind::InvalidCharacter));
        assert_eq!(with(|writer| writer.opaque(b"\xFF")), Err(ErrorKind::InvalidUtf8));
        assert_eq!(with(|writer| writer.end()), Err(ErrorKind::XmlEndTag));
        assert_eq!(write(|_| Ok(())), Err(ErrorKind::NoRoot));
        assert_eq!(write(|writer| writer.start(data, &[])), Err(ErrorKind::UnexpectedEnd));
        assert_eq!(write(|writer| writer.text("x")), Err(ErrorKind::UnexpectedText));
        let limits = Limits { output: 10, ..Limits::DEFAULT };
        assert_eq!(XmlWriter::new(&limits).start(data, &[]), Err(ErrorKind::LimitOutput));
    }
}
