//! How the structures of the header lie in memory, by the rules of the C ABIs and for each width of pointers: reckoned here from the text of the
//! header. `tests/capi/layout.c` holds a C compiler to it, and `tests/layout.rs` the Rust compiler.

use super::root;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;

/// What C ABIs differ in.
#[derive(Clone, Copy)]
struct Abi {
    /// Size and alignment of pointers.
    pointer: usize,
    /// Alignment of numbers of 64 bits.
    wide: usize,
}

/// 64 bits; 32 bits with such numbers at every fourth octet (i386), and at every eighth (ARM, MIPS, x32).
const ABIS: [Abi; 3] = [Abi { pointer: 8, wide: 8 }, Abi { pointer: 4, wide: 4 }, Abi { pointer: 4, wide: 8 }];

struct Structure {
    /// As C calls it: `struct ArrowSchema` has no other name.
    name: String,
    members: Vec<String>,
    /// By ABI: the size of the structure that ends after each member.
    sizes: [Vec<usize>; 3],
    offsets: [Vec<usize>; 3],
}

impl Structure {
    fn size(&self) -> [usize; 3] {
        self.sizes.each_ref().map(|sizes| *sizes.last().unwrap())
    }

    fn offset(&self, member: usize) -> [usize; 3] {
        self.offsets.each_ref().map(|offsets| offsets[member])
    }
}

fn without_comments(header: &str) -> String {
    let (first, rest) = header.split_once("/*").unwrap_or((header, ""));
    rest.split("/*").fold(first.to_owned(), |text, part| text + part.split_once("*/").map_or("", |(_, behind)| behind))
}

/// The structures of a header, in its order.
fn structures(header: &str) -> Vec<Structure> {
    let header = without_comments(header);
    let lines: Vec<&str> = header.lines().map(str::trim).collect();
    // Size and alignment of each type by ABI.
    let mut types: HashMap<String, [(usize, usize); 3]> = HashMap::new();
    for (name, size) in [("uint8_t", 1), ("uint16_t", 2), ("uint32_t", 4), ("int32_t", 4)] {
        types.insert(name.into(), [(size, size); 3]);
    }
    for name in ["uint64_t", "int64_t"] {
        types.insert(name.into(), ABIS.map(|abi| (8, abi.wide)));
    }
    types.insert("size_t".into(), ABIS.map(|abi| (abi.pointer, abi.pointer)));
    types.insert("*".into(), ABIS.map(|abi| (abi.pointer, abi.pointer)));
    for line in &lines {
        if let Some((_, rest)) = line.strip_prefix("typedef ").and_then(|rest| rest.split_once("(*")) {
            types.insert(rest.split_once(')').unwrap().0.into(), types["*"]);
        } else if let Some(rest) = line.strip_prefix("typedef ").and_then(|rest| rest.strip_suffix(';'))
            && let Some((kind, name)) = rest.split_once(' ')
            && let Some(known) = types.get(kind)
        {
            types.insert(name.into(), *known);
        }
    }
    let mut found = Vec::new();
    let mut lines = lines.into_iter();
    while let Some(line) = lines.next() {
        let Some((start, "")) = line.split_once('{').map(|(start, rest)| (start.trim(), rest)) else { continue };
        let Some(name) = start.strip_prefix("typedef ").unwrap_or(start).strip_prefix("struct ") else { continue };
        let mut structure = Structure {
            name: if start.starts_with("typedef") { name.into() } else { start.into() },
            members: Vec::new(),
            sizes: [const { Vec::new() }; 3],
            offsets: [const { Vec::new() }; 3],
        };
        let mut end = [(0, 1); 3];
        for member in lines.by_ref().take_while(|line| !line.starts_with('}')).filter(|line| !line.is_empty()) {
            let member = member.strip_suffix(';').unwrap_or_else(|| panic!("{name}: {member}"));
            let (kind, member) = match member.split_once("(*") {
                Some((_, rest)) => ("*", rest.split_once(')').unwrap().0),
                None => match member.rsplit_once('*') {
                    Some((_, member)) => ("*", member),
                    None => member.rsplit_once(' ').unwrap(),
                },
            };
            let kind =
                types.get(kind.trim_start_matches("struct ")).unwrap_or_else(|| panic!("{name}: how large is {kind}?"));
            structure.members.push(member.into());
            for abi in 0..ABIS.len() {
                let (at, alignment) = end[abi];
                let offset = usize::next_multiple_of(at, kind[abi].1);
                end[abi] = (offset + kind[abi].0, usize::max(alignment, kind[abi].1));
                structure.offsets[abi].push(offset);
                structure.sizes[abi].push(end[abi].0.next_multiple_of(end[abi].1));
            }
        }
        let alignments = end.map(|(_, alignment)| alignment);
        let sizes = structure.size();
        types.insert(name.into(), std::array::from_fn(|abi| (sizes[abi], alignments[abi])));
        found.push(structure);
    }
    found
}

/// `tests/capi/layout.c`
fn for_c(structures: &[Structure]) -> String {
    let mut made = String::from(
        "/* How the structures of omadm.h lie in memory. Made from it by `make header`; do not edit. To be compiled, as C11 or C++17, for each ABI. */
#include <omadm.h>

#ifdef __cplusplus
#define _Static_assert static_assert
#endif

struct probe {
    char before;
    uint64_t number;
};

/* Of three numbers the one of this ABI: 64 bits; 32 bits with numbers of 64 bits at every fourth octet (i386), or at every eighth (ARM, x32). */
#define HERE(wide, packed, aligned) (sizeof(void *) == 8 ? (wide) : offsetof(struct probe, number) == 4 ? (packed) : (aligned))
#define SIZE(type, wide, packed, aligned) \\
    _Static_assert(sizeof(type) == HERE(wide, packed, aligned), \"the size of \" #type)
#define MEMBER(type, member, wide, packed, aligned) \\
    _Static_assert(offsetof(type, member) == HERE(wide, packed, aligned), \"where \" #type \" has \" #member)
",
    );
    for structure in structures {
        let ([wide, packed, aligned], name) = (structure.size(), &structure.name);
        write!(made, "\nSIZE({name}, {wide}, {packed}, {aligned});\n").unwrap();
        for (at, member) in structure.members.iter().enumerate() {
            let [wide, packed, aligned] = structure.offset(at);
            writeln!(made, "MEMBER({name}, {member}, {wide}, {packed}, {aligned});").unwrap();
        }
    }
    made
}

/// `tests/layout.rs`
fn for_rust(structures: &[Structure]) -> String {
    let mut made = String::from(
        "//! How the structures of the C ABI lie in memory, on Rust's side. Made from `include/omadm.h` by `make header`; do not edit.
#![cfg(feature = \"capi\")]

use omadm::capi::*;
use std::mem::{offset_of, size_of};

/// Of three numbers the one of this ABI: 64 bits; 32 bits with numbers of 64 bits at every fourth octet, or at every eighth.
const fn here(wide: usize, packed: usize, aligned: usize) -> usize {
    match (size_of::<*const ()>(), align_of::<u64>()) {
        (8, _) => wide,
        (_, 4) => packed,
        _ => aligned,
    }
}

macro_rules! laid_out {
    ($type:ident: $($size:literal)+; $($member:ident: $($offset:literal)+,)*) => {
        assert_eq!(size_of::<$type>(), here($($size),+), \"the size of {}\", stringify!($type));
        $(assert_eq!(offset_of!($type, $member), here($($offset),+), \"where {} has {}\", stringify!($type), stringify!($member));)*
    };
}

#[test]
fn structures_lie_in_memory_as_the_header_has_them() {
",
    );
    for structure in structures {
        let [wide, packed, aligned] = structure.size();
        let name = structure.name.trim_start_matches("struct ");
        writeln!(made, "    laid_out! {{ {name}: {wide} {packed} {aligned};").unwrap();
        for (at, member) in structure.members.iter().enumerate() {
            let [wide, packed, aligned] = structure.offset(at);
            writeln!(made, "        {member}: {wide} {packed} {aligned},").unwrap();
        }
        made.push_str("    }\n");
    }
    made.push_str("}\n");
    made
}

#[test]
fn both_sides_are_held_to_the_layout_of_every_structure() {
    let structures = structures(&super::header());
    for (file, made) in [("tests/capi/layout.c", for_c(&structures)), ("tests/layout.rs", for_rust(&structures))] {
        let path = root().join(file);
        if std::env::var_os("OMADM_WRITE_HEADER").is_some() {
            fs::write(&path, &made).unwrap();
        }
        let kept = fs::read_to_string(&path).unwrap_or_default();
        assert!(made == kept, "{file} is not that of the header: run `make header`");
    }
}

/// What `versioned!` says of a structure's first version is the size up to some member, for 64 and for 32 bits the same one.
#[test]
fn the_first_version_of_every_structure_ends_after_a_member() {
    let structures = structures(&super::header());
    let mut declared = 0;
    for name in super::SECTIONS {
        let (_, text) = super::source(name);
        for entry in text.split("\nversioned! {").skip(1).flat_map(|rest| rest.split_once('}').unwrap().0.split(';')) {
            let Some((name, sizes)) = entry.trim().split_once(": ") else { continue };
            let (wide, packed) = sizes.split_once(", ").unwrap();
            let first = [wide, packed].map(|size| size.parse::<usize>().unwrap());
            let structure =
                structures.iter().find(|structure| structure.name == name).unwrap_or_else(|| panic!("{name}"));
            assert_eq!(structure.members[0], "struct_size", "{name}");
            let ends =
                structure.sizes[0].iter().zip(&structure.sizes[1]).any(|(wide, packed)| [*wide, *packed] == first);
            assert!(
                ends,
                "{name} is {first:?} in its first version, which ends after no member: {:?}",
                structure.sizes
            );
            declared += 1;
        }
    }
    assert_eq!(declared, structures.iter().filter(|structure| structure.members[0] == "struct_size").count());
}
