# Two commands are enough: `make`, then `make test`.

# What is compiled and installed is kept outside the folder, so that a fresh clone starts quickly.
cache := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/plantin
export CARGO_TARGET_DIR ?= $(cache)/target
export PLANTIN_VALIDATORS ?= $(cache)/validators

cargo := cargo
plantin := $(CARGO_TARGET_DIR)/release/plantin

.DEFAULT_GOAL := build
.PHONY: build help test quick check accept site compare bench fuzz faults random audit notices sbom packages validators program install clean

build: program ## build the program, then this repository's own pages into exports/
	$(plantin) build

help: ## list these
	@sed -n 's/^\([a-z]*\):[^#]*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

test: validators ## every test; what they need is installed first
	$(cargo) test --release --locked --no-fail-fast
	@if [ -s "$(PLANTIN_VALIDATORS)/skipped" ]; then \
		echo "Skipped, since they are not installed: $$(paste -sd ' ' "$(PLANTIN_VALIDATORS)/skipped")"; fi

quick: ## the fast tests: no PDF, nothing to install
	$(cargo) test --locked --no-default-features

check: ## what must be clean before a change is handed over: format, lints, documentation
	$(cargo) fmt --check
	$(cargo) clippy --locked --all-targets -- --deny warnings
	$(cargo) clippy --locked --all-targets --no-default-features -- --deny warnings
	RUSTDOCFLAGS="--deny warnings" $(cargo) doc --locked --no-deps --document-private-items

accept: ## rewrite what the tests expect, then show what changed
	PLANTIN_ACCEPT=1 $(cargo) test --release --locked
	git diff --stat -- tests

site: build validators ## build our own pages and check them with the independent validators
	$(cargo) test --release --locked conformance

compare: ## what the working tree builds, against what the last commit built
	tests/support/compare.sh

bench: program ## user CPU seconds and peak memory over a large set of pages, and as pages double in number
	benches/corpus.py $(plantin)
	benches/pages.py $(plantin) --pages 500,1000,2000

fuzz: ## try every reader with inputs that nobody would write, MINUTES (20) each
	fuzz/run $(or $(MINUTES),20)

faults: program ## make every call to the file system fail, and look at what is left
	benches/faults.py $(plantin)

random: ## pages that nobody wrote, PAGES (2000) of them from SEED (1) on, read back in every format
	PLANTIN_PAGES=$(or $(PAGES),2000) PLANTIN_SEED=$(or $(SEED),1) $(cargo) test --release --locked --test suite random::

audit: ## licences, sources, duplicates and advisories of the packages that we build on
	.ci/supply/run audit

notices: ## write THIRD-PARTY-NOTICES.md of what the program holds
	.ci/supply/run notices

sbom: ## write plantin.cdx.json, the bill of materials
	.ci/supply/run sbom

packages: ## ready programs for this system: a wheel, an archive, a package of Debian, a container; with their checksums
	.ci/packages/run all

validators: ## install the validators of the tests
	tests/validators/setup.sh

program:
	$(cargo) build --release --locked

install: ## put the command `plantin` where the shell finds it
	$(cargo) install --path . --locked

clean: ## remove what was built and compiled
	rm -rf exports
	$(cargo) clean
