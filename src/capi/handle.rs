//! Handles: marked, so that another thing is noticed; busy while a call uses them; given to C and taken back.

use super::entry::{Failure, Out, Outcome};
use core::ops::{Deref, DerefMut};
use core::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The first member of what a handle points to, in memory, too: a handle of another kind has its mark there as well. Handles say so by
/// `#[cfg_attr(feature = "capi", repr(C))]`: with a plain `repr(C)` cbindgen would show C what is in them.
pub(super) struct Guard {
    /// Says what kind of handle this is; 0 once it was freed.
    mark: AtomicU64,
    state: AtomicU8,
}

/// No call changes it.
const FREE: u8 = 0;
/// A call changes it.
const IN_USE: u8 = 1;
/// A call that changed it panicked: it can only be freed.
const SPOILT: u8 = 2;

/// What a handle points to.
pub(super) trait Guarded: Sized {
    /// Eight letters that say the kind.
    const MARK: [u8; 8];
    fn guard(&self) -> &Guard;
    /// Whether it belongs to another handle, and is freed with that.
    fn is_lent(&self) -> bool {
        false
    }
}

impl Guard {
    pub(super) fn new<T: Guarded>() -> Guard {
        Guard { mark: AtomicU64::new(u64::from_ne_bytes(T::MARK)), state: AtomicU8::new(FREE) }
    }

    /// Refuses it from now on, or takes it again. A change that panics between the two leaves it refused.
    pub(super) fn set_spoilt(&self, is_spoilt: bool) {
        self.state.store(if is_spoilt { SPOILT } else { FREE }, Ordering::Relaxed);
    }

    /// Takes the mark away: what comes after is refused, as long as the memory holds nothing else.
    pub(super) fn end(&self) {
        self.mark.store(0, Ordering::Relaxed);
    }
}

/// What a handle points to, to be looked at.
///
/// # Safety
/// The contract.
#[inline]
pub(super) unsafe fn handle<'h, T: Guarded>(at: *const T, argument: &'static str) -> Outcome<&'h T> {
    if at.is_null() {
        return Err(Failure::null(argument));
    }
    if !at.is_aligned() {
        return Err(Failure::handle(argument));
    }
    // SAFETY: the contract; what every handle points to begins with its guard. Only that is looked at before it is known that no call out of
    // whose callback this one came has the rest in its hands.
    let guard = unsafe { &*at.cast::<Guard>() };
    if guard.mark.load(Ordering::Relaxed) != u64::from_ne_bytes(T::MARK) {
        return Err(Failure::handle(argument));
    }
    // Not a lock: it notices calls out of callbacks, and handles in which a call panicked.
    if guard.state.load(Ordering::Relaxed) != FREE {
        return Err(Failure::busy(argument));
    }
    // SAFETY: the contract.
    Ok(unsafe { &*at })
}

/// What a handle points to, to be changed.
///
/// # Safety
/// The contract.
#[inline]
pub(super) unsafe fn handle_mut<'h, T: Guarded>(at: *mut T, argument: &'static str) -> Outcome<Held<'h, T>> {
    // SAFETY: the contract.
    unsafe { handle(at.cast_const(), argument) }?.guard().state.store(IN_USE, Ordering::Relaxed);
    // SAFETY: the contract: nobody else uses it during this call. Calls out of its callbacks get no further than the guard.
    Ok(Held { value: unsafe { &mut *at } })
}

/// A handle in use: marked as busy until it is let go, and for good if that is by a panic.
pub(super) struct Held<'h, T: Guarded> {
    value: &'h mut T,
}

impl<T: Guarded> Deref for Held<'_, T> {
    type Target = T;
    #[inline]
    fn deref(&self) -> &T {
        self.value
    }
}

impl<T: Guarded> DerefMut for Held<'_, T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        self.value
    }
}

impl<T: Guarded> Drop for Held<'_, T> {
    #[inline]
    fn drop(&mut self) {
        let left = if std::thread::panicking() { SPOILT } else { FREE };
        self.value.guard().state.store(left, Ordering::Relaxed);
    }
}

/// Hands a value over to C.
pub(super) fn give<T: Guarded>(value: T, out: Out<'_, *mut T>) {
    out.set(Box::into_raw(Box::new(value)));
}

/// Takes a value back from C and drops it. NULL, what is no such handle, what is lent, and what a call has in its hands, is left alone.
///
/// # Safety
/// The contract.
pub(super) unsafe fn free<T: Guarded>(at: *mut T) {
    if at.is_null() || !at.is_aligned() {
        return;
    }
    let body = || {
        // SAFETY: the contract; what every handle points to begins with its guard.
        let guard = unsafe { &*at.cast::<Guard>() };
        let mark = &guard.mark;
        let ours = u64::from_ne_bytes(T::MARK);
        // One that a panic has spoilt can be freed; one whose call has called back cannot.
        if mark.load(Ordering::Relaxed) != ours || guard.state.load(Ordering::Relaxed) == IN_USE {
            return;
        }
        // SAFETY: the contract.
        if unsafe { &*at }.is_lent() {
            return;
        }
        if mark.compare_exchange(ours, 0, Ordering::Relaxed, Ordering::Relaxed).is_ok() {
            // SAFETY: the contract: it came from `give` and is not used any more.
            drop(unsafe { Box::from_raw(at) });
        }
    };
    // There is nobody to tell; what is left of the value leaks.
    if let Err(payload) = catch_unwind(AssertUnwindSafe(body)) {
        core::mem::forget(payload);
    }
}
