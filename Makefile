# make run        le tableau de bord, sur les données fictives de data/samples
# make test       tout ce qui doit être vrai : style, types, tests
# make check      la même chose en développement, le style étant corrigé au passage
# make test-long  les tests longs ; make bench  les mesures ; make lock  les versions des bibliothèques

STORE ?= data/frise.duckdb
VENV ?= .venv
DATE ?= $(shell date +%F)
BIN := $(VENV)/bin
# The environment is made again when a version or the project's own declaration changes.
KEY := $(shell cat requirements*.lock pyproject.toml tools/environment.sh | cksum | cut -d' ' -f1)
RUN := $(VENV)/.run-$(KEY)
TEST := $(VENV)/.test-$(KEY)
BENCH := $(VENV)/.bench-$(KEY)
SAMPLES := $(wildcard data/samples/*) frise_analysis/store/engine.py $(wildcard frise_analysis/store/sql/views/*.sql frise_analysis/store/sql/derived/*.sql)
LOCKING := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-header --no-annotate --upgrade

export PYTHON

.PHONY: run samples test check lint format types tests test-long bench coverage lock clean browser
.DEFAULT_GOAL := run

run: $(RUN) $(STORE)
	$(BIN)/frise serve --store $(STORE)

samples: $(RUN)
	$(BIN)/frise samples data/samples --truth data/verite

FICTIONAL := "import json, sys; sys.exit(not any(x['subject'] == 'Données fictives' and x['value'] == 'oui' for x in json.load(sys.stdin)))"

# A store that is not said to be fictional is somebody's records: it is never replaced by the samples.
$(STORE): $(SAMPLES) | $(RUN)
	@mkdir -p $(dir $(STORE))
	@if [ -e $(STORE) ] && ! $(BIN)/frise doctor --store $(STORE) --format json | $(BIN)/python -c $(FICTIONAL); then \
		echo "$(STORE) n’est pas une base de données fictives : elle est gardée telle quelle."; \
	else \
		$(BIN)/frise load data/samples --store $(STORE) && touch $(STORE); \
	fi

# Everything is said in one run: a fault of style does not hide a test that fails.
test: $(TEST) browser
	$(MAKE) --no-print-directory --keep-going lint format types tests

check: $(TEST) browser
	$(BIN)/ruff format .
	$(MAKE) --no-print-directory --keep-going lint types tests

lint: $(TEST)
	$(BIN)/ruff check .

format: $(TEST)
	$(BIN)/ruff format --check .

types: $(TEST)
	$(BIN)/mypy

tests: $(TEST)
	$(BIN)/python -m pytest -m "not long"

test-long: $(TEST) browser
	$(BIN)/python -m pytest -m long

coverage: $(TEST) browser
	$(BIN)/python -m pytest -m "not long" --cov --cov-report=term

bench: $(BENCH)
	$(BIN)/python benchmarks/run.py --date $(DATE)

browser: $(TEST)
	@tools/browser.sh $(VENV)

$(RUN):
	@tools/environment.sh $(VENV) requirements.lock
	@touch $@

$(TEST):
	@tools/environment.sh $(VENV) requirements-test.lock
	@touch $@ $(RUN)

$(BENCH): | $(TEST)
	@tools/environment.sh $(VENV) requirements-bench.lock
	@touch $@

lock: $(TEST)
	$(LOCKING) pyproject.toml --output-file requirements.lock
	$(LOCKING) pyproject.toml --extra test --constraint requirements.lock --output-file requirements-test.lock
	$(LOCKING) pyproject.toml --extra test --extra bench --constraint requirements-test.lock --output-file requirements-bench.lock
	printf 'hatchling\neditables\n' | $(LOCKING) - --constraint requirements-bench.lock --output-file requirements-build.lock

# The store stays: it may be somebody's records.
clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
