//! Compiles one file of glue per peer. A peer that is not installed is left out: its functions are not there.

use std::path::{Path, PathBuf};
use std::process::Command;

struct Peer {
    name: &'static str,
    /// Debian's.
    package: &'static str,
    source: &'static str,
    /// A header below one of the include folders; none: the peer is our own.
    header: Option<&'static str>,
    /// Folders of /usr/include, where its headers look for each other.
    include: &'static [&'static str],
    /// As the linker wants them.
    libraries: &'static [&'static str],
}

const PEERS: &[Peer] = &[
    Peer {
        name: "pugixml",
        package: "libpugixml-dev",
        source: "pugixml.cpp",
        header: Some("pugixml.hpp"),
        include: &[],
        libraries: &["pugixml"],
    },
    Peer {
        name: "rapidxml",
        package: "librapidxml-dev",
        source: "rapidxml.cpp",
        header: Some("rapidxml/rapidxml.hpp"),
        include: &[],
        libraries: &[],
    },
    Peer {
        name: "expat",
        package: "libexpat1-dev",
        source: "expat.c",
        header: Some("expat.h"),
        include: &[],
        libraries: &["expat"],
    },
    Peer {
        name: "libxml2",
        package: "libxml2-dev",
        source: "libxml2.c",
        header: Some("libxml2/libxml/parser.h"),
        include: &["libxml2"],
        libraries: &["xml2"],
    },
    Peer {
        name: "libyang",
        package: "libyang2-dev",
        source: "libyang.c",
        header: Some("libyang/libyang.h"),
        include: &[],
        libraries: &["yang"],
    },
    Peer {
        name: "libwbxml",
        package: "libwbxml2-dev",
        source: "libwbxml.c",
        header: Some("libwbxml-1.0/wbxml/wbxml.h"),
        include: &["libwbxml-1.0/wbxml", "libwbxml-1.0"],
        libraries: &["wbxml2"],
    },
    // Its headers are not in the package; those of the library that uses it are.
    Peer {
        name: "smltk",
        package: "libsynthesis-dev",
        source: "smltk.c",
        header: Some("synthesis/generic_types.h"),
        include: &[],
        libraries: &["static=smltk"],
    },
    Peer { name: "package0", package: "", source: "package0.c", header: None, include: &[], libraries: &[] },
];

fn main() {
    println!("cargo:rerun-if-changed=peers");
    println!("cargo:rerun-if-changed=build.rs");
    let folders = ["/usr/local/include", "/usr/include"].map(PathBuf::from);
    let mut missing = Vec::new();
    for peer in PEERS {
        println!("cargo:rustc-check-cfg=cfg(has_{})", peer.name);
        let found = |header: &str| folders.iter().any(|folder| folder.join(header).exists());
        if !peer.header.is_none_or(found) {
            missing.push(peer.package);
            // Built again as soon as it is there.
            folders.iter().for_each(|folder| println!("cargo:rerun-if-changed={}", folder.display()));
            continue;
        }
        let mut build = cc::Build::new();
        build.file(Path::new("peers").join(peer.source)).cpp(peer.source.ends_with(".cpp")).opt_level(2).debug(true);
        for folder in peer.include {
            build.includes(folders.iter().map(|base| base.join(folder)));
        }
        if peer.source.ends_with(".cpp") {
            build.std("c++17");
        }
        build.compile(&format!("peer_{}", peer.name));
        println!("cargo:rustc-cfg=has_{}", peer.name);
        for library in peer.libraries {
            if *library == "static=smltk" {
                println!("cargo:rustc-link-search=native={}", weakened_toolkit().display());
            }
            println!("cargo:rustc-link-lib={library}");
        }
    }
    println!("cargo:rustc-env=COMPARE_MISSING={}", missing.join(" "));
    let version = |command: &str| {
        let output = Command::new(command).arg("--version").output().ok()?;
        Some(String::from_utf8(output.stdout).ok()?.lines().next()?.to_owned())
    };
    let rustc = std::env::var("RUSTC").unwrap_or_else(|_| "rustc".into());
    println!("cargo:rustc-env=COMPARE_RUSTC={}", version(&rustc).unwrap_or_default());
    println!("cargo:rustc-env=COMPARE_CC={}", version("cc").unwrap_or_default());
}

/// A folder with a copy of the static SyncML toolkit in which `show_decode_error` gives way to ours: see peers/smltk.c.
fn weakened_toolkit() -> PathBuf {
    let found = Command::new("cc").arg("-print-file-name=libsmltk.a").output().expect("cc");
    let found = String::from_utf8(found.stdout).expect("a path");
    let folder = PathBuf::from(std::env::var("OUT_DIR").expect("cargo's"));
    let copied = Command::new("objcopy")
        .arg("--weaken-symbol=show_decode_error")
        .arg(found.trim())
        .arg(folder.join("libsmltk.a"))
        .status();
    assert!(copied.expect("objcopy").success(), "{} cannot be copied", found.trim());
    folder
}
