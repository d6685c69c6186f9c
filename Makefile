# make run [CORPUS=folder] [INDEX=folder] [PORT=8000]   set up, index, serve
# make test                                             set up, lint, types, all tests
# make check                                            the quick part of make test
PYTHON ?= python3
CORPUS ?= corpus/sample
# Each corpus has an index of its own.
INDEX ?= .kwerenda/$(notdir $(patsubst %/,%,$(CORPUS)))-$(shell printf %s "$(abspath $(CORPUS))" | cksum | cut -d ' ' -f 1)
PORT ?= 8000

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
RUN_STAMP := $(VENV)/.run-ready
TEST_STAMP := $(VENV)/.test-ready
AXE := tests/node_modules/axe-core/axe.min.js

.PHONY: run test check lint types unit lock clean

run: $(RUN_STAMP)
	$(BIN)/kwerenda --index "$(INDEX)" index "$(CORPUS)" || test -e "$(INDEX)/CURRENT"
	$(BIN)/kwerenda --index "$(INDEX)" serve --port $(PORT) --corpus "$(CORPUS)"

test: lint types unit

check: lint types
	$(BIN)/python -m pytest -q -m "not browser"

lint: $(TEST_STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(TEST_STAMP)
	$(BIN)/mypy

unit: $(TEST_STAMP) $(AXE)
	$(BIN)/python -m pytest

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Kwerenda needs Python 3.11 or newer; name one with make PYTHON=...")'
	$(PYTHON) -m venv $(VENV)

$(RUN_STAMP): $(VENV)/bin/python .ci/lock/run.txt pyproject.toml
	$(PIP) install --require-hashes -r .ci/lock/run.txt
	$(PIP) install --no-deps --editable .
	touch $@

$(TEST_STAMP): $(RUN_STAMP) .ci/lock/test.txt
	$(PIP) install --require-hashes -r .ci/lock/test.txt
	touch $@

$(AXE): tests/package.json
	npm install --prefix tests --no-audit --no-fund --no-package-lock --silent
	touch $@

# Choose newer versions within the ranges of pyproject.toml.
lock: $(VENV)/bin/python
	$(PIP) install "pip-tools>=7.5,<8"
	$(BIN)/pip-compile --quiet --upgrade --generate-hashes --strip-extras --no-header \
	    --no-emit-options --allow-unsafe \
	    --output-file .ci/lock/run.txt pyproject.toml
	$(BIN)/pip-compile --quiet --upgrade --generate-hashes --strip-extras --no-header \
	    --no-emit-options --allow-unsafe --extra test \
	    --constraint .ci/lock/run.txt --output-file .ci/lock/test.txt pyproject.toml

clean:
	rm -rf $(VENV) tests/node_modules .kwerenda .mypy_cache .ruff_cache .pytest_cache *.egg-info
