//! Whole messages and trees at once, through C: columns, rows and pickles, which are laid out by hand and read here by other hands.

use crate::capi::Buffer;
use core::ptr::null_mut;
use omadm::ErrorKind;
use omadm::capi::*;
use omadm::syncml::Message;
use omadm::tree::Tree;

/// Whether it was done; otherwise it was too long, and nothing else.
fn is_done(rc: omadm_rc) -> bool {
    assert!(rc == 0 || rc == ErrorKind::LimitOutput.code(), "{rc}");
    rc == 0
}

pub(crate) fn message(message: *const omadm_message, expected: &Message<'_>, options: &omadm_options) {
    let (mut schema, mut array) = (empty(), empty());
    // SAFETY: the contract.
    if is_done(unsafe { omadm_message_arrow(message, options, &mut schema, &mut array, null_mut()) }) {
        let columns = Columns { schema, array };
        let rows = expected.all_commands().map(|command| command.items().len().max(1)).sum::<usize>();
        assert_eq!(columns.array.length as usize, rows);
        let kinds = expected.all_commands().flat_map(|command| vec![command.name(); command.items().len().max(1)]);
        assert!(columns.texts(4).into_iter().eq(kinds.map(|kind| Some(kind.as_bytes()))));
        let items = expected.all_commands().flat_map(|command| {
            let none = (command.items().len() == 0).then_some(None);
            command.items().map(|item| item.target()).chain(none).collect::<Vec<_>>()
        });
        assert!(columns.texts(10).into_iter().eq(items.map(|target| target.map(str::as_bytes))));
    }
    let mut buffer = Buffer::new();
    // SAFETY: the contract.
    if is_done(unsafe { omadm_unstable_message_rows(message, options, &mut buffer.0, null_mut()) }) {
        let Rows { numbers, texts } = Rows::of(buffer.octets());
        assert_eq!(numbers[3] as usize, expected.command_count());
        for (command, numbers) in expected.all_commands().zip(numbers[13..].chunks(19)) {
            assert_eq!(numbers[7] as usize, command.offset());
            assert_eq!(texts[numbers[8] as usize - 1], command.name());
            assert_eq!(texts[numbers[9] as usize - 1], command.cmd_id());
        }
    }
    let mut buffer = Buffer::new();
    // SAFETY: the contract.
    if is_done(unsafe { omadm_unstable_message_pickle(message, options, &mut buffer.0, null_mut()) }) {
        let mut texts = texts_of_pickle(buffer.octets()).into_iter();
        assert!(expected.all_commands().all(|command| texts.any(|text| text == command.cmd_id())));
    }
}

pub(crate) fn tree(tree: *const omadm_tree, expected: &Tree<'_>, options: &omadm_options) {
    let uris: Vec<String> = expected.nodes().map(|node| node.uri().to_string()).collect();
    let (mut schema, mut array) = (empty(), empty());
    // SAFETY: the contract.
    if is_done(unsafe { omadm_tree_arrow(tree, 0, options, &mut schema, &mut array, null_mut()) }) {
        let columns = Columns { schema, array };
        assert_eq!(columns.array.length as usize, uris.len());
        assert!(columns.texts(1).into_iter().eq(uris.iter().map(|uri| Some(uri.as_bytes()))));
        assert!(columns.texts(4).into_iter().eq(expected.nodes().map(|node| node.value().map(|value| value.bytes()))));
        assert!(columns.texts(7).into_iter().eq(expected.nodes().map(|node| node.acl().map(str::as_bytes))));
    }
    let mut buffer = Buffer::new();
    // SAFETY: the contract.
    if is_done(unsafe { omadm_unstable_tree_rows(tree, 0, options, &mut buffer.0, null_mut()) }) {
        let Rows { numbers, texts } = Rows::of(buffer.octets());
        assert_eq!(numbers[0] as usize, uris.len());
        let texts = &texts[numbers[1 + 6 * uris.len()] as usize..];
        assert_eq!(texts[..uris.len()], uris);
        assert!(texts[uris.len()..].iter().copied().take(uris.len()).eq(expected.nodes().map(|node| node.name())));
    }
    for flags in [0, OMADM_UNSTABLE_COLUMNS] {
        let mut buffer = Buffer::new();
        // SAFETY: the contract.
        let rc =
            unsafe { omadm_unstable_tree_pickle(tree, 0, 0, uris.len(), flags, options, &mut buffer.0, null_mut()) };
        if is_done(rc) {
            let mut texts = texts_of_pickle(buffer.octets()).into_iter();
            assert!(uris.iter().all(|uri| texts.any(|text| text == uri)));
        }
    }
}

/// A structure of the Arrow interface that has nothing in it.
fn empty<T>() -> T {
    // SAFETY: of both structures all zeros are a value.
    unsafe { core::mem::zeroed() }
}

/// What is released when nobody looks at it any more.
struct Columns {
    schema: ArrowSchema,
    array: ArrowArray,
}

impl Columns {
    /// The values of a column of texts or octets.
    fn texts(&self, column: usize) -> Vec<Option<&[u8]>> {
        // SAFETY: as the interface has it: a struct array with as many children, each with validity, ends and octets.
        unsafe {
            let child = &**self.array.children.add(column);
            assert_eq!((child.length, child.n_buffers, child.offset), (self.array.length, 3, 0));
            let buffers = core::slice::from_raw_parts(child.buffers, 3);
            let (validity, ends, octets) = (buffers[0].cast::<u8>(), buffers[1].cast::<i64>(), buffers[2].cast::<u8>());
            let value = |row: usize| {
                if !validity.is_null() && *validity.add(row / 8) >> (row % 8) & 1 == 0 {
                    return None;
                }
                let (start, end) = (*ends.add(row) as usize, *ends.add(row + 1) as usize);
                Some(if end == start { &[][..] } else { core::slice::from_raw_parts(octets.add(start), end - start) })
            };
            let values: Vec<_> = (0..child.length as usize).map(value).collect();
            assert_eq!(values.iter().filter(|value| value.is_none()).count() as i64, child.null_count);
            values
        }
    }
}

impl Drop for Columns {
    fn drop(&mut self) {
        // SAFETY: the interface: once, by who has them.
        unsafe {
            self.array.release.unwrap()(&mut self.array);
            self.schema.release.unwrap()(&mut self.schema);
        }
        assert!(self.array.release.is_none() && self.schema.release.is_none());
    }
}

/// Rows, taken apart as the header says; nothing is left over.
struct Rows<'r> {
    numbers: Vec<u32>,
    texts: Vec<&'r str>,
}

impl<'r> Rows<'r> {
    fn of(rows: &'r [u8]) -> Rows<'r> {
        let numbers = |octets: &[u8]| -> Vec<u32> {
            octets.chunks_exact(4).map(|four| u32::from_ne_bytes(four.try_into().unwrap())).collect()
        };
        let head = numbers(&rows[..24]);
        let [flags, number_count, text_count, run_count, text_octets, run_octets] = head[..] else { unreachable!() };
        let (all_texts, rest) = rows[24..].split_at(text_octets as usize);
        let padded = (24 + text_octets as usize + run_octets as usize).next_multiple_of(8);
        let runs = &rest[..padded - 24 - text_octets as usize];
        let rest = &rest[runs.len()..];
        assert!(runs[run_octets as usize..].iter().all(|octet| *octet == 0));
        let (own, ends) = rest.split_at(4 * number_count as usize);
        let mut ends = numbers(ends);
        let run_ends = ends.split_off(ends.len() - run_count as usize);
        assert_eq!(run_ends.last().copied().unwrap_or_default(), run_octets);
        let texts: Vec<&[u8]> = match flags {
            0 => all_texts.split(|octet| *octet == 0).skip(1).collect(),
            OMADM_UNSTABLE_ROWS_ENDS => {
                let starts = core::iter::once(0).chain(ends.iter().copied());
                starts.zip(&ends).map(|(start, end)| &all_texts[start as usize + 1..*end as usize]).collect()
            }
            other => panic!("flags {other}"),
        };
        assert_eq!((texts.len(), ends.len()), (text_count as usize, if flags == 0 { 0 } else { texts.len() }));
        Rows { numbers: numbers(own), texts: texts.into_iter().map(|text| str::from_utf8(text).unwrap()).collect() }
    }
}

/// The texts of a pickle, which is walked through as a loader would: one value is left at its end, and what it asks for is all there.
fn texts_of_pickle(octets: &[u8]) -> Vec<&str> {
    let (count, rest) = octets.split_last().unwrap();
    let (pickle, asked) = rest.split_at(rest.len() - usize::from(*count));
    assert!(pickle.starts_with(&[0x80, 5]));
    let mut at = 2;
    let (mut depth, mut marks, mut memo, mut buffers) = (0_usize, Vec::new(), 0_u32, 0);
    let mut texts = Vec::new();
    loop {
        let op = pickle[at];
        let number = |len: usize| {
            pickle[at + 1..at + 1 + len].iter().rev().fold(0_u32, |all, octet| all << 8 | u32::from(*octet))
        };
        // How many octets its argument has, and what it puts on the stack.
        let (argument, values) = match op {
            b'(' => {
                marks.push(depth);
                (0, 0)
            }
            b'N' | 0x88 | 0x89 | b')' => (0, 1),
            // What is on top, once more.
            b'2' => {
                assert!(depth > marks.last().copied().unwrap_or(0));
                (0, 1)
            }
            b'K' => (1, 1),
            b'M' => (2, 1),
            b'J' => (4, 1),
            0x8A => (1 + number(1) as usize, 1),
            0x8C | b'C' => (1 + number(1) as usize, 1),
            b'X' | b'B' => (4 + number(4) as usize, 1),
            b'h' | b'j' => {
                let len = if op == b'h' { 1 } else { 4 };
                assert!(number(len) < memo);
                (len, 1)
            }
            b'q' | b'r' => {
                let len = if op == b'q' { 1 } else { 4 };
                // Columns are written beside each other, and take places that others had.
                assert!(number(len) <= memo);
                memo = memo.max(number(len) + 1);
                (len, 0)
            }
            0x97 => {
                buffers += 1;
                (0, 1)
            }
            b'l' | b't' => {
                depth = marks.pop().unwrap();
                (0, 1)
            }
            0x85 => (0, 0),
            0x81 => {
                depth -= 2;
                (0, 1)
            }
            b'.' => break,
            other => panic!("{other:#x} at {at}"),
        };
        match op {
            0x8C => texts.push(str::from_utf8(&pickle[at + 2..at + 1 + argument]).unwrap()),
            b'X' => texts.push(str::from_utf8(&pickle[at + 5..at + 1 + argument]).unwrap()),
            _ => {}
        }
        depth += values;
        at += 1 + argument;
    }
    assert_eq!((at + 1, depth, marks.len(), buffers), (pickle.len(), 1, 0, asked.len()));
    texts
}
