//! Where an error is, in terms of a person: line, column, element.

use super::{Encoding, Event, Options, Reader, Visitor, with_reader};
use crate::error::{Error, Result};
use core::fmt::{self, Write as _};

/// A place in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// Line and column, both counted from 1, columns in characters; for XML only.
    pub line_column: Option<(usize, usize)>,
    /// The elements that are open there, such as `SyncML/SyncBody/Add[2]/Item`; an index counts equal siblings and is
    /// left out for the first. Of a path with very many elements the first and the last are named, with `…` for those between.
    /// Empty before the root.
    pub path: String,
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((line, column)) = self.line_column {
            write!(f, "line {line}:{column}")?;
            if !self.path.is_empty() {
                f.write_str(", ")?;
            }
        }
        if self.path.is_empty() { Ok(()) } else { write!(f, "in {}", self.path) }
    }
}

impl Error {
    /// Finds line, column and element path of this error in the input it came from, by reading it again.
    ///
    /// ```
    /// use omadm::{ErrorKind, syncml::Message};
    /// let input = b"<SyncML xmlns='SYNCML:SYNCML1.2'>\n <SyncHdr>\n  <VerDTD>1.2</VerDTT>";
    /// let error = Message::decode(input).unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::XmlEndTag);
    /// let location = error.locate(input);
    /// assert_eq!(location.line_column, Some((3, 14)));
    /// assert_eq!(location.path, "SyncML/SyncHdr/VerDTD");
    /// ```
    #[must_use]
    pub fn locate(&self, input: &[u8]) -> Location {
        let encoding = Encoding::detect(input);
        let mut path = Path { offset: self.offset(), open: Vec::new() };
        // The document is broken somewhere, so this ends in an error, too; the path up to there is what is wanted.
        let options = Options { bare_ampersand: true, unnamed_trees: true, ..Options::default() };
        let _ = with_reader(input, &options, &mut path);
        let line_column = (encoding == Some(Encoding::Xml)).then(|| {
            // In ISO-8859-1 every octet is a character.
            let is_utf8 = std::str::from_utf8(input).is_ok();
            line_column(input, self.offset(), is_utf8)
        });
        Location { line_column, path: path.render() }
    }
}

fn line_column(input: &[u8], offset: usize, is_utf8: bool) -> (usize, usize) {
    let before = input.get(..offset).unwrap_or(input);
    let line = memchr::memchr_iter(b'\n', before).count().saturating_add(1);
    let column = before.rsplit(|octet| *octet == b'\n').next().unwrap_or_default();
    let column = column.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(column);
    // Octets that continue a UTF-8 character are no columns of their own.
    let characters = column.iter().filter(|octet| !is_utf8 || **octet & 0xC0 != 0x80).count();
    (line, characters.saturating_add(1))
}

/// Collects the elements open at an offset.
struct Path {
    offset: usize,
    open: Vec<Step>,
}

struct Step {
    name: String,
    index: usize,
    /// The names of the children seen, with their counts; few, as only one level is open at a time.
    children: Vec<(String, usize)>,
}

impl Visitor for &mut Path {
    type Output = ();

    fn visit<'a>(self, reader: &mut impl Reader<'a>) -> Result<()> {
        let mut roots = Vec::new();
        while let Some(event) = reader.next_event()? {
            if reader.offset() > self.offset {
                break;
            }
            match event {
                Event::Start(name) => {
                    let siblings = self.open.last_mut().map_or(&mut roots, |parent| &mut parent.children);
                    let index = count(siblings, name.local());
                    self.open.push(Step { name: name.local().to_owned(), index, children: Vec::new() });
                }
                Event::End if reader.offset() == self.offset => break,
                Event::End => {
                    self.open.pop();
                }
                _ => {}
            }
        }
        Ok(())
    }
}

fn count(siblings: &mut Vec<(String, usize)>, name: &str) -> usize {
    if let Some((_, count)) = siblings.iter_mut().find(|(known, _)| known == name) {
        *count = count.saturating_add(1);
        return *count;
    }
    // Documents have few names at one level; a hostile one with many gets indexes that start over.
    const MOST: usize = 64;
    if siblings.len() < MOST {
        siblings.push((name.to_owned(), 1));
    }
    1
}

impl Path {
    fn render(&self) -> String {
        /// Elements that are named at either end.
        const NAMED: usize = 8;
        let mut path = String::new();
        let left_out = NAMED..self.open.len().saturating_sub(NAMED);
        for (index, step) in self.open.iter().enumerate() {
            if left_out.contains(&index) {
                if index == NAMED {
                    path.push_str("/…");
                }
                continue;
            }
            if !path.is_empty() {
                path.push('/');
            }
            path.push_str(&step.name);
            if step.index > 1 {
                let _ = write!(path, "[{}]", step.index);
            }
        }
        path
    }
}
