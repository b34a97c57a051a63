# `make help` lists the targets. Everything real is done by cargo and by tools/stages.

PREFIX  ?= /usr/local
DESTDIR ?=
LIBDIR     ?= $(PREFIX)/lib
INCLUDEDIR ?= $(PREFIX)/include
DATADIR    ?= $(PREFIX)/share
CARGO   ?= cargo

TARGET_DIR := $(or $(CARGO_TARGET_DIR),target)
COMMAND    := $(TARGET_DIR)/release/omadm
LIBRARY    := $(TARGET_DIR)/release/libomadm.so
# Changes when the ABI breaks, and only then.
SOVERSION  := 0
# Calls cost a little more than code that was copied to where it is needed, and take much less room:
# docs/decisions/0006-a-shared-library-below-2-mb.md.
SMALL      := -C opt-level=2 -C llvm-args=-inline-threshold=10 -C llvm-args=-inlinehint-threshold=40
VERSION    := $(shell sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)

# rustup's usual place counts even where a login shell has not put it on PATH.
export PATH := $(PATH):$(HOME)/.cargo/bin
# Cargo would look for a job server of make's that its recipes do not pass on.
unexport MAKEFLAGS

.PHONY: all header limits libraries bench check check-more coverage fuzz install clean help

all: libraries ## build the libraries and the command, optimised (default)
	$(CARGO) build --release --features cli

check: ## all stages of tools/check.stages; stops at the first that fails
	@tools/stages tools/check.stages

check-more: check ## check, then the long stages of tools/check-more.stages
	@tools/stages tools/check-more.stages

libraries: ## build libomadm.so and libomadm.a, optimised, for C and everything above it
	$(CARGO) rustc --release --lib --features capi --crate-type cdylib,staticlib -- $(SMALL) -C link-arg=-Wl,-soname,libomadm.so.$(SOVERSION)
	@ln -sf libomadm.so '$(LIBRARY).$(SOVERSION)'

header: ## write include/omadm.h, include/omadm.symbols and what checks their layout anew from src/capi
	OMADM_WRITE_HEADER=1 $(CARGO) test --quiet --features capi --test header -- --test-threads=1

limits: ## write docs/limits.md anew from `Limits` and its tests
	OMADM_WRITE_LIMITS=1 $(CARGO) test --quiet --test limits the_page_of_limits_is_current

coverage: ## which lines of the formats no test runs, against docs/coverage.md
	@tools/coverage

SECONDS ?= 60
fuzz: ## run each fuzz target for SECONDS (60); see fuzz/README.md
	@tools/fuzz all $(SECONDS)

# ARGS: `--only ROW`, `--alone`, `--quick`; what is measured in part, or in haste, is printed and not kept.
bench: ## measure against the peers, and write docs/benchmarks.md
	@$(CARGO) build --release --locked --manifest-path benches/compare/Cargo.toml --target-dir '$(TARGET_DIR)/compare'
	@'$(TARGET_DIR)/compare/release/compare' $(or $(ARGS),--write docs/benchmarks.md)

# Installs what `make` has built, so that `sudo make install` needs no Rust as root.
install: ## install libraries, headers, the command and its papers below DESTDIR PREFIX (/usr/local)
	@test -x '$(COMMAND)' -a -e '$(LIBRARY)' || { echo "Run \`make\` first." >&2; exit 1; }
	install -d '$(DESTDIR)$(PREFIX)/bin' '$(DESTDIR)$(DATADIR)/doc/omadm' '$(DESTDIR)$(DATADIR)/man/man1' \
	    '$(DESTDIR)$(DATADIR)/bash-completion/completions' '$(DESTDIR)$(DATADIR)/zsh/site-functions' \
	    '$(DESTDIR)$(DATADIR)/fish/vendor_completions.d'
	install -m 755 '$(COMMAND)' '$(DESTDIR)$(PREFIX)/bin/omadm'
	'$(COMMAND)' generate manual '$(DESTDIR)$(DATADIR)/man/man1'
	'$(COMMAND)' generate completions bash >'$(DESTDIR)$(DATADIR)/bash-completion/completions/omadm'
	'$(COMMAND)' generate completions zsh >'$(DESTDIR)$(DATADIR)/zsh/site-functions/_omadm'
	'$(COMMAND)' generate completions fish >'$(DESTDIR)$(DATADIR)/fish/vendor_completions.d/omadm.fish'
	install -m 644 LICENSE-MIT LICENSE-APACHE docs/c-api.md '$(DESTDIR)$(DATADIR)/doc/omadm'
	bindings/c/install '$(dir $(LIBRARY))' '$(PREFIX)' '$(LIBDIR)' '$(INCLUDEDIR)' '$(DESTDIR)' '$(VERSION)' '$(SOVERSION)'

clean: ## remove everything that was built
	$(CARGO) clean

help: ## print this list
	@awk -F ':[^#]*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))
