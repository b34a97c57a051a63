//! Large objects: cut into chunks on their way out, put together on their way in.

use super::buffer::{Buffer, omadm_buffer};
use super::codes::omadm_rc;
use super::command::omadm_command_kind;
use super::entry::{Failure, Out, OutStructs, enter, versioned};
use super::error::omadm_error;
use super::handle::{Guard, Guarded, free, give, handle, handle_mut};
use super::input::{omadm_input, omadm_options};
use super::message::omadm_message;
use super::owner::OwnedSplitter;
use super::text::{OMADM_NONE, omadm_bytes, omadm_str};
use crate::error::{Error, ErrorKind};
use crate::syncml::{Chunk, Joined, Joiner, ObjectId, Splitter, Step};
use core::ffi::c_void;

/// Cuts the data of one item into chunks, each for a message of its own. What is cut is the data as it travels: for `Format` `b64` the base64
/// text.
#[cfg_attr(feature = "capi", repr(C))]
pub struct omadm_splitter {
    guard: Guard,
    splitter: OwnedSplitter,
}

const _: () = assert!(core::mem::offset_of!(omadm_splitter, guard) == 0);

impl Guarded for omadm_splitter {
    const MARK: [u8; 8] = *b"omadmSpl";
    fn guard(&self) -> &Guard {
        &self.guard
    }
}

/// What one item carries of an object: its `data`, `OMADM_ITEM_MORE_DATA` if that flag is set, and `Meta/Size` if there is a size. All else in
/// the item is the same for each chunk.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct omadm_chunk {
    /// `sizeof(omadm_chunk)`; set by the caller.
    pub struct_size: u32,
    /// `OMADM_ITEM_MORE_DATA` in every chunk but the last. A message that ends with such a one has no `Final`.
    pub flags: u32,
    /// The size of the whole object, in the first chunk if there are more; else `OMADM_NONE`.
    pub size: u64,
    pub data: omadm_bytes,
}

impl From<Chunk<'_>> for omadm_chunk {
    fn from(chunk: Chunk<'_>) -> omadm_chunk {
        omadm_chunk {
            struct_size: size_of::<omadm_chunk>() as u32,
            flags: u32::from(chunk.more_data),
            size: chunk.size.unwrap_or(OMADM_NONE),
            data: chunk.data.into(),
        }
    }
}

/// Says whether a chunk fits: anything but 0 if it does. What is larger than a chunk that does not fit must not fit either. It must not call
/// back into this library with the splitter.
pub type omadm_fits = Option<unsafe extern "C" fn(context: *mut c_void, chunk: *const omadm_chunk) -> u32>;

/// Makes a splitter for one object, to be freed with `omadm_splitter_free`. `form` is `OMADM_DATA_TEXT`, which is cut between characters (base64 is
/// text), or `OMADM_DATA_OPAQUE` for octets in WBXML. `max_obj_size` is what the peer takes, or `OMADM_NONE`.
///
/// `OMADM_E_OBJECT_TOO_LARGE` for an object that must not be sent at all, `OMADM_E_INVALID_UTF8` for text that is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_splitter_new(
    input: *const omadm_input,
    form: u32,
    max_obj_size: u64,
    splitter: *mut *mut omadm_splitter,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        let is_text = match form {
            1 => true,
            3 => false,
            _ => return Err(Failure::argument("form")),
        };
        // The input last: it is released from then on.
        // SAFETY: the contract.
        let (out, input) = unsafe { (Out::new(splitter, "splitter")?, omadm_input::take(input)?) };
        let splitter = OwnedSplitter::try_new(input, |input| {
            let splitter = if is_text {
                let text = core::str::from_utf8(input.octets());
                Splitter::text(text.map_err(|error| Error::new(ErrorKind::InvalidUtf8, error.valid_up_to()))?)
            } else {
                Splitter::octets(input.octets())
            };
            splitter.within((max_obj_size != OMADM_NONE).then_some(max_obj_size))
        })?;
        give(omadm_splitter { guard: Guard::new::<omadm_splitter>(), splitter }, out);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Frees a splitter. NULL is left alone.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_splitter_free(splitter: *mut omadm_splitter) {
    // SAFETY: the contract.
    unsafe { free(splitter) }
}

/// The size of the whole object, and how many octets have not been given yet. Outputs that are NULL are left out.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_splitter_summary(
    splitter: *const omadm_splitter,
    size: *mut u64,
    remaining: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (splitter, size, remaining) = unsafe {
            (handle(splitter, "splitter")?, Out::optional(size, "size")?, Out::optional(remaining, "remaining")?)
        };
        let splitter = splitter.splitter.borrow_dependent();
        size.set(splitter.size());
        remaining.set(splitter.remaining());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// The next chunk, of at most `room` octets as they travel. `data` is valid as long as the splitter. An empty object is one empty chunk.
///
/// `OMADM_END` after the last one; `OMADM_E_NO_ROOM` if not even one character fits: nothing was given then.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_splitter_next(
    splitter: *mut omadm_splitter,
    room: usize,
    chunk: *mut omadm_chunk,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (mut out, mut splitter) = unsafe { (OutStructs::one(chunk, "chunk")?, handle_mut(splitter, "splitter")?) };
        let chunk = splitter
            .splitter
            .with_dependent_mut(|_, splitter| splitter.next_chunk(room).map(|chunk| chunk.map(omadm_chunk::from)))?;
        out.set(0, chunk.ok_or(Failure::end())?);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// As `omadm_splitter_next`, with the largest chunk that `fits`: for who has to encode a chunk to know its size, as escapes make XML longer than
/// what it stands for. `fits` is asked once for what remains of the object, and if that is too much, a few times more. `context` is handed to it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_splitter_next_where(
    splitter: *mut omadm_splitter,
    fits: omadm_fits,
    context: *mut c_void,
    chunk: *mut omadm_chunk,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (mut out, mut splitter) = unsafe { (OutStructs::one(chunk, "chunk")?, handle_mut(splitter, "splitter")?) };
        let fits = fits.ok_or(Failure::null("fits"))?;
        let chunk = splitter.splitter.with_dependent_mut(|_, splitter| {
            // SAFETY: the contract.
            let fits = |chunk: &Chunk<'_>| unsafe { fits(context, &omadm_chunk::from(*chunk)) } != 0;
            splitter.next_chunk_where(fits).map(|chunk| chunk.map(omadm_chunk::from))
        })?;
        out.set(0, chunk.ok_or(Failure::end())?);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Begins again, for a peer that could not put the object together.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_splitter_restart(splitter: *mut omadm_splitter, error: *mut omadm_error) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        unsafe { handle_mut(splitter, "splitter") }?.splitter.with_dependent_mut(|_, splitter| splitter.restart());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Puts objects together from the chunks of several messages, and says what is to be answered. It is given every command, ordinary ones too,
/// because anything that comes between two chunks breaks the object. It takes memory only for what has arrived.
#[cfg_attr(feature = "capi", repr(C))]
pub struct omadm_joiner {
    guard: Guard,
    joiner: Joiner,
    steps: Vec<Step>,
}

const _: () = assert!(core::mem::offset_of!(omadm_joiner, guard) == 0);

impl Guarded for omadm_joiner {
    const MARK: [u8; 8] = *b"omadmJnr";
    fn guard(&self) -> &Guard {
        &self.guard
    }
}

/// What became of an item.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum omadm_joined {
    /// It is no chunk: to be carried out as it stands.
    OMADM_JOINED_WHOLE = 1,
    /// One chunk more is there: to be answered with 213.
    OMADM_JOINED_BUFFERED = 2,
    /// The last chunk: to be carried out with the object as its data, and answered with what comes of that.
    OMADM_JOINED_COMPLETE = 3,
    /// Not to be carried out.
    OMADM_JOINED_REFUSED = 4,
}

/// What came of one item or command.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct omadm_join_step {
    /// `sizeof(omadm_join_step)`; set by the caller.
    pub struct_size: u32,
    /// An `enum omadm_joined`.
    pub joined: u32,
    /// The status to be answered, 213, 411, 416, 413, 424 or 400; 0 where that depends on what comes of the command.
    pub status: u32,
    /// Why it was refused, an `enum omadm_code`; else 0.
    pub reason: u32,
    /// Where in the message the refused data begins; else `OMADM_NONE`.
    pub offset: u64,
    /// 1 if this item or command broke an object off: nothing of it counts, and Alert 1225 with its `Target` and `Source` has to tell the peer.
    pub is_broken: u32,
    /// The kind of the command that the broken object was sent with, an `enum omadm_command_kind`.
    pub broken_kind: u32,
    pub broken_target: omadm_str,
    pub broken_source: omadm_str,
    /// Of a complete object: what its first chunk said it is, and the data as it travelled.
    pub format: omadm_str,
    pub media_type: omadm_str,
    pub octets: omadm_bytes,
}

versioned! {
    omadm_chunk: 32, 24;
    omadm_join_step: 112, 72;
}

impl omadm_join_step {
    fn broken(mut self, broken: Option<&ObjectId>) -> omadm_join_step {
        if let Some(id) = broken {
            self.is_broken = 1;
            self.broken_kind = omadm_command_kind::of(id.kind) as u32;
            self.broken_target = id.target.as_deref().into();
            self.broken_source = id.source.as_deref().into();
        }
        self
    }

    const NOTHING: omadm_join_step = omadm_join_step {
        struct_size: 0,
        joined: omadm_joined::OMADM_JOINED_WHOLE as u32,
        status: 0,
        reason: 0,
        offset: OMADM_NONE,
        is_broken: 0,
        broken_kind: 0,
        broken_target: omadm_str::ABSENT,
        broken_source: omadm_str::ABSENT,
        format: omadm_str::ABSENT,
        media_type: omadm_str::ABSENT,
        octets: omadm_bytes::ABSENT,
    };
}

impl From<&Step> for omadm_join_step {
    fn from(step: &Step) -> omadm_join_step {
        let status = step.joined.status().map_or(0, |status| u32::from(status.0));
        let mut made = omadm_join_step { status, ..omadm_join_step::NOTHING };
        match &step.joined {
            Joined::Whole => {}
            Joined::Buffered => made.joined = omadm_joined::OMADM_JOINED_BUFFERED as u32,
            Joined::Complete(object) => {
                made.joined = omadm_joined::OMADM_JOINED_COMPLETE as u32;
                made.format = object.format().into();
                made.media_type = object.media_type().into();
                made.octets = object.octets().into();
            }
            Joined::Refused(refusal) => {
                made.joined = omadm_joined::OMADM_JOINED_REFUSED as u32;
                made.reason = refusal.error.kind().code();
                made.offset = refusal.error.offset() as u64;
            }
        }
        made.broken(step.broken.as_ref())
    }
}

/// Makes a joiner, to be freed with `omadm_joiner_free`, for objects of at most `max_obj_size` octets, the `MaxObjSize` that the peer was told or
/// `OMADM_NONE`; and in any case of at most `limit_text`. `options` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_joiner_new(
    max_obj_size: u64,
    options: *const omadm_options,
    joiner: *mut *mut omadm_joiner,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (out, options) = unsafe { (Out::new(joiner, "joiner")?, omadm_options::take(options)?) };
        let joiner = Joiner::new((max_obj_size != OMADM_NONE).then_some(max_obj_size), &options.limits);
        give(omadm_joiner { guard: Guard::new::<omadm_joiner>(), joiner, steps: Vec::new() }, out);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Frees a joiner and what it lends. NULL is left alone.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_joiner_free(joiner: *mut omadm_joiner) {
    // SAFETY: the contract.
    unsafe { free(joiner) }
}

/// Changes `MaxObjSize`, which may happen within a session. Counts for the next object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_joiner_set_max_obj_size(
    joiner: *mut omadm_joiner,
    max_obj_size: u64,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let mut joiner = unsafe { handle_mut(joiner, "joiner") }?;
        joiner.joiner.set_max_obj_size((max_obj_size != OMADM_NONE).then_some(max_obj_size));
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Takes the command of a message with this index: a step for each of its items, in order, or one step for a command without any. No steps for
/// a status and for Alert 1222, which are what stands between two chunks.
///
/// `*found` says how many steps there are. There must be room for as many as the command has items, and for one: else it returns
/// `OMADM_BUFFER_TOO_SMALL` with only `*found` written, and has not taken the command. What is lent is valid until the next call with this joiner.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_joiner_feed(
    joiner: *mut omadm_joiner,
    message: *const omadm_message,
    command: usize,
    steps: *mut omadm_join_step,
    element_size: usize,
    capacity: usize,
    found: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (message, mut out, found, mut joiner) = unsafe {
            (
                handle(message, "message")?,
                OutStructs::many(steps, element_size, capacity, "steps")?,
                Out::new(found, "found")?,
                handle_mut(joiner, "joiner")?,
            )
        };
        let command = message.command(command)?;
        let needed = command.items().len().max(1);
        if capacity < needed {
            found.set(needed);
            return Err(Failure::too_small("steps"));
        }
        let made = joiner.joiner.feed(&command);
        for (index, step) in made.iter().enumerate() {
            out.set(index, step.into());
        }
        found.set(made.len());
        joiner.steps = made;
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// The octets that the object of a step stands for: decoded where its `Format` is `b64`. `step` counts those of the last `omadm_joiner_feed`.
///
/// `OMADM_NOT_FOUND` if there is no such step, or no complete object in it; `OMADM_E_INVALID_BASE64`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_joiner_octets(
    joiner: *const omadm_joiner,
    step: usize,
    octets: *mut omadm_buffer,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (joiner, out) = unsafe { (handle(joiner, "joiner")?, Buffer::of(octets, "octets")?) };
        match joiner.steps.get(step).map(|step| &step.joined) {
            Some(Joined::Complete(object)) => out.keep(object.decoded()?.into_owned()),
            _ => return Err(Failure::not_found("step")),
        }
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Whether chunks are missing, 1 or 0: then the message is answered with Alert 1222.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_joiner_is_open(
    joiner: *const omadm_joiner,
    is_open: *mut u32,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (joiner, out) = unsafe { (handle(joiner, "joiner")?, Out::new(is_open, "is_open")?) };
        out.set(u32::from(joiner.joiner.is_open()));
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Ends what is open: at `Final`, which no sender sets in the middle of an object, and at the end of the session. The step says which object was
/// broken off; what is lent is valid until the next call with this joiner. `OMADM_NOT_FOUND` if none was open.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_joiner_give_up(
    joiner: *mut omadm_joiner,
    step: *mut omadm_join_step,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (mut out, mut joiner) = unsafe { (OutStructs::one(step, "step")?, handle_mut(joiner, "joiner")?) };
        let broken = joiner.joiner.give_up();
        joiner.steps = vec![Step { broken, joined: Joined::Whole }];
        let step = joiner.steps.first().filter(|step| step.broken.is_some());
        out.set(0, step.ok_or(Failure::not_found("joiner"))?.into());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}
