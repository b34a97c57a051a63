"""Where the crate is, and the shared library made of it.

In a clone of the repository the crate is two folders up; in an sdist it is in the folder `crate`, put there by the command `sdist`.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent.parent

#: Names a library that was built already, so that one serves several packages.
LIBRARY = "OMADM_LIBRARY"

#: What an sdist takes of the crate: what cargo needs to build the library, and the licences.
SOURCES = ("Cargo.toml", "Cargo.lock", "LICENSE-APACHE", "LICENSE-MIT", "README.md", "include/omadm.h", "src/**/*", "benches/*.rs")


def root():
    """The folder with Cargo.toml."""
    for folder in (HERE / "crate", HERE.parent.parent):
        if (folder / "Cargo.toml").is_file() and (folder / "include" / "omadm.h").is_file():
            return folder
    sys.exit("the sources of omadm are neither in %s nor two folders up" % (HERE / "crate"))


def sources():
    """The files of the crate that an sdist takes, as paths below its root."""
    folder = root()
    return sorted({file.relative_to(folder) for pattern in SOURCES for file in folder.glob(pattern) if file.is_file()})


def copy_licences():
    """Puts the licences where packages expect them; they stand in the root of the repository."""
    for name in ("LICENSE-APACHE", "LICENSE-MIT"):
        if not (HERE / name).is_file():
            shutil.copyfile(root() / name, HERE / name)


def version():
    """That of the crate: package and library are one release."""
    manifest = (root() / "Cargo.toml").read_text(encoding="utf-8")
    return re.search(r'^version = "(.*)"', manifest, re.M)[1]


def header():
    return (root() / "include" / "omadm.h").read_text(encoding="utf-8")


def library_name():
    return {"darwin": "libomadm.dylib", "win32": "omadm.dll"}.get(sys.platform, "libomadm.so")


def library():
    """The shared library: the one that the environment names, or one that is built now, as `make libraries` does but for what keeps that small."""
    given = os.environ.get(LIBRARY)
    if given:
        if not pathlib.Path(given).is_file():
            sys.exit("%s names no file: %s" % (LIBRARY, given))
        return pathlib.Path(given)
    target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", root() / "target")).resolve()
    # rustup's usual place counts even where a login shell has not put it on PATH.
    path = os.pathsep.join([os.environ.get("PATH", ""), str(pathlib.Path.home() / ".cargo" / "bin")])
    command = ["cargo", "rustc", "--release", "--locked", "--lib", "--features", "capi", "--crate-type", "cdylib"]
    try:
        subprocess.run(command, cwd=root(), env=dict(os.environ, PATH=path, CARGO_TARGET_DIR=str(target)), check=True)
    except FileNotFoundError:
        sys.exit("omadm is built with Rust: install it with rustup, or name a built library by %s" % LIBRARY)
    return target / "release" / library_name()
