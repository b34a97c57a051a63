//! The way in and out of every function: panics stopped, pointers checked, outputs written.

use super::codes::{omadm_code, omadm_rc};
use super::command::OMADM_NO_INDEX;
use super::error::omadm_error;
use super::text::OMADM_NUL;
use crate::error::{Error, ErrorKind};
use core::ffi::{CStr, c_char};
use core::marker::PhantomData;
use core::mem::MaybeUninit;
use core::ptr::NonNull;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Why a call did nothing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Failure {
    pub(super) code: u32,
    pub(super) offset: u64,
    pub(super) inner: u64,
    pub(super) message: &'static CStr,
    /// The element, or the argument, that it is about; empty if none.
    pub(super) subject: &'static str,
}

/// What there is instead of an offset where there is none.
pub(super) const NOWHERE: u64 = u64::MAX;

pub(super) type Outcome<T = ()> = Result<T, Failure>;

impl Failure {
    const fn of(code: omadm_code, message: &'static CStr, subject: &'static str) -> Failure {
        Failure { code: code as u32, offset: NOWHERE, inner: NOWHERE, message, subject }
    }

    pub(super) const fn null(argument: &'static str) -> Failure {
        Failure::of(omadm_code::OMADM_E_NULL, c"a required argument is NULL", argument)
    }

    pub(super) const fn argument(argument: &'static str) -> Failure {
        Failure::of(omadm_code::OMADM_E_ARGUMENT, c"not a value that this argument can have", argument)
    }

    pub(super) const fn struct_size(argument: &'static str) -> Failure {
        let message = c"a struct_size, or size of elements, that no version of this structure has: set it by the INIT macro or sizeof";
        Failure::of(omadm_code::OMADM_E_STRUCT_SIZE, message, argument)
    }

    pub(super) const fn handle(argument: &'static str) -> Failure {
        Failure::of(omadm_code::OMADM_E_HANDLE, c"not a handle of this kind, or one that was freed", argument)
    }

    pub(super) const fn busy(argument: &'static str) -> Failure {
        let message =
            c"a handle that another call uses, or one that a fault of this library has spoilt: it can only be freed";
        Failure::of(omadm_code::OMADM_E_BUSY, message, argument)
    }

    pub(super) const fn stale_node(argument: &'static str) -> Failure {
        Failure::of(omadm_code::OMADM_E_STALE_NODE, c"a node that is not in this tree, or not any more", argument)
    }

    pub(super) const fn state(argument: &'static str) -> Failure {
        Failure::of(omadm_code::OMADM_E_STATE, c"a call that cannot be made in this state", argument)
    }

    pub(super) const fn not_found(argument: &'static str) -> Failure {
        Failure::of(omadm_code::OMADM_NOT_FOUND, c"not there", argument)
    }

    pub(super) const fn end() -> Failure {
        Failure::of(omadm_code::OMADM_END, c"there is no more", "")
    }

    pub(super) const REFUSED: Failure =
        Failure::of(omadm_code::OMADM_REFUSED, c"not authentic: another secret, nonce or content", "");

    pub(super) const ANOTHER_SCHEME: Failure = Failure::of(
        omadm_code::OMADM_ANOTHER_SCHEME,
        c"not authentic: credentials of another scheme, or of one that cannot be checked here",
        "",
    );

    pub(super) const fn too_small(argument: &'static str) -> Failure {
        let message = c"the memory given is too small: the length that is needed was stored";
        Failure::of(omadm_code::OMADM_BUFFER_TOO_SMALL, message, argument)
    }

    const PANIC: Failure =
        Failure::of(omadm_code::OMADM_E_PANIC, c"a fault of this library, which it stopped: please report it", "");

    /// One of each code.
    pub(super) const ALL: [Failure; 13] = [
        Failure::end(),
        Failure::not_found(""),
        Failure::too_small(""),
        Failure::REFUSED,
        Failure::ANOTHER_SCHEME,
        Failure::null(""),
        Failure::argument(""),
        Failure::struct_size(""),
        Failure::handle(""),
        Failure::stale_node(""),
        Failure::busy(""),
        Failure::PANIC,
        Failure::state(""),
    ];
}

impl From<ErrorKind> for Failure {
    /// An error that has no place in an input.
    fn from(kind: ErrorKind) -> Failure {
        let subject = kind.element().unwrap_or_default();
        Failure { code: kind.code(), offset: NOWHERE, inner: NOWHERE, message: kind.c_message(), subject }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        // A usize has at most 64 bits.
        let inner = error.inner().map_or(NOWHERE, |inner| inner as u64);
        Failure { offset: error.offset() as u64, inner, ..Failure::from(error.kind()) }
    }
}

/// Runs the body of a function: no panic passes, and what was wrong is told. Where it cannot be told, nothing is done.
///
/// # Safety
/// The contract, of `error`.
#[inline]
pub(super) unsafe fn enter(error: *mut omadm_error, body: impl FnOnce() -> Outcome) -> omadm_rc {
    if !error.is_null() {
        // SAFETY: the contract.
        let code = unsafe { omadm_error::check(error) };
        if code != omadm_code::OMADM_OK as omadm_rc {
            return code;
        }
    }
    match catch_unwind(AssertUnwindSafe(body)) {
        Ok(Ok(())) => omadm_code::OMADM_OK as omadm_rc,
        // SAFETY: the contract.
        Ok(Err(failure)) => unsafe { report(error, &failure) },
        // SAFETY: the contract.
        Err(payload) => unsafe { report_panic(error, payload) },
    }
}

#[cold]
unsafe fn report(error: *mut omadm_error, failure: &Failure) -> omadm_rc {
    // SAFETY: the contract.
    match unsafe { omadm_error::tell(error, failure) } {
        Ok(()) => failure.code,
        Err(wrong) => wrong.code,
    }
}

#[cold]
unsafe fn report_panic(error: *mut omadm_error, payload: Box<dyn core::any::Any + Send>) -> omadm_rc {
    // What was thrown may panic when it is dropped; what that throws is left alone.
    if let Err(again) = catch_unwind(AssertUnwindSafe(|| drop(payload))) {
        core::mem::forget(again);
    }
    // SAFETY: the contract.
    unsafe { report(error, &Failure::PANIC) }
}

/// An output: memory of the caller's that takes one value.
pub(super) struct Out<'o, T> {
    at: NonNull<T>,
    lives: PhantomData<&'o mut T>,
}

impl<T> Out<'_, T> {
    /// # Safety
    /// The contract.
    #[inline]
    pub(super) unsafe fn new<'o>(at: *mut T, argument: &'static str) -> Outcome<Out<'o, T>> {
        let at = NonNull::new(at).ok_or(Failure::null(argument))?;
        if !at.is_aligned() {
            return Err(Failure::argument(argument));
        }
        Ok(Out { at, lives: PhantomData })
    }

    /// An output that the caller may not want.
    ///
    /// # Safety
    /// The contract.
    #[inline]
    pub(super) unsafe fn optional<'o>(at: *mut T, argument: &'static str) -> Outcome<Optional<'o, T>> {
        // SAFETY: the contract.
        let out = if at.is_null() { None } else { Some(unsafe { Out::new(at, argument) }?) };
        Ok(Optional(out))
    }

    #[inline]
    pub(super) fn set(self, value: T) {
        // SAFETY: `new` has checked that the pointer is there and aligned; the contract says that it takes a `T`.
        unsafe { self.at.as_ptr().write(value) }
    }
}

/// An output that may be left out.
pub(super) struct Optional<'o, T>(Option<Out<'o, T>>);

impl<T> Optional<'_, T> {
    #[inline]
    pub(super) fn set(self, value: T) {
        if let Some(out) = self.0 {
            out.set(value);
        }
    }
}

/// A structure that begins with its size, so that later versions can add members at its end.
///
/// # Safety
/// `repr(C)`, the first member is `struct_size: u32`, and every pattern of bits is a value, all zeros among them.
pub(super) unsafe trait Versioned: Copy {
    /// Its size in the first version.
    const FIRST: usize;
    fn set_struct_size(&mut self, size: u32);
}

/// Declares structures as [`Versioned`], with their size in the first version on 64 and on 32 bits.
macro_rules! versioned {
    ($( $type:ty: $first64:literal, $first32:literal; )*) => { $(
        // SAFETY: declared with care: see the definition of each.
        unsafe impl crate::capi::entry::Versioned for $type {
            const FIRST: usize = if cfg!(target_pointer_width = "64") { $first64 } else { $first32 };
            #[inline]
            fn set_struct_size(&mut self, size: u32) {
                self.struct_size = size;
            }
        }
        const _: () = assert!(core::mem::size_of::<$type>() >= <$type as crate::capi::entry::Versioned>::FIRST);
        const _: () = assert!(core::mem::offset_of!($type, struct_size) == 0);
    )* };
}
pub(super) use versioned;

/// The size that a caller says its structure has, if one of our versions may be that small.
fn known_size<T: Versioned>(size: usize, argument: &'static str) -> Outcome<usize> {
    // No structure will ever have 64 KiB; what says so was not set.
    if size < T::FIRST || size > 0xFFFF { Err(Failure::struct_size(argument)) } else { Ok(size) }
}

/// The caller's memory for one structure, or for many in a row.
pub(super) struct OutStructs<'o, T> {
    at: *mut u8,
    size: usize,
    capacity: usize,
    lives: PhantomData<&'o mut [T]>,
}

impl<T: Versioned> OutStructs<'_, T> {
    /// One structure, whose `struct_size` the caller has set.
    ///
    /// # Safety
    /// The contract.
    #[inline]
    pub(super) unsafe fn one<'o>(at: *mut T, argument: &'static str) -> Outcome<OutStructs<'o, T>> {
        // SAFETY: the contract.
        let size = unsafe { struct_size(at, argument) }?;
        Ok(OutStructs { at: at.cast(), size: known_size::<T>(size, argument)?, capacity: 1, lives: PhantomData })
    }

    /// So many structures of a size, one after the other. None at NULL.
    ///
    /// # Safety
    /// The contract.
    #[inline]
    pub(super) unsafe fn many<'o>(
        at: *mut T,
        element_size: usize,
        capacity: usize,
        argument: &'static str,
    ) -> Outcome<OutStructs<'o, T>> {
        let size = known_size::<T>(element_size, argument)?;
        if at.is_null() && capacity > 0 {
            return Err(Failure::null(argument));
        }
        let fits = size.checked_mul(capacity).is_some_and(|octets| isize::try_from(octets).is_ok());
        if !fits || !at.is_aligned() || !size.is_multiple_of(align_of::<T>()) {
            return Err(Failure::argument(argument));
        }
        Ok(OutStructs { at: at.cast(), size, capacity, lives: PhantomData })
    }

    #[inline]
    pub(super) fn capacity(&self) -> usize {
        self.capacity
    }

    /// Writes as much of a structure as the caller's version has; what only a later one than ours has becomes zero.
    #[inline]
    pub(super) fn set(&mut self, index: usize, mut value: T) {
        if index >= self.capacity {
            return;
        }
        // At most 0xFFFF, as `known_size` has it.
        value.set_struct_size(self.size as u32);
        let ours = size_of::<T>();
        // SAFETY: the constructors have checked that there is room for `capacity` structures of `size` octets; `index` is below that.
        unsafe {
            let at = self.at.add(index.wrapping_mul(self.size));
            if self.size == ours {
                at.cast::<T>().write(value);
            } else {
                core::ptr::copy_nonoverlapping((&raw const value).cast::<u8>(), at, ours.min(self.size));
                at.add(ours.min(self.size)).write_bytes(0, self.size.saturating_sub(ours));
            }
        }
    }
}

impl<T: Versioned> OutStructs<'_, T> {
    /// Writes one structure after the other, as many as there are and as there is room for; says how many.
    #[inline]
    pub(super) fn fill<I>(&mut self, from: impl Iterator<Item = I>) -> usize
    where
        T: From<I>,
    {
        let mut count = 0_usize;
        if self.size == size_of::<T>() {
            // The common case by itself, so that structures are made where they belong and not copied there.
            for value in from.take(self.capacity) {
                // SAFETY: as in `set`; what was there is not read.
                let slot = unsafe { &mut *self.at.cast::<MaybeUninit<T>>().add(count) };
                make(slot, value).set_struct_size(self.size as u32);
                count = count.wrapping_add(1);
            }
        } else {
            for value in from.take(self.capacity) {
                self.set(count, *make(&mut MaybeUninit::uninit(), value));
                count = count.wrapping_add(1);
            }
        }
        count
    }
}

/// By itself, so that the compiler knows that nothing else is where it writes, and makes the structure there.
#[inline(never)]
fn make<T: From<I>, I>(slot: &mut MaybeUninit<T>, value: I) -> &mut T {
    slot.write(T::from(value))
}

/// The caller's memory for many plain values in a row.
pub(super) struct OutValues<'o, T> {
    at: *mut T,
    capacity: usize,
    lives: PhantomData<&'o mut [T]>,
}

impl<T: Copy> OutValues<'_, T> {
    /// None at NULL.
    ///
    /// # Safety
    /// The contract.
    pub(super) unsafe fn many<'o>(at: *mut T, capacity: usize, argument: &'static str) -> Outcome<OutValues<'o, T>> {
        if at.is_null() && capacity > 0 {
            return Err(Failure::null(argument));
        }
        let fits = size_of::<T>().checked_mul(capacity).is_some_and(|octets| isize::try_from(octets).is_ok());
        if !fits || !at.is_aligned() {
            return Err(Failure::argument(argument));
        }
        Ok(OutValues { at, capacity, lives: PhantomData })
    }

    /// Stores as many values as there is room for.
    pub(super) fn set(&mut self, values: impl IntoIterator<Item = T>) {
        for (index, value) in values.into_iter().take(self.capacity).enumerate() {
            // SAFETY: `many` has checked that there is room for `capacity` values; `index` is below that.
            unsafe { self.at.add(index).write(value) };
        }
    }
}

/// The `struct_size` of a caller's structure.
unsafe fn struct_size<T: Versioned>(at: *const T, argument: &'static str) -> Outcome<usize> {
    if at.is_null() {
        return Err(Failure::null(argument));
    }
    if !at.is_aligned() {
        return Err(Failure::argument(argument));
    }
    // SAFETY: the contract; a `Versioned` structure begins with its size.
    Ok(unsafe { at.cast::<u32>().read() } as usize)
}

/// Reads a caller's structure, of any version: what it does not have is zero. What only a later version than ours has must be zero, too,
/// or the caller asks for what we would not do.
///
/// # Safety
/// The contract.
#[inline]
pub(super) unsafe fn read<T: Versioned>(at: *const T, argument: &'static str) -> Outcome<T> {
    // SAFETY: the contract.
    let size = known_size::<T>(unsafe { struct_size(at, argument) }?, argument)?;
    // SAFETY: the contract: there are as many octets.
    unsafe { read_sized(at.cast(), size, argument) }
}

/// Reads the elements of a caller's array, one by one.
///
/// # Safety
/// The contract.
pub(super) unsafe fn read_all<T: Versioned>(
    at: *const T,
    element_size: usize,
    count: usize,
    argument: &'static str,
) -> Outcome<Vec<T>> {
    if count == 0 {
        return Ok(Vec::new());
    }
    let size = known_size::<T>(element_size, argument)?;
    if !at.is_aligned() || !size.is_multiple_of(align_of::<T>()) {
        return Err(Failure::argument(argument));
    }
    // SAFETY: the contract: the caller has as many octets there.
    let octets =
        unsafe { slice(at.cast::<u8>(), size.checked_mul(count).ok_or(Failure::argument(argument))?, argument) }?;
    // SAFETY: as above, piece by piece.
    octets.chunks_exact(size).map(|element| unsafe { read_sized(element.as_ptr(), size, argument) }).collect()
}

unsafe fn read_sized<T: Versioned>(at: *const u8, size: usize, argument: &'static str) -> Outcome<T> {
    let mut value = core::mem::MaybeUninit::<T>::zeroed();
    let ours = size.min(size_of::<T>());
    // SAFETY: the caller has `size` octets there, and a `T` takes `ours`.
    unsafe { core::ptr::copy_nonoverlapping(at, value.as_mut_ptr().cast::<u8>(), ours) };
    // SAFETY: as above; what is left of the caller's.
    let rest = unsafe { core::slice::from_raw_parts(at.add(ours), size.saturating_sub(ours)) };
    if rest.iter().any(|octet| *octet != 0) {
        return Err(Failure::struct_size(argument));
    }
    // SAFETY: every pattern of bits is a value of a `Versioned` structure.
    Ok(unsafe { value.assume_init() })
}

/// A slice of the caller's. NULL is an empty one, if its length is 0.
///
/// # Safety
/// The contract.
#[inline]
pub(super) unsafe fn slice<'c, T>(at: *const T, len: usize, argument: &'static str) -> Outcome<&'c [T]> {
    if len == 0 {
        return Ok(&[]);
    }
    if at.is_null() {
        return Err(Failure::null(argument));
    }
    let octets = len.checked_mul(size_of::<T>());
    if !at.is_aligned() || octets.is_none_or(|octets| isize::try_from(octets).is_err()) {
        return Err(Failure::argument(argument));
    }
    // SAFETY: the contract; not NULL, aligned, and no longer than a slice may be.
    Ok(unsafe { core::slice::from_raw_parts(at, len) })
}

/// Memory of the caller's to be filled with octets. NULL is none, if its length is 0.
///
/// # Safety
/// The contract. The memory need not be initialised: it is handed on to be written only.
#[inline]
pub(super) unsafe fn room<'c>(at: *mut u8, len: usize, argument: &'static str) -> Outcome<Room<'c>> {
    if at.is_null() && len > 0 {
        return Err(Failure::null(argument));
    }
    if isize::try_from(len).is_err() {
        return Err(Failure::argument(argument));
    }
    Ok(Room { at, len, lives: PhantomData })
}

/// See [`room`].
pub(super) struct Room<'c> {
    at: *mut u8,
    len: usize,
    lives: PhantomData<&'c mut [u8]>,
}

impl Room<'_> {
    /// Copies octets there. Nothing is written if there are more than fit.
    pub(super) fn fill(&mut self, octets: &[u8], argument: &'static str) -> Outcome {
        if octets.len() > self.len {
            return Err(Failure::too_small(argument));
        }
        if !octets.is_empty() {
            // SAFETY: `room` has checked that the caller has `len` octets there; `octets` is ours.
            unsafe { core::ptr::copy_nonoverlapping(octets.as_ptr(), self.at, octets.len()) };
        }
        Ok(())
    }

    /// Copies a text there, with a zero octet behind it.
    pub(super) fn fill_text(&mut self, text: &str, argument: &'static str) -> Outcome {
        if text.len() >= self.len {
            return Err(Failure::too_small(argument));
        }
        self.fill(text.as_bytes(), argument)?;
        // SAFETY: as in `fill`; the text is shorter than the room.
        unsafe { self.at.add(text.len()).write(0) };
        Ok(())
    }

    /// Copies octets there and says how many they are; that is said, too, if they do not fit.
    pub(super) fn give(mut self, octets: &[u8], length: Out<'_, usize>) -> Outcome {
        length.set(octets.len());
        self.fill(octets, "room")
    }

    /// Has so many octets written there, and says how many they are; that is said, too, if they do not fit.
    pub(super) fn write(self, len: usize, length: Out<'_, usize>, write: impl FnOnce(&mut [u8]) -> Outcome) -> Outcome {
        length.set(len);
        if len > self.len {
            return Err(Failure::too_small("room"));
        }
        if len == 0 {
            return write(&mut []);
        }
        // SAFETY: `room` has checked that the caller has `self.len` octets there, which are initialised from here on.
        let octets = unsafe {
            self.at.write_bytes(0, len);
            core::slice::from_raw_parts_mut(self.at, len)
        };
        write(octets)
    }

    /// The same of a text, with a zero octet behind it that does not count.
    pub(super) fn give_text(mut self, text: &str, length: Out<'_, usize>) -> Outcome {
        length.set(text.len());
        self.fill_text(text, "room")
    }
}

/// A text of the caller's, whose length may be left to its zero octet.
///
/// # Safety
/// The contract.
#[inline]
pub(super) unsafe fn text<'c>(at: *const c_char, len: usize, argument: &'static str) -> Outcome<&'c str> {
    // SAFETY: the contract.
    let octets = unsafe { octets(at, len, argument) }?;
    core::str::from_utf8(octets).map_err(|error| {
        let mut failure = Failure::from(Error::new(ErrorKind::InvalidUtf8, error.valid_up_to()));
        failure.subject = argument;
        failure
    })
}

/// A text of the caller's that may be absent, in a structure or as an argument: NULL with length 0.
///
/// # Safety
/// The contract.
#[inline]
pub(super) unsafe fn optional_text<'c>(
    at: *const c_char,
    len: usize,
    argument: &'static str,
) -> Outcome<Option<&'c str>> {
    if at.is_null() && len == 0 {
        return Ok(None);
    }
    // SAFETY: the contract.
    unsafe { text(at, len, argument) }.map(Some)
}

/// The octets of a text of the caller's that may be anything, such as a name that is hashed.
///
/// # Safety
/// The contract.
#[inline]
pub(super) unsafe fn octets<'c>(at: *const c_char, len: usize, argument: &'static str) -> Outcome<&'c [u8]> {
    if len == OMADM_NUL && !at.is_null() {
        // SAFETY: the contract: the caller says that there is a zero octet.
        return Ok(unsafe { CStr::from_ptr(at) }.to_bytes());
    }
    // SAFETY: the contract.
    unsafe { slice(at.cast::<u8>(), len, argument) }
}

/// Fills a caller's array from an iterator, and says how much was stored.
pub(super) fn fill<T: Versioned + From<I>, I>(
    mut out: OutStructs<'_, T>,
    from: impl Iterator<Item = I>,
    written: Out<'_, usize>,
) {
    written.set(out.fill(from));
}

/// What is an index in Rust, in 32 bits: inputs have less than 4 GiB.
pub(super) fn narrow(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(OMADM_NO_INDEX)
}

#[inline]
pub(super) fn set_flags(flags: &[(bool, u32)]) -> u32 {
    flags.iter().fold(0, |all, (is_set, flag)| all | if *is_set { *flag } else { 0 })
}
