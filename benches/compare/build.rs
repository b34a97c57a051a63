//! Compiles one file of glue per peer. A peer that is not installed is left out: its functions are not there.

use std::path::{Path, PathBuf};
use std::process::Command;

struct Peer {
    name: &'static str,
    source: &'static str,
    /// A header below one of the include folders; none: the peer is our own.
    header: Option<&'static str>,
    /// Folders of /usr/include, where its headers look for each other.
    include: &'static [&'static str],
    /// As the linker wants them.
    libraries: &'static [&'static str],
}

const PEERS: &[Peer] = &[
    Peer { name: "pugixml", source: "pugixml.cpp", header: Some("pugixml.hpp"), include: &[], libraries: &["pugixml"] },
    Peer {
        name: "rapidxml",
        source: "rapidxml.cpp",
        header: Some("rapidxml/rapidxml.hpp"),
        include: &[],
        libraries: &[],
    },
    Peer { name: "expat", source: "expat.c", header: Some("expat.h"), include: &[], libraries: &["expat"] },
    Peer {
        name: "libxml2",
        source: "libxml2.c",
        header: Some("libxml2/libxml/parser.h"),
        include: &["libxml2"],
        libraries: &["xml2"],
    },
];

fn main() {
    println!("cargo:rerun-if-changed=peers");
    println!("cargo:rerun-if-changed=build.rs");
    let folders = ["/usr/local/include", "/usr/include"].map(PathBuf::from);
    for peer in PEERS {
        println!("cargo:rustc-check-cfg=cfg(has_{})", peer.name);
        let found = |header: &str| folders.iter().any(|folder| folder.join(header).exists());
        if !peer.header.is_none_or(found) {
            println!("cargo:warning={} is not installed, and left out", peer.name);
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
            println!("cargo:rustc-link-lib={library}");
        }
    }
    let version = |command: &str| {
        let output = Command::new(command).arg("--version").output().ok()?;
        Some(String::from_utf8(output.stdout).ok()?.lines().next()?.to_owned())
    };
    let rustc = std::env::var("RUSTC").unwrap_or_else(|_| "rustc".into());
    println!("cargo:rustc-env=COMPARE_RUSTC={}", version(&rustc).unwrap_or_default());
    println!("cargo:rustc-env=COMPARE_CC={}", version("cc").unwrap_or_default());
}
