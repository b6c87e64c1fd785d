# Yardım Masası. `make run` and `make test` are all a newcomer needs; both set everything up first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: setup run test coverage check format bench faults system-packages clean
.DEFAULT_GOAL := run

setup: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV) || sh deploy/system-packages.sh venv
	@test -x $(BIN)/pip || $(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

run: setup
	@if [ -e masa.toml ]; then exec $(BIN)/masa run; else MASA_DEMO=$${MASA_DEMO-1} exec $(BIN)/masa run; fi

# What the tests need from the system: a browser and a PostgreSQL. Only root on Debian can be given them; elsewhere those tests skip and say so.
system-packages:
	@sh deploy/system-packages.sh

test: setup system-packages
	$(BIN)/python -m pytest -n 2 --dist loadgroup

# The watchdog's tests are left out: an exception put into a thread that coverage traces leaves that thread spinning.
coverage: setup system-packages
	$(BIN)/python -m pytest -n 2 --dist loadgroup -k "not hang" --cov --cov-report=term:skip-covered

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) --no-print-directory test

format: setup
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: setup
	$(BIN)/python -m tests.load

# The long form of the fault tests: random lives, a death at every point, a thousand kills on each database; about an hour.
faults: setup system-packages
	@mkdir -p artefacts
	LIVES=200 $(BIN)/python -m pytest -q tests/faults/test_random_lives.py
	$(BIN)/python -m tests.faults --json artefacts/faults.json

clean:
	rm -rf $(VENV) build .pytest_cache .mypy_cache .ruff_cache .coverage artefacts
