//! Columns while they are filled, in the layout of Arrow: see `arrow`.

use core::ffi::CStr;

// Types, as the interface spells them: UTF-8 and octets with offsets of 64 bits, and numbers.
pub(super) const TEXT: &CStr = c"U";
pub(super) const OCTETS: &CStr = c"Z";
pub(super) const U32: &CStr = c"I";
pub(super) const U64: &CStr = c"L";

/// The values of a column.
pub(super) enum Values {
    /// Texts or octets one after the other, and where each ends, from 0 on.
    Octets {
        ends: Vec<i64>,
        octets: Vec<u8>,
    },
    U32(Vec<u32>),
    U64(Vec<u64>),
}

/// A column. What it lags behind by has no value: rows in which nothing is there cost nothing.
pub(super) struct Column {
    pub(super) name: &'static CStr,
    /// As the interface spells types.
    pub(super) format: &'static CStr,
    pub(super) values: Values,
    /// A bit for each row: whether there is a value. Empty as long as there is one in all.
    pub(super) validity: Vec<u8>,
    pub(super) rows: usize,
    pub(super) absent: usize,
}

impl Column {
    pub(super) fn new((name, format): (&'static CStr, &'static CStr)) -> Column {
        let values = match format.to_bytes() {
            b"I" => Values::U32(Vec::new()),
            b"L" => Values::U64(Vec::new()),
            _ => Values::Octets { ends: vec![0], octets: Vec::new() },
        };
        Column { name, format, values, validity: Vec::new(), rows: 0, absent: 0 }
    }

    /// Adds the text or the octets of a row, if there are some.
    pub(super) fn put(&mut self, row: usize, octets: Option<&[u8]>) {
        if let Some(octets) = octets {
            self.put_by(row, |to| to.extend_from_slice(octets));
        }
    }

    /// Adds the text of a row, which is written behind those that are there.
    #[inline]
    pub(super) fn put_by(&mut self, row: usize, write: impl FnOnce(&mut Vec<u8>)) {
        self.begin(row);
        if let Values::Octets { ends, octets } = &mut self.values {
            write(octets);
            ends.push(signed(octets.len()));
        }
    }

    /// Adds the number of a row, if there is one. In a column of 32 bits it has no more.
    pub(super) fn put_number(&mut self, row: usize, number: Option<u64>) {
        let Some(number) = number else { return };
        self.begin(row);
        match &mut self.values {
            Values::U32(values) => values.push(number as u32),
            Values::U64(values) => values.push(number),
            Values::Octets { .. } => {}
        }
    }

    /// The row with this number will have a value.
    #[inline]
    fn begin(&mut self, row: usize) {
        if self.rows < row {
            self.fill(row);
        }
        if self.absent > 0 {
            let (byte, bit) = (row >> 3, 1 << (row % 8));
            match self.validity.get_mut(byte) {
                Some(bits) => *bits |= bit,
                // There is one for all rows before.
                None => self.validity.push(bit),
            }
        }
        self.rows = row.saturating_add(1);
    }

    /// Fills rows without a value, up to this one.
    #[cold]
    #[inline(never)]
    pub(super) fn fill(&mut self, rows: usize) {
        if rows <= self.rows {
            return;
        }
        if self.absent == 0 {
            self.validity = vec![0xFF; self.rows >> 3];
            self.validity.push((1_u8 << (self.rows % 8)).wrapping_sub(1));
        }
        let is_empty = self.rows == 0;
        resize(&mut self.validity, rows.div_ceil(8), 0, is_empty);
        match &mut self.values {
            Values::Octets { ends, octets } => {
                resize(ends, rows.saturating_add(1), signed(octets.len()), is_empty);
            }
            Values::U32(values) => resize(values, rows, 0, is_empty),
            Values::U64(values) => resize(values, rows, 0, is_empty),
        }
        self.absent = self.absent.saturating_add(rows.saturating_sub(self.rows));
        self.rows = rows;
    }

    /// Makes room for some more rows; texts aside.
    pub(super) fn reserve(&mut self, rows: usize) {
        match &mut self.values {
            Values::Octets { ends, .. } => ends.reserve(rows),
            Values::U32(values) => values.reserve(rows),
            Values::U64(values) => values.reserve(rows),
        }
    }
}

/// Makes a list longer. One that has nothing in it yet is taken anew: zeros that the system gives have not to be written.
fn resize<T: Copy + Default>(list: &mut Vec<T>, len: usize, value: T, is_empty: bool) {
    if is_empty && list.capacity() < len {
        *list = vec![T::default(); len];
    } else {
        list.resize(len, value);
    }
}

pub(super) fn signed(len: usize) -> i64 {
    i64::try_from(len).unwrap_or(i64::MAX)
}
