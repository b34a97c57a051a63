//! How long a message becomes while it is put together: each command is encoded once.

use super::Message;
use super::carry::Route;
use super::encode::Encoder;
use crate::convert::{ConvertOptions, Target};
use crate::error::{Error, Result};
use crate::markup::{Encoding, Measured};

/// What was encoded so far, in the encodings that were asked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Measures {
    xml: Option<Measure>,
    wbxml: Option<Measure>,
}

impl Measures {
    /// The length of a message that has grown by commands since it was asked about last.
    ///
    /// # Errors
    /// As [`Message::encode`].
    pub(super) fn len(&mut self, message: &Message<'_>, encoding: Encoding) -> Result<usize> {
        let options = ConvertOptions::default();
        let measure = match encoding {
            Encoding::Xml => &mut self.xml,
            Encoding::Wbxml => &mut self.wbxml,
        };
        let target = || Target::new(encoding, message.document_type(), &options);
        measure.get_or_insert_with(|| Measure::new(target())).len(message, Route::of(message, encoding, &options))
    }
}

#[derive(Clone, Debug)]
struct Measure {
    target: Target,
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

impl Measure {
    fn new(target: Target) -> Measure {
        Measure { target, state: State::New, open: Vec::new() }
    }

    fn len(&mut self, message: &Message<'_>, route: Route<'_>) -> Result<usize> {
        self.go_on(message, route).inspect_err(|error| self.state = State::Failed(*error))?;
        let mark = self.target.mark();
        let written = Encoder::new(message, &mut self.target, route).finish(self.open.len());
        let len = written.and_then(|()| self.target.len());
        self.target.back_to(mark);
        len
    }

    /// Encodes what is new.
    fn go_on(&mut self, message: &Message<'_>, route: Route<'_>) -> Result<()> {
        let mut encoder = Encoder::new(message, &mut self.target, route);
        let written = match self.state {
            State::New => {
                encoder.begin()?;
                0
            }
            State::Commands(written) => written,
            State::Failed(error) => return Err(error),
        };
        encoder.commands(written, &mut self.open)?;
        self.state = State::Commands(message.command_count());
        Ok(())
    }
}
