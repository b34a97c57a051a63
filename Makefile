# `make help` lists the targets. Everything real is done by cargo and by tools/stages.

PREFIX  ?= /usr/local
DESTDIR ?=
CARGO   ?= cargo

TARGET_DIR := $(or $(CARGO_TARGET_DIR),target)
COMMAND    := $(TARGET_DIR)/release/omadm

# rustup's usual place counts even where a login shell has not put it on PATH.
export PATH := $(PATH):$(HOME)/.cargo/bin
# Cargo would look for a job server of make's that its recipes do not pass on.
unexport MAKEFLAGS

.PHONY: all header libraries bench check check-more coverage install clean help

all: ## build the command, optimised (default)
	$(CARGO) build --release --features cli

check: ## all stages of tools/check.stages; stops at the first that fails
	@tools/stages tools/check.stages

check-more: check ## check, then the long stages of tools/check-more.stages
	@tools/stages tools/check-more.stages

libraries: ## build libomadm.so and libomadm.a, optimised, for C and everything above it
	$(CARGO) rustc --release --lib --features capi --crate-type cdylib,staticlib

header: ## write include/omadm.h and include/omadm.symbols anew from src/capi
	OMADM_WRITE_HEADER=1 $(CARGO) test --quiet --features capi --test header

coverage: ## which lines of the formats no test runs, against docs/coverage.md
	@tools/coverage

# ARGS: `--only ROW`, `--alone`, `--quick`; what is measured in part, or in haste, is printed and not kept.
bench: ## measure against the peers, and write docs/benchmarks.md
	@$(CARGO) build --release --locked --manifest-path benches/compare/Cargo.toml --target-dir '$(TARGET_DIR)/compare'
	@'$(TARGET_DIR)/compare/release/compare' $(or $(ARGS),--write docs/benchmarks.md)

# Builds only what is missing, so that `make && sudo make install` needs no Rust as root.
install: $(COMMAND) ## install the command and the licences below DESTDIR PREFIX (/usr/local)
	install -d '$(DESTDIR)$(PREFIX)/bin' '$(DESTDIR)$(PREFIX)/share/doc/omadm'
	install -m 755 '$(COMMAND)' '$(DESTDIR)$(PREFIX)/bin/omadm'
	install -m 644 LICENSE-MIT LICENSE-APACHE '$(DESTDIR)$(PREFIX)/share/doc/omadm'

$(COMMAND):
	$(CARGO) build --release --features cli

clean: ## remove everything that was built
	$(CARGO) clean

help: ## print this list
	@awk -F ':[^#]*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))
