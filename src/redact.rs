//! `Debug` without content: documents, messages and pushes carry secrets, which must not get into logs.

/// `Debug` for a struct: some fields as they are, and of others only how many octets they have.
macro_rules! debug_without_content {
    ($name:ident $(<$life:lifetime>)? { $($shown:ident),* $(,)? } octets of { $($hidden:ident),* $(,)? }) => {
        /// What may be secret is not printed, only how long it is.
        impl core::fmt::Debug for $name $(<$life>)? {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.debug_struct(stringify!($name))
                    $(.field(stringify!($shown), &self.$shown))*
                    $(.field(stringify!($hidden), &format_args!("{} octets", self.$hidden.len())))*
                    .finish_non_exhaustive()
            }
        }
    };
}

pub(crate) use debug_without_content;
