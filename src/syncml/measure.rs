//! How long a message becomes while it is put together: each command is encoded once.

use super::Message;
use super::encode::Encoder;
use crate::error::{Error, Result};
use crate::limits::Limits;
use crate::markup::wbxml::WbxmlWriter;
use crate::markup::xml::XmlWriter;
use crate::markup::{Encoding, Measured};

/// What was encoded so far, in the encodings that were asked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Measures {
    xml: Option<Measure<XmlWriter>>,
    wbxml: Option<Measure<WbxmlWriter>>,
}

impl Measures {
    /// The length of a message that has grown by commands since it was asked about last.
    ///
    /// # Errors
    /// As [`Message::encode`].
    pub(super) fn len(&mut self, message: &Message<'_>, encoding: Encoding) -> Result<usize> {
        let document_type = message.document_type();
        match encoding {
            Encoding::Xml => {
                let writer = || XmlWriter::of_type(document_type, &Limits::DEFAULT);
                self.xml.get_or_insert_with(|| Measure::new(writer())).len(message, encoding)
            }
            Encoding::Wbxml => {
                let writer = || WbxmlWriter::new(document_type, &Limits::DEFAULT);
                self.wbxml.get_or_insert_with(|| Measure::new(writer())).len(message, encoding)
            }
        }
    }
}

#[derive(Clone, Debug)]
struct Measure<W> {
    writer: W,
    state: State,
    /// The containers that were begun, innermost last.
    open: Vec<usize>,
}

#[derive(Clone, Copy, Debug)]
enum State {
    /// Nothing is written.
    New,
    /// The header is, and so many commands.
    Commands(usize),
    /// What comes later does not mend it.
    Failed(Error),
}

impl<W: Measured> Measure<W> {
    fn new(writer: W) -> Measure<W> {
        Measure { writer, state: State::New, open: Vec::new() }
    }

    fn len(&mut self, message: &Message<'_>, encoding: Encoding) -> Result<usize> {
        self.go_on(message, encoding).inspect_err(|error| self.state = State::Failed(*error))?;
        let open = self.open.len();
        self.writer.len_with(|writer| Encoder::new(writer, encoding).finish(message, open))
    }

    /// Encodes what is new.
    fn go_on(&mut self, message: &Message<'_>, encoding: Encoding) -> Result<()> {
        let mut encoder = Encoder::new(&mut self.writer, encoding);
        let written = match self.state {
            State::New => {
                encoder.begin(message)?;
                0
            }
            State::Commands(written) => written,
            State::Failed(error) => return Err(error),
        };
        encoder.commands(message, written, &mut self.open)?;
        self.state = State::Commands(message.command_count());
        Ok(())
    }
}
