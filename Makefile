# Baken: `make run` serves it, `make test` checks it. Everything they need they set up themselves.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
PORT ?= 8000
PYTHON ?= python3.11
VENV := .venv
PY := $(VENV)/bin/python
BENCH := .venv-bench
SUDO := $(shell [ "$$(id -u)" = 0 ] || command -v sudo 2>/dev/null)
# A package of Debian, quietly; who runs beside it waits for its turn.
APT := flock Makefile $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get -qq

.PHONY: help setup run test fast test-all slow site-on-postgres bench load lock lint types layers unit browser owners catalogue clean

help:
	@echo "make run      serve Baken on http://127.0.0.1:$(PORT)"
	@echo "make test     every check (about 20 minutes on two cores)"
	@echo "make fast     lint, types, import order: what pre-commit runs"
	@echo "make test-all the slow suites as well, branch coverage, and the site on PostgreSQL"
	@echo "make bench    ratios against named peers"
	@echo "make load     of these only: 200 owners and 50 advisers at once (about 25 minutes)"
	@echo "make owners   walk the six owners again: docs/owners.md and its pictures"
	@echo "make setup    only set up: .venv, index, caches"
	@echo "make lock     pin the requirements again"

# --- setting up -------------------------------------------------------------------------
$(VENV)/bin/python:
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 is needed (Debian: apt-get install python3.11 python3-venv)"; exit 2; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { $(APT) update; $(APT) install -y python3-venv; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installing what Baken runs on ..."
	@$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	@$(PY) -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.installed
	@echo "Installing what checks Baken ..."
	@$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

setup: $(VENV)/.installed
	@$(PY) -m baken.cli.app warm

# --- running ----------------------------------------------------------------------------
run: setup
	@PORT=$(PORT) $(PY) -m baken.web

# --- checking ---------------------------------------------------------------------------
CHROMIUM := $(shell command -v chromium || command -v chromium-browser)

.PHONY: chromium
chromium:
ifeq ($(CHROMIUM),)
	@echo "Installing Chromium for the browser tests ..."
	@$(APT) update
	@$(APT) install -y chromium >/dev/null
endif

.PHONY: postgres
postgres:
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || { \
	  echo "Installing PostgreSQL for the tests that run on both databases ..."; \
	  $(APT) update; $(APT) install -y postgresql >/dev/null; }

.PHONY: systemd
systemd:
	@command -v systemd-analyze >/dev/null || { \
	  echo "Installing systemd for the check of the units ..."; \
	  $(APT) update; $(APT) install -y --no-install-recommends systemd >/dev/null; }

.PHONY: hunspell
hunspell:
	@[ -e /usr/share/hunspell/nl_NL.dic ] && command -v hunspell >/dev/null || { \
	  echo "Installing hunspell for the spelling of the catalogue ..."; \
	  $(APT) update; $(APT) install -y hunspell hunspell-nl >/dev/null; }

fast: lint types layers

lint: $(VENV)/.installed-dev
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .

types: $(VENV)/.installed-dev
	@$(VENV)/bin/mypy

layers: $(VENV)/.installed-dev
	@$(VENV)/bin/lint-imports

UNIT := $(VENV)/bin/pytest -q -n 2 --dist loadfile -m "not slow and not browser"
# Branch coverage is of the floors below the web. To count it doubles the time of their tests, so
# `make test-all` does it and `make test` does not.
COVER ?=

unit: $(VENV)/.installed-dev setup hunspell
	@$(UNIT) --ignore tests/web $(COVER)
	@$(UNIT) tests/web

browser: $(VENV)/.installed-dev chromium setup
	@$(VENV)/bin/pytest -q -n 2 --dist load -m "browser and not slow and not again"

owners: $(VENV)/.installed-dev chromium setup
	@$(PY) tools/owners.py

catalogue: setup hunspell
	@$(VENV)/bin/baken landscape check --quiet
	@$(VENV)/bin/baken stories check
	@$(VENV)/bin/baken landscape spelling

# What is fetched and what is read run beside each other; the tests fill both cores by themselves.
test:
	@$(MAKE) --no-print-directory -j 4 fast chromium hunspell setup
	@$(MAKE) --no-print-directory unit browser catalogue

# The kills are one process after another: those on SQLite and those on PostgreSQL run side by side.
test-all: export COVER := --cov --cov-report=term
test-all: export HYPOTHESIS_PROFILE := deep
test-all: test postgres systemd
	@$(VENV)/bin/pytest -q -n 2 --dist load -m again tests/web/browser
	@$(MAKE) --no-print-directory -j 2 slow site-on-postgres

slow: $(VENV)/.installed-dev setup
	@$(VENV)/bin/pytest -q -m slow
	@$(VENV)/bin/pytest -q tests/web/upkeep/test_deploy.py

site-on-postgres: $(VENV)/.installed-dev setup postgres
	@$(PY) tools/postgres.py $(VENV)/bin/pytest -q -m "not browser" tests/web \
	  --ignore tests/web/test_links.py -k "not every_record"

# --- measuring --------------------------------------------------------------------------
$(BENCH)/.installed: requirements-bench.txt
	@$(PYTHON) -m venv $(BENCH)
	@$(BENCH)/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-bench.txt
	@touch $@

# PostgreSQL of its own, two processes of the site: docs/bench.md.
load: setup postgres $(BENCH)/.installed
	@$(PY) tools/postgres.py --durable $(PY) bench/web/load.py --bench-python $(BENCH)/bin/python

bench: setup $(BENCH)/.installed
	@$(PY) bench/rules_bench.py --peer-python $(BENCH)/bin/python
	@$(PY) bench/rules_bench.py --catalogue --firms 200000 --peer-python $(BENCH)/bin/python
	@$(PY) bench/match_bench.py
	@$(PY) bench/search/events.py
	@$(PY) bench/search/triage.py
	@$(PY) bench/law_bench.py
	@$(PY) bench/invoices_bench.py
	@$(PY) bench/kbo_bench.py
	@$(PY) bench/signals/earlier.py
	@$(PY) bench/signals/firms.py
	@$(PY) bench/signals/tables.py
	@$(PY) bench/signals/speed.py
	@$(PY) bench/scan/simulate.py
	@$(PY) bench/refer/network.py
	@$(MAKE) load

# --- keeping ----------------------------------------------------------------------------
LOCK := .venv-lock/bin/pip-compile -q --generate-hashes --allow-unsafe --no-header \
  --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options

lock:
	@[ -x .venv-lock/bin/pip-compile ] || { $(PYTHON) -m venv .venv-lock; .venv-lock/bin/pip install -q pip-tools; }
	@for f in requirements requirements-dev requirements-bench; do $(LOCK) -o $$f.txt $$f.in; done

clean:
	@rm -rf $(VENV) $(BENCH) .venv-lock var .mypy_cache .ruff_cache .pytest_cache .hypothesis
