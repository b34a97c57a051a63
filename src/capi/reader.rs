//! A SyncML message command by command: read without keeping it, or fed in chunks as they come.

use super::codes::omadm_rc;
use super::command::omadm_command;
use super::entry::{Failure, Out, OutStructs, Outcome, enter, slice};
use super::error::omadm_error;
use super::handle::{Guard, Guarded, free, give, handle, handle_mut};
use super::input::{omadm_input, omadm_options};
use super::lent::{Content, LentMessage};
use super::message::omadm_message;
use super::owner::{Input, OwnedDocument, OwnedMessage, OwnedReader, Peek};
use crate::markup::{Document, Options};
use crate::syncml::{Feeder, MessageReader};
use std::sync::Arc;

/// Reads a message without keeping it: its header, then one command after the other, each in the place of the last. Nothing is
/// allocated per command, once the largest has been seen, but for elements with attributes and for what is kept as it stands: inline trees,
/// unknown elements, commands outside DM.
#[cfg_attr(feature = "capi", repr(C))]
pub struct omadm_reader {
    guard: Guard,
    reader: OwnedReader,
    lent: LentMessage,
}

const _: () = assert!(core::mem::offset_of!(omadm_reader, guard) == 0);

impl Guarded for omadm_reader {
    const MARK: [u8; 8] = *b"omadmRdr";
    fn guard(&self) -> &Guard {
        &self.guard
    }
}

impl omadm_reader {
    fn open(input: Input, options: &Options) -> Outcome<omadm_reader> {
        let document = OwnedDocument::try_new(input, |input| Document::open(input.octets()))?;
        let reader =
            OwnedReader::try_new(document, |document| MessageReader::new(document.borrow_dependent(), options))?;
        let mut reader = reader;
        let lent = LentMessage::new(peek(&mut reader));
        Ok(omadm_reader { guard: Guard::new::<omadm_reader>(), reader, lent })
    }

    fn next(&mut self) -> Outcome<omadm_command> {
        let reader = &mut self.reader;
        self.lent.renew(|| {
            let outcome = reader.with_dependent_mut(|_, reader| {
                let command = reader.next_command()?;
                command.map(omadm_command::alone).ok_or(Failure::end())
            });
            (outcome, peek(reader))
        })
    }
}

fn peek(reader: &mut OwnedReader) -> Content {
    // SAFETY: the message is part of the reader, which lies in memory of its own; it changes in `omadm_reader::next` only, during which
    // nobody looks, and after which there is a new look.
    reader.with_dependent_mut(|_, reader| Content::Read(unsafe { Peek::of(reader.message()) }))
}

/// Opens a message, XML or WBXML, from octets that are copied, and reads its header. See `omadm_reader_open_input` for others.
///
/// `options` may be NULL. `*reader` is to be freed with `omadm_reader_free`. Errors: 1xx to 5xx, as far as the header goes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_reader_open(
    data: *const u8,
    len: usize,
    options: *const omadm_options,
    reader: *mut *mut omadm_reader,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (out, options, input) = unsafe {
            (Out::new(reader, "reader")?, omadm_options::take(options)?, omadm_input::copied(data, len).into_input()?)
        };
        give(omadm_reader::open(input, &options)?, out);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// As `omadm_reader_open`, of octets that are copied, borrowed or adopted.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_reader_open_input(
    input: *const omadm_input,
    options: *const omadm_options,
    reader: *mut *mut omadm_reader,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // The input last: it is released from then on.
        // SAFETY: the contract.
        let (out, options, input) =
            unsafe { (Out::new(reader, "reader")?, omadm_options::take(options)?, omadm_input::take(input)?) };
        give(omadm_reader::open(input, &options)?, out);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Frees a reader and the message that it lends. NULL is left alone.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_reader_free(reader: *mut omadm_reader) {
    // SAFETY: the contract.
    unsafe { free(reader) }
}

/// The message that a reader is in the middle of, for every function that takes a message: its header from the beginning, and of its
/// commands the one that was read last, with index 0, and those inside it from index 1 on. Before the first command, after the last
/// and after an error it has none; whether it has `Final` is known after the last.
///
/// `*message` is the same handle each time; it belongs to the reader, is used in its thread only, and is freed with it. What functions lend
/// out of it is valid until the next `omadm_reader_next`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_reader_message(
    reader: *const omadm_reader,
    message: *mut *const omadm_message,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (reader, out) = unsafe { (handle(reader, "reader")?, Out::new(message, "message")?) };
        out.set(reader.lent.address());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Reads the next command of `SyncBody`, with the commands inside it. Its items, and all else that belongs to it, are read out of
/// `omadm_reader_message`, where its index is 0.
///
/// `OMADM_END` after the last, when the rest of the message has been read, too. Errors: as those of `omadm_message_decode`; after one, the
/// same again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_reader_next(
    reader: *mut omadm_reader,
    command: *mut omadm_command,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (mut out, mut reader) = unsafe { (OutStructs::one(command, "command")?, handle_mut(reader, "reader")?) };
        out.set(0, reader.next()?);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Takes a message in chunks of any size, as a network brings them, and gives its commands as they come. What it holds is bounded by `limit_buffer`,
/// and looked through again when it has grown by half and 64 octets: a command can be given out that much later than its last octet came, and the last
/// ones after `omadm_feeder_finish` only.
#[cfg_attr(feature = "capi", repr(C))]
pub struct omadm_feeder {
    guard: Guard,
    feeder: Feeder,
    /// Once the header is there.
    begun: Option<Begun>,
}

struct Begun {
    header: Arc<OwnedMessage>,
    lent: LentMessage,
}

const _: () = assert!(core::mem::offset_of!(omadm_feeder, guard) == 0);

impl Guarded for omadm_feeder {
    const MARK: [u8; 8] = *b"omadmFdr";
    fn guard(&self) -> &Guard {
        &self.guard
    }
}

impl omadm_feeder {
    /// Reads the header, if it is there.
    fn begin(&mut self) -> Outcome<&mut Begun> {
        if self.begun.is_none() {
            self.feeder.header()?;
            let header = self.feeder.header_message().ok_or(Failure::not_found("message"))?;
            let header = Arc::new(OwnedMessage::of(header.clone()));
            // The header as a message has no commands.
            let content = Content::Fed { header: Arc::clone(&header), commands: Arc::clone(&header) };
            self.begun = Some(Begun { header, lent: LentMessage::new(content) });
        }
        self.begun.as_mut().ok_or(Failure::not_found("message"))
    }

    fn next(&mut self) -> Outcome<omadm_command> {
        self.begin()?;
        let Some(begun) = &mut self.begun else { return Err(Failure::not_found("command")) };
        let feeder = &mut self.feeder;
        begun.lent.renew(|| {
            let fed = feeder.next_command().map(|fed| fed.map(|fed| Arc::new(OwnedMessage::of(fed.into_message()))));
            let header = Arc::clone(&begun.header);
            let commands = fed.as_ref().ok().and_then(|fed| fed.clone()).unwrap_or_else(|| Arc::clone(&header));
            let outcome = match fed {
                Ok(Some(fed)) => fed.borrow_dependent().command(0).map(omadm_command::alone).ok_or(Failure::end()),
                Ok(None) if feeder.is_complete() => Err(Failure::end()),
                Ok(None) => Err(Failure::not_found("command")),
                Err(error) => Err(Failure::from(error)),
            };
            (outcome, Content::Fed { header, commands })
        })
    }
}

/// Makes a feeder for one message, to be freed with `omadm_feeder_free`. `options` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_feeder_new(
    options: *const omadm_options,
    feeder: *mut *mut omadm_feeder,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (out, options) = unsafe { (Out::new(feeder, "feeder")?, omadm_options::take(options)?) };
        give(omadm_feeder { guard: Guard::new::<omadm_feeder>(), feeder: Feeder::new(&options), begun: None }, out);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Frees a feeder and the message that it lends. NULL is left alone.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_feeder_free(feeder: *mut omadm_feeder) {
    // SAFETY: the contract.
    unsafe { free(feeder) }
}

/// Adds a chunk, which is copied. What was lent stays valid.
///
/// `OMADM_E_LIMIT_BUFFER` when more would be held than may be: take out commands after each chunk. After an error, the same again.
/// `OMADM_E_TRAILING_DATA` after `omadm_feeder_finish`: the chunk is not taken, and what came before can still be read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_feeder_feed(
    feeder: *mut omadm_feeder,
    data: *const u8,
    len: usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (data, mut feeder) = unsafe { (slice(data, len, "data")?, handle_mut(feeder, "feeder")?) };
        Ok(feeder.feeder.feed(data)?)
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Says that there are no more chunks. What is not complete now is an error of the next call that reads.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_feeder_finish(feeder: *mut omadm_feeder, error: *mut omadm_error) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        unsafe { handle_mut(feeder, "feeder") }?.feeder.finish();
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// The message that is being fed, as `omadm_reader_message` has it: its header, and the command that `omadm_feeder_next` gave last, with index
/// 0. Whether it has `Final` is told by `omadm_feeder_is_final`.
///
/// `OMADM_NOT_FOUND` as long as the header is not complete: feed more. Errors: as those of `omadm_reader_open`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_feeder_message(
    feeder: *mut omadm_feeder,
    message: *mut *const omadm_message,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (out, mut feeder) = unsafe { (Out::new(message, "message")?, handle_mut(feeder, "feeder")?) };
        out.set(feeder.begin()?.lent.address());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// The next command, if it is there with all that is in it. Its items, and all else that belongs to it, are read out of
/// `omadm_feeder_message`, where its index is 0; what is lent out of that is valid until the next call of this function.
///
/// `OMADM_NOT_FOUND` if it is not there yet, or not looked for (see `omadm_feeder`): feed more, or say that there is no more by `omadm_feeder_finish`. `OMADM_END` when the message has
/// been read to its end, which is known after `omadm_feeder_finish` only. Errors: as those of `omadm_message_decode`; after one, the same again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_feeder_next(
    feeder: *mut omadm_feeder,
    command: *mut omadm_command,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (mut out, mut feeder) = unsafe { (OutStructs::one(command, "command")?, handle_mut(feeder, "feeder")?) };
        out.set(0, feeder.next()?);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Whether `Final` has been read: 1 or 0. It is the last thing in a message.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_feeder_is_final(
    feeder: *const omadm_feeder,
    is_final: *mut u32,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (feeder, out) = unsafe { (handle(feeder, "feeder")?, Out::new(is_final, "is_final")?) };
        out.set(u32::from(feeder.feeder.is_final()));
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}
