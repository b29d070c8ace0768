# Everything starts from a bare machine with Python 3.11 or newer (with venv and pip) and make.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help venv run demo test check format format-check lint types imports dependencies docs bench bench-requests pressure coverage lock clean

# All paths are relative, so that the clone may stand in a folder with spaces in its name.
BIN := .venv/bin
ARGS ?=
PORT ?= 8000
# Many tests wait for servers: one worker more than a small machine has processors.
WORKERS ?= 3
ROUNDS ?= 5
# How many service requests `make bench-requests` makes up.
REQUESTS ?= 100000

# The version that CI runs on comes first; every newer one is fine.
FITS = import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
ifndef PYTHON
PYTHON := $(shell for python in python3.11 python3.12 python3.13 python3; do \
	$$python -c '$(FITS)' >/dev/null 2>&1 && echo $$python && break; done)
endif

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

run: venv ## everything from nothing: environment, database, demo city, server on http://127.0.0.1:8000 (PORT=, ARGS=)
	@$(BIN)/guanjia demo --if-empty
	@exec $(BIN)/guanjia serve --port $(PORT) $(ARGS)

demo: venv ## fill a city through the real use cases (ARGS="--managers 50")
	@$(BIN)/guanjia demo $(ARGS)

test: venv ## everything from nothing: environment, then the whole test suite (ARGS="-k appoint")
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

check: format-check lint types imports dependencies test ## all that must be green: format, lint, types, imports, dependencies, tests, docs

format: venv ## lay the code out
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix --exit-zero --quiet .

format-check: venv ## is the code laid out?
	@$(BIN)/ruff format --check --quiet .

lint: venv ## ruff, every rule on
	@$(BIN)/ruff check --quiet .

types: venv ## mypy, strict
	@$(BIN)/mypy

imports: venv ## do imports point inward, and are the contexts independent?
	@$(BIN)/lint-imports --no-logo

dependencies: venv ## is every dependency declared, and every declared one used?
	@$(BIN)/deptry --no-ansi src

docs: venv ## write the pages of rules and permissions anew, and test that the documents name what exists
	@$(BIN)/python -m tests.docs.rules_page
	@$(BIN)/python -m tests.docs.permissions_page
	@$(BIN)/python -m pytest -q tests/docs $(ARGS)

pressure: venv ## races and kills of real services under load, more than the test suite has of them (ROUNDS=5)
	@PRESSURE_ROUNDS=$(ROUNDS) $(BIN)/python -m pytest tests/pressure -s $(ARGS)

bench: venv ## ours beside what a user would pick instead, in one run of about ten minutes (ARGS="--keep" writes docs/benchmarks.md, ARGS="--long" takes an hour)
	@PYTHONPATH=. $(BIN)/python -m benchmarks $(ARGS)

bench-requests: venv ## service requests by the hundred thousand: filling, read models, lists, searches, analyses (REQUESTS=1000000, ARGS="--keep" writes docs/benchmarks-requests.md)
	@PYTHONPATH=. $(BIN)/python -m benchmarks.requests --requests $(REQUESTS) $(ARGS)

coverage: venv ## the test suite but for its pressure, which measures time, and what it did not reach
	@$(BIN)/coverage erase
	@$(BIN)/coverage run -m pytest -n $(WORKERS) --dist worksteal --ignore tests/pressure $(ARGS)
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report

lock: ## write requirements.lock anew (needs uv on the path; UPGRADE=--upgrade for newer versions)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
		--extra dev $(UPGRADE) pyproject.toml --output-file requirements.lock

clean: ## remove the environment and all caches; data stays
	rm -rf .venv .coverage .coverage.* htmlcov .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache .schemathesis

# An environment knows the folder it was made in: in a moved or copied clone it is made anew.
ifneq ($(shell cat .venv/made-in 2>/dev/null),$(CURDIR))
.venv/from-lock: moved
.PHONY: moved
moved:
endif

venv: .venv/from-lock .venv/installed

.venv/from-lock: requirements.lock
	@test -n "$(PYTHON)" || { echo "Guanjia needs Python 3.11 or newer with venv and pip (on Debian: apt-get install python3-venv), \
	or name one: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@"$(PYTHON)" -c '$(FITS)' || { echo "$(PYTHON) is not Python 3.11 or newer with venv and pip" >&2; exit 1; }
	@echo "Making .venv with $$("$(PYTHON)" --version) from requirements.lock (about half a minute) …"
	@"$(PYTHON)" -m venv --clear .venv
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes --requirement requirements.lock
	@printf '%s' "$(CURDIR)" > .venv/made-in
	@touch $@

.venv/installed: .venv/from-lock pyproject.toml
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $@
