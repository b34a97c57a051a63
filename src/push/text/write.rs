//! Lines into a buffer, none of which can hold what was not meant for it.

use super::date::http_date;
use super::headers::is_token;
use super::{APPLICATION_ID, CONTENT_TYPE};
use crate::push::{ApplicationId, ContentType};
use crate::{Error, ErrorKind, Result};

/// A message in text, as far as it has been written. Offsets of errors are those of the message.
pub(in crate::push) struct Writer {
    pub(in crate::push) out: Vec<u8>,
}

impl Writer {
    /// A message that begins with a line of these words. They may have no blanks in them, nor be empty.
    pub(in crate::push) fn start(words: [&str; 3]) -> Result<Writer> {
        let mut writer = Writer { out: Vec::new() };
        for (index, word) in words.into_iter().enumerate() {
            if index > 0 {
                writer.out.push(b' ');
            }
            if let Some(wrong) = word.find(char::is_whitespace).or(word.is_empty().then_some(0)) {
                return Err(writer.invalid(wrong));
            }
            writer.text(word)?;
        }
        writer.line_end();
        Ok(writer)
    }

    /// A header.
    pub(in crate::push) fn header(&mut self, name: &str, value: &str) -> Result<()> {
        if !is_token(name) {
            return Err(Error::new(ErrorKind::PushHeaderLine, self.out.len()));
        }
        self.text(name)?;
        self.out.extend_from_slice(b": ");
        self.text(value)?;
        self.line_end();
        Ok(())
    }

    /// Headers of the caller's, none of which may be one that is written for him.
    pub(in crate::push) fn headers(&mut self, headers: &[(&str, &str)], own: &[&str]) -> Result<()> {
        for (name, value) in headers {
            if own.iter().any(|own| own.eq_ignore_ascii_case(name)) {
                return Err(Error::new(ErrorKind::PushHeaderRepeated, self.out.len()));
            }
            self.header(name, value)?;
        }
        Ok(())
    }

    /// The empty line and the body.
    pub(in crate::push) fn body(mut self, body: &[u8]) -> Vec<u8> {
        self.line_end();
        self.out.extend_from_slice(body);
        self.out
    }

    pub(in crate::push) fn line_end(&mut self) {
        self.out.extend_from_slice(b"\r\n");
    }

    /// Text without control characters: with a line end it could be another header, or a body.
    pub(in crate::push) fn text(&mut self, text: &str) -> Result<()> {
        if let Some(wrong) = text.find(|char: char| char.is_control() && char != '\t') {
            return Err(self.invalid(wrong));
        }
        self.out.extend_from_slice(text.as_bytes());
        Ok(())
    }

    /// An error at an octet of what comes next.
    pub(in crate::push) fn invalid(&self, at: usize) -> Error {
        Error::new(ErrorKind::InvalidCharacter, self.out.len().saturating_add(at))
    }
}

/// Headers that several carriers have.
impl Writer {
    /// What the body is, and whom it is for.
    pub(in crate::push) fn content(
        &mut self,
        content_type: ContentType<'_>,
        application_id: Option<ApplicationId<'_>>,
    ) -> Result<()> {
        let no_name = Error::new(ErrorKind::PushContentType, self.out.len());
        self.header(CONTENT_TYPE, content_type.name().ok_or(no_name)?)?;
        match application_id {
            None => Ok(()),
            Some(ApplicationId::WellKnown(number)) => {
                let urn = ApplicationId::WellKnown(number).urn();
                self.header(APPLICATION_ID, urn.unwrap_or(&number.to_string()))
            }
            Some(ApplicationId::Uri(uri)) => self.header(APPLICATION_ID, uri),
        }
    }

    /// A date.
    pub(in crate::push) fn date(&mut self, name: &str, seconds: u64) -> Result<()> {
        let late = Error::new(ErrorKind::PushTime, self.out.len());
        self.header(name, &http_date(seconds).ok_or(late)?)
    }
}
