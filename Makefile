# Two commands for a fresh machine, `make baseline` and `make test`; each installs what it needs first.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SCENARIO ?= scenarios/fy2027_baseline.yaml
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq

.DELETE_ON_ERROR:
.PHONY: help install baseline test lint types floors tests format broken coverage fresh schema evidence lock clean

help:  ## list these targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 12

install: $(VENV)/.project  ## create .venv with the locked versions and this checkout (quick when it is already there)

# An old environment is thrown away whole, so that .venv holds what the lock says and nothing else.
$(VENV)/.lock: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "make: this needs Python 3.11 or newer, but $(PYTHON) is " + sys.version.split()[0] + "; name another with make PYTHON=python3.12")'
	@echo "Installing the locked packages into $(VENV) (about a minute, once) ..."
	@$(PYTHON) -m venv --clear $(VENV)
	@$(PIP) install --require-hashes --only-binary :all: -r requirements.lock
	@touch $@

# Editable: the tests and the commands see this checkout, never a copy of it that has grown old.
$(VENV)/.project: $(VENV)/.lock pyproject.toml
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

baseline: install  ## run the main study, print the answer and where the results lie
	$(BIN)/python run_sim.py run $(SCENARIO)

test: lint types floors tests  ## every check there is, cheapest first

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: install
	$(BIN)/mypy

floors: install
	$(BIN)/lint-imports --no-cache --no-logo

tests: install
	$(BIN)/python -m pytest -n 2

format: install  ## lay the code out the one way
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

broken: install  ## plant seeded faults one at a time: each must turn its named test red
	$(BIN)/python -m tests.broken.run

coverage: install  ## play every claim of the statistics room 2,000 times: do its intervals cover what they say?
	$(BIN)/python -m tests.coverage.run

killed: install  ## kill a batch with SIGKILL at twenty moments: it must go on to the same numbers (some minutes)
	KILLS=20 $(BIN)/python -m pytest tests/rooms/study/test_batch_killed.py

fresh:  ## prove both commands on a clean clone with an empty home folder
	tools/fresh.sh

schema: install  ## write the grammar of scenario files in docs/ anew from the models
	$(BIN)/python run_sim.py schema > docs/scenario.schema.json
	$(BIN)/python tools/scenario_reference.py > docs/scenario_reference.md

evidence: install  ## write docs/evidence.md: what shows each finished item, and what it prints (takes a while)
	$(BIN)/python -m tools.evidence

lock:  ## choose the versions anew (needs the network)
	PYTHON=$(PYTHON) tools/lock.sh

clean:  ## remove all that was made here, except results/
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
