# Yardım Masası. `make run` and `make test` are all a newcomer needs; both set everything up first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DEV_STAMP := $(VENV)/.installed-dev

.PHONY: setup setup-dev lock run test test-shuffled test-dates coverage lint check format bench faults system-packages clean
.DEFAULT_GOAL := run

# What the desk runs with; `setup-dev` adds what tests and checks use.
setup: $(STAMP)
setup-dev: $(DEV_STAMP)

$(STAMP): requirements.lock requirements-installer.lock pyproject.toml
	@echo "Setting up, 1 of 3: a virtual environment in $(VENV)"
	@sh deploy/make-venv.sh $(PYTHON)
	@echo "Setting up, 2 of 3: the packages of requirements.lock"
	@sh deploy/install.sh --require-hashes --requirement requirements.lock
	@echo "Setting up, 3 of 3: the desk itself"
	@sh deploy/install.sh --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

$(DEV_STAMP): $(STAMP) requirements-dev.lock
	@echo "Setting up: the packages of requirements-dev.lock, for tests and checks"
	@sh deploy/install.sh --require-hashes --requirement requirements-dev.lock
	@touch $(DEV_STAMP)

# The locks, made of pyproject.toml. Pins that still fit stay; `make lock UPGRADE=--upgrade` takes the newest of everything.
# The larger lock is made first and holds the smaller ones to its pins.
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
	--no-strip-extras --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"
lock:
	@sh deploy/make-venv.sh $(PYTHON)
	$(COMPILE) $(UPGRADE) --output-file requirements-dev.lock --group dev pyproject.toml
	$(COMPILE) $(UPGRADE) --output-file requirements.lock --constraint requirements-dev.lock --group build pyproject.toml
	$(COMPILE) $(UPGRADE) --output-file requirements-installer.lock --constraint requirements-dev.lock --group installer

run: setup
	@echo "Starting the desk; Ctrl-C stops it"
	@if [ -e masa.toml ]; then exec $(BIN)/masa run; else MASA_DEMO=$${MASA_DEMO-1} exec $(BIN)/masa run; fi

# What the tests need from the system: a browser and a PostgreSQL. Only root on Debian can be given them; elsewhere those tests skip and say so.
system-packages:
	@sh deploy/system-packages.sh

# Three at once on two cores: tests of processes, browsers and servers wait for them. A fourth would make each test dearer
# (collection, servers, caches of the processor): the same suite took 15 minutes with four, 13 with two, 12 with three.
PYTEST := $(BIN)/python -m pytest -n 3 --dist loadgroup

# Tests start hundreds of processes, and each would compile a thousand modules anew where the environment says that Python
# writes nothing beside sources. What it compiles is kept in .venv.
test test-shuffled test-dates coverage bench faults: export PYTHONDONTWRITEBYTECODE =
test test-shuffled test-dates coverage bench faults: export PYTHONPYCACHEPREFIX = $(CURDIR)/$(VENV)/bytecode

test: setup-dev system-packages
	$(PYTEST)

# Each time in another order. The first lines name the seed: `make test-shuffled SEED=1234` is that order again.
test-shuffled: setup-dev system-packages
	$(PYTEST) -p randomly --randomly-dont-reset-seed $(if $(SEED),--randomly-seed=$(SEED))

# On other days, in other zones and locales, with another house's settings in the environment: ten times the suite, hours.
test-dates: setup-dev system-packages
	@sh deploy/system-packages.sh dates
	@sh tests/dates.sh $(PYTEST)

# The watchdog's tests are left out: an exception put into a thread that coverage traces leaves that thread spinning.
coverage: setup-dev system-packages
	$(PYTEST) -k "not hang" --cov --cov-report=term:skip-covered

# Everything of `check` but the tests. deptry looks at the product, then at what tests import: these may import the
# development group (DEP004) and need not import all that the product does (DEP002).
lint: setup-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .
	$(BIN)/deptry tests --exclude "^$$" --known-first-party tests --ignore DEP002,DEP004

check: lint
	$(MAKE) --no-print-directory test

format: setup-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: setup-dev
	$(BIN)/python -m tests.load

# The long form of the fault tests: every talk everywhere, random lives, a death at every point, a thousand kills on each
# database, fifteen months of a house at work whose times are counted once more; hours.
faults: setup-dev system-packages
	@mkdir -p artefacts
	$(PYTEST) --everywhere tests/scenarios tests/bot/web/in_browser tests/faults
	LIVES=200 $(BIN)/python -m pytest -q --timeout 0 -o faulthandler_timeout=0 tests/faults/test_random_lives.py
	$(BIN)/python -m tests.faults --json artefacts/faults.json
	$(BIN)/python -m tests.faults.working_year

clean:
	rm -rf $(VENV) build .pytest_cache .mypy_cache .ruff_cache .coverage artefacts
