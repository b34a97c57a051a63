//! A document whose data stay as they are, as most do: events are written as they come.
//!
//! Nothing is held back here to see what `Meta` has to say of it: where something may have to be written otherwise, or anything at all is
//! wrong, this gives up, and the document is read again by [`pass`](super::pass), which knows all rules and says all errors. So the
//! two need not agree on more than on documents in which nothing changes.

use super::data::{is_embedded, looks_like_xml};
use super::pass::{Plan, characters};
use super::target::Target;
use crate::markup::wbxml::WbxmlReader;
use crate::markup::xml::XmlReader;
use crate::markup::{Begun, CommonTag, DocumentReader, Encoding, Event, Name, NewAttr, Place, Reader, Seen, Writer};
use crate::vocabulary::{DocumentType, Tag, dmddf, metinf, syncml};

/// The document in the other encoding, if nothing changes in it.
pub(super) fn run(plan: &Plan<'_>, document_type: DocumentType, reader: &mut DocumentReader<'_>) -> Option<Vec<u8>> {
    let target = Target::new(plan.to, document_type, plan.options);
    match reader {
        DocumentReader::Xml(reader) => {
            let len = reader.text().len() / 2;
            Straight::new(plan, target.with_room(len)).run(reader)
        }
        DocumentReader::Wbxml(reader) => {
            // Of messages with short texts, XML takes a little more than twice what WBXML does.
            let len = reader.document().len().saturating_mul(9) / 4;
            Straight::new(plan, target.with_room(len)).run(reader)
        }
    }
}

struct Straight<'p, 'a> {
    plan: &'p Plan<'p>,
    target: Target,
    levels: Vec<Level>,
    /// The `Meta` that is open, if it may be known again, and how many elements are open around it.
    begun: Option<(Begun, Place, usize)>,
    /// Those of items that were met last: most say what one before said.
    metas: [Option<Known<'a>>; METAS],
    /// Which of them the next one replaces.
    oldest: usize,
}

/// How many are remembered: each is compared with.
const METAS: usize = 2;

/// A `Meta` that was read and written.
struct Known<'a> {
    seen: Seen<'a>,
    from: Place,
    to: Place,
}

/// An open element.
#[derive(Clone, Copy)]
struct Level {
    tag: Option<Tag>,
    /// The default namespace inside is the same in both documents, and that of the element.
    agrees: bool,
}

/// What is asked of either reader.
trait Source<'a>: Reader<'a> {
    /// Where reading goes on.
    fn at(&self) -> usize;

    /// Whether nothing comes before the next tag.
    fn is_at_tag(&self) -> bool;

    /// The blanks that [`common_tag`](Reader::common_tag) went over, reading from `at` on; `None` if that is not known.
    fn blanks(&self, at: usize) -> Option<&'a str>;

    /// Whether the element that has just begun, with a common tag inside of `parent`, is said completely by its name.
    fn is_bare(&self, tag: Tag, parent: Option<&Level>, target: &Target) -> bool;

    /// The element as it was written, where that makes a difference.
    fn written(&self) -> Option<Name<'a>>;
}

impl<'a> Source<'a> for XmlReader<'a> {
    #[inline]
    fn at(&self) -> usize {
        self.consumed()
    }

    #[inline]
    fn is_at_tag(&self) -> bool {
        self.text().as_bytes().get(self.consumed()) == Some(&b'<')
    }

    #[inline]
    fn blanks(&self, at: usize) -> Option<&'a str> {
        // The end of an empty-element tag is where it began.
        Some(self.text().get(at..self.started()).unwrap_or_default())
    }

    #[inline]
    fn is_bare(&self, tag: Tag, parent: Option<&Level>, target: &Target) -> bool {
        let mut attrs = self.attrs();
        match (attrs.next(), attrs.next()) {
            (None, _) => parent.is_some_and(|parent| {
                parent.agrees && parent.tag.is_some_and(|parent| parent.vocabulary() == tag.vocabulary())
            }),
            // Children of `Meta` declare their namespace, which WBXML implies.
            (Some(only), None) => only.qname == "xmlns" && target.implies(tag, only.value.as_str()),
            _ => false,
        }
    }

    fn written(&self) -> Option<Name<'a>> {
        Some(self.written_name())
    }
}

impl<'a> Source<'a> for WbxmlReader<'a> {
    #[inline]
    fn at(&self) -> usize {
        self.consumed().0
    }

    #[inline]
    fn is_at_tag(&self) -> bool {
        true
    }

    #[inline]
    fn blanks(&self, at: usize) -> Option<&'a str> {
        const SWITCH_PAGE: u8 = 0;
        match self.document().get(at..self.offset()).unwrap_or_default() {
            [] | [SWITCH_PAGE, _] => Some(""),
            _ => None,
        }
    }

    #[inline]
    fn is_bare(&self, _: Tag, _: Option<&Level>, _: &Target) -> bool {
        self.attrs().len() == 0
    }

    fn written(&self) -> Option<Name<'a>> {
        None
    }
}

impl<'p, 'a> Straight<'p, 'a> {
    fn new(plan: &'p Plan<'p>, target: Target) -> Straight<'p, 'a> {
        Straight { plan, target, levels: Vec::new(), begun: None, metas: [None, None], oldest: 0 }
    }

    fn run(mut self, reader: &mut impl Source<'a>) -> Option<Vec<u8>> {
        loop {
            if self.is_in_item() && self.meta_again(reader)? {
                continue;
            }
            let at = reader.at();
            match reader.common_tag() {
                CommonTag::Start(tag) => {
                    self.blanks(reader.blanks(at)?)?;
                    if reader.is_bare(tag, self.levels.last(), &self.target) {
                        self.bare(reader, tag)?;
                    } else {
                        self.start(reader, Name::Known(tag))?;
                    }
                }
                CommonTag::End => {
                    self.blanks(reader.blanks(at)?)?;
                    self.end(reader)?;
                }
                CommonTag::None => match reader.next_event().ok()? {
                    Some(Event::Start(name)) => self.start(reader, name)?,
                    Some(Event::End) => self.end(reader)?,
                    Some(event) => self.characters(event)?,
                    None => return self.target.finish().ok(),
                },
            }
        }
    }

    /// Whether an element needs to be looked at by those who know the rules.
    #[inline]
    fn is_special(&self, tag: Tag) -> bool {
        let parent = self.levels.last();
        let is_format = tag == dmddf::FORMAT_BIN && parent.is_some_and(|parent| parent.tag == Some(dmddf::FORMAT));
        is_format || (is_embedded(Some(tag)) && parent.is_some())
    }

    /// An element that is said by its name.
    #[inline]
    fn bare(&mut self, reader: &mut impl Source<'a>, tag: Tag) -> Option<()> {
        if self.is_special(tag) {
            return None;
        }
        let at = reader.at();
        if let Some(text) = reader.plain_text() {
            // Octets are told by their format, wherever it is said; and documents by how they begin.
            let may_change = match tag {
                metinf::FORMAT => is_bin(text),
                syncml::DATA => self.may_be_document(text),
                _ => false,
            };
            if may_change {
                return None;
            }
            // A string without octets is text all the same: it takes three, and the end of nothing one at most.
            let is_nothing = text.is_empty() && (self.plan.from == Encoding::Xml || reader.at().saturating_sub(at) < 3);
            if (is_nothing || !text.is_empty()) && self.target.leaf(tag, text) {
                return Some(());
            }
            self.target.start_bare(tag).ok()?;
            if !is_nothing {
                let text = std::str::from_utf8(text).ok()?;
                characters(&mut self.target, self.plan, Event::Text(text)).ok()?;
            }
            return self.target.end().ok();
        }
        if tag == syncml::META && self.is_in_item() {
            self.begun = reader.begun().and_then(|begun| Some((begun, self.target.place()?, self.levels.len())));
        }
        self.target.start_bare(tag).ok()?;
        self.levels.push(Level { tag: Some(tag), agrees: true });
        Some(())
    }

    #[inline]
    fn is_in_item(&self) -> bool {
        self.levels.last().is_some_and(|level| level.tag == Some(syncml::ITEM))
    }

    /// Whether a `Meta` comes next that was there before, and is copied then.
    fn meta_again(&mut self, reader: &mut impl Source<'a>) -> Option<bool> {
        let mut metas = self.metas.iter().flatten().peekable();
        if metas.peek().is_none() || !reader.is_at_tag() {
            return Some(false);
        }
        let Some(known) = metas.find(|known| reader.again(&known.seen).is_some()) else { return Some(false) };
        // It has been read: where it has to be written otherwise, which is rare, all is.
        let is_same_place = self.target.place().is_some_and(|place| place.is_like(&known.from));
        (is_same_place && self.target.repeat_piece(known.from, known.to, known.seen.elements())).then_some(true)
    }

    /// Any element.
    fn start(&mut self, reader: &mut impl Source<'a>, name: Name<'a>) -> Option<()> {
        let tag = name.tag();
        if tag.is_some_and(|tag| self.is_special(tag)) {
            return None;
        }
        let Some(written) = reader.written() else {
            if let Some(tag) = tag.filter(|_| reader.attrs().len() == 0) {
                return self.bare(reader, tag);
            }
            return self.start_with_attrs(reader, name, None);
        };
        self.start_with_attrs(reader, name, Some(written))?;
        if let (Some(level), Some(tag), Name::Other { qname, namespace }) = (self.levels.last_mut(), tag, written) {
            let namespace = namespace.map(|namespace| namespace.name()).unwrap_or_default();
            level.agrees = !qname.contains(':') && self.target.implies(tag, &namespace);
        }
        Some(())
    }

    fn start_with_attrs(&mut self, reader: &impl Source<'a>, name: Name<'a>, written: Option<Name<'a>>) -> Option<()> {
        let attrs: Vec<_> = reader.attrs().collect();
        let attrs: Vec<_> = attrs
            .iter()
            .map(|attr| NewAttr { qname: attr.qname, namespace: attr.namespace, value: attr.value.as_str() })
            .collect();
        match written {
            Some(written) => self.target.start_written(name, written, &attrs),
            None => self.target.start(name, &attrs),
        }
        .ok()?;
        self.levels.push(Level { tag: name.tag(), agrees: false });
        Some(())
    }

    fn end(&mut self, reader: &impl Source<'a>) -> Option<()> {
        self.levels.pop();
        self.target.end().ok()?;
        if self.begun.is_some_and(|(.., around)| around == self.levels.len()) {
            self.remember_meta(reader);
        }
        Some(())
    }

    /// Remembers the `Meta` that has just ended.
    fn remember_meta(&mut self, reader: &impl Source<'a>) -> Option<()> {
        let (begun, from, _) = self.begun.take()?;
        let known = Known { seen: reader.seen(begun)?, from, to: self.target.place()? };
        *self.metas.get_mut(self.oldest)? = Some(known);
        self.oldest = self.oldest.wrapping_add(1) % METAS;
        Some(())
    }

    /// Blanks between two tags.
    #[inline]
    fn blanks(&mut self, blanks: &str) -> Option<()> {
        if blanks.is_empty() {
            return Some(());
        }
        let has_returns = memchr::memchr(b'\r', blanks.as_bytes()).is_some();
        self.characters(if has_returns { Event::Escaped(blanks) } else { Event::Text(blanks) })
    }

    fn characters(&mut self, event: Event<'_>) -> Option<()> {
        let tag = self.levels.last().and_then(|level| level.tag);
        let is_in_message =
            tag.is_some_and(|tag| [syncml::DATA, metinf::FORMAT].map(Tag::vocabulary).contains(&tag.vocabulary()));
        if matches!(event, Event::Opaque(_)) && is_in_message {
            return None;
        }
        if tag == Some(metinf::FORMAT) && event.text().is_some_and(|text| is_of_bin(&text)) {
            return None;
        }
        if tag == Some(syncml::DATA) && event.text().is_some_and(|text| self.may_be_document(text.as_bytes())) {
            return None;
        }
        characters(&mut self.target, self.plan, event).ok()
    }

    /// Whether a text may be a document that is re-encoded.
    fn may_be_document(&self, text: &[u8]) -> bool {
        self.plan.to == Encoding::Wbxml && looks_like_xml(text)
    }
}

fn is_bin(text: &[u8]) -> bool {
    let is_letter = |octet: Option<&u8>| octet.is_some_and(u8::is_ascii_alphabetic);
    // Blanks at the ends are rare.
    if is_letter(text.first()) && is_letter(text.last()) {
        return text.eq_ignore_ascii_case(b"bin");
    }
    std::str::from_utf8(text).is_ok_and(|text| text.trim().eq_ignore_ascii_case("bin"))
}

/// Whether a piece of a text may be one of `bin`.
fn is_of_bin(piece: &str) -> bool {
    let piece = piece.trim();
    (0.."bin".len()).any(|at| {
        let rest = "bin".as_bytes().get(at..).unwrap_or_default();
        rest.get(..piece.len()).is_some_and(|known| known.eq_ignore_ascii_case(piece.as_bytes()))
    })
}

#[cfg(test)]
mod tests {
    use super::super::{ConvertOptions, Layout, kind};
    use super::*;
    use crate::convert::pass;
    use crate::markup::Document;
    use std::path::PathBuf;

    /// Converts a document both ways, and says whether this way did.
    fn compare(octets: &[u8], options: &ConvertOptions) -> bool {
        let Ok(document) = Document::open(octets) else { return false };
        let to = match document.encoding() {
            Encoding::Xml => Encoding::Wbxml,
            Encoding::Wbxml => Encoding::Xml,
        };
        let open = || document.reader(&options.read);
        let Ok((from, document_type)) = pass::document_type(&open, kind::fpi(&document), to) else { return false };
        let plan = Plan { from, to, options, has_items: true };
        let Some(straight) = run(&plan, document_type, &mut open().unwrap()) else { return false };
        assert_eq!(plan.by_the_rules(document_type, &open), Ok(straight), "{}", String::from_utf8_lossy(octets));
        true
    }

    #[test]
    fn both_ways_write_the_same() {
        let all = [
            ConvertOptions::default(),
            ConvertOptions { string_table: true, ..ConvertOptions::default() },
            ConvertOptions { keep_blanks: true, layout: Layout::Indented, ..ConvertOptions::default() },
            ConvertOptions { layout: Layout::Canonical, ..ConvertOptions::default() },
        ];
        let mut folders: Vec<PathBuf> = ["tests/data", "../shared/corpus"].map(PathBuf::from).into();
        let (mut whole, mut changed) = (0, 0);
        while let Some(folder) = folders.pop() {
            let Ok(entries) = std::fs::read_dir(&folder) else {
                println!("skipped: {} is not here", folder.display());
                continue;
            };
            for path in entries.flatten().map(|entry| entry.path()) {
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let octets = std::fs::read(&path).unwrap();
                whole += all.iter().filter(|options| compare(&octets, options)).count();
                // With other octets at a few places: blanks, brackets, other letters, other tokens.
                let len = octets.len().min(20_000);
                for (index, at) in (0..len).step_by(1 + len / 120).enumerate() {
                    for new in [octets[at] ^ (1 << (at % 8)), b" <&\nbB\0"[index % 7]] {
                        let mut other = octets.clone();
                        other[at] = new;
                        changed += usize::from(compare(&other, &all[index % all.len()]));
                    }
                }
            }
        }
        assert!(whole >= 20 && changed > 300, "{whole} documents, {changed} changed ones");
    }

    #[test]
    fn what_may_change_is_left_to_those_who_know_the_rules() {
        let message = |body: &str| {
            format!("<SyncML xmlns='SYNCML:SYNCML1.2'><SyncBody><Add><CmdID>1</CmdID>{body}</Add></SyncBody></SyncML>")
        };
        let goes = |body: &str| compare(message(body).as_bytes(), &ConvertOptions::default());
        let item = |format: &str, data: &str| {
            format!("<Item><Meta><Format xmlns='syncml:metinf'>{format}</Format></Meta><Data>{data}</Data></Item>")
        };
        assert!(goes(&item("chr", "text")) && goes(&item("b64", "AQID")) && goes(&item("chr", "a&lt;b<![CDATA[c]]>")));
        for format in ["bin", " Bin\n", "b&#105;n", "b<![CDATA[in]]>", "<![CDATA[]]>bi<!-- -->n"] {
            assert!(!goes(&item(format, "AQID")), "{format}");
        }
        for data in ["&lt;MgmtTree/>", " <![CDATA[<x/>]]>", "<MgmtTree xmlns='syncml:dmddf1.2'/>", "&#xFEFF;&lt;x/>"] {
            assert!(!goes(&item("chr", data)), "{data}");
        }
    }

    #[test]
    fn a_meta_that_comes_again_is_written_as_the_rules_have_it() {
        let meta =
            "<Meta><Format xmlns='syncml:metinf'>chr</Format><Type xmlns='syncml:metinf'>text/plain</Type></Meta>";
        let other = "<Meta> <Format xmlns='syncml:metinf'>xml</Format>\n <Mark xmlns='syncml:metinf'/></Meta>";
        let strange = "<Meta><Item><Target><LocURI>./x</LocURI></Target><Data>1</Data></Item></Meta>";
        let prefixed = "<Meta><m:Format>chr</m:Format></Meta>";
        let mut bodies = Vec::new();
        for meta in [meta, other, strange, "<Meta/>", "<Meta></Meta>"] {
            let item = |before: &str, behind: &str| format!("<Item>{before}{meta}{behind}</Item>");
            bodies.push(format!("{meta}{}{}{}", item("", ""), item("", "<Data>1</Data>"), item("<Data>1</Data>", "")));
            bodies.push(
                [
                    item("\n  ", "\n"),
                    item("\n  ", "\n"),
                    item("", " "),
                    item("<Target><LocURI>a</LocURI></Target>", ""),
                ]
                .concat(),
            );
            bodies.push(
                [item("", ""), item("", meta), format!("<Item xmlns='urn:x'>{meta}{meta}</Item>"), item("", "")]
                    .concat(),
            );
            bodies.push(
                [
                    item("", ""),
                    format!("<Item xmlns:m='syncml:metinf'>{meta}{prefixed}{prefixed}</Item>"),
                    item("", ""),
                ]
                .concat(),
            );
            bodies.push(format!("<Item><X xmlns='urn:y'/>{meta}</Item>{}<Item a='b'>{meta}</Item>", item("", "")));
            bodies.push(
                [item("", ""), item("", ""), item("", "").repeat(3), item("text", ""), item("", "text")].concat(),
            );
        }
        bodies.push(format!("<Item>{meta}</Item><Item>{other}</Item><Item>{strange}</Item>").repeat(2));
        // What is inside of one is no end of it.
        let message = |body: &str| {
            format!("<SyncML xmlns='SYNCML:SYNCML1.2'><SyncBody><Add><CmdID>1</CmdID>{body}</Add></SyncBody></SyncML>")
        };
        assert!(compare(message(&format!("<Item>{strange}</Item>").repeat(3)).as_bytes(), &ConvertOptions::default()));
        let (mut went, all) = (0, bodies.len() * 6);
        for body in bodies {
            let xml = message(&body);
            let wbxml = crate::convert::to_wbxml(
                xml.as_bytes(),
                &ConvertOptions { keep_blanks: true, ..ConvertOptions::default() },
            );
            for octets in [xml.as_bytes(), &wbxml.unwrap()] {
                let few = crate::markup::Options {
                    limits: crate::Limits { elements: 40, depth: 9, output: 900, ..crate::Limits::DEFAULT },
                    ..Default::default()
                };
                went += usize::from(compare(octets, &ConvertOptions::default()));
                went += usize::from(compare(
                    octets,
                    &ConvertOptions { keep_blanks: true, string_table: true, ..ConvertOptions::default() },
                ));
                // Where a limit stops one way, it may stop the other later: what is written is the same all the same.
                went += usize::from(compare(octets, &ConvertOptions { read: few, ..ConvertOptions::default() }));
            }
        }
        assert!(went * 10 > all * 6, "{went} of {all}");
    }
}
