# One environment (.venv), one home folder (.bihuan). A stamp file remembers which pins are installed.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
STAMPS := .venv/.stamps
PINS := $(BIN)/uv pip compile pyproject.toml --generate-hashes --python-version 3.11 --no-header --no-annotate --quiet
INSTALL := $(BIN)/uv pip install --quiet --require-hashes --python $(BIN)/python

.PHONY: help setup demo test lint bench drill serve browser words pins clean

help: ## say what there is
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup: $(STAMPS)/run words ## install Bihuan into .venv

demo: setup ## open a working district on 127.0.0.1:8000
	@exec $(BIN)/bihuan demo

serve: setup ## web and worker on 127.0.0.1:8000
	@exec $(BIN)/bihuan serve

test: setup $(STAMPS)/dev browser ## every test, two at a time; then the journeys
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m 'not journey'
	$(BIN)/python -m pytest -n 2 -m journey  # apart: the browser's driver runs a loop in the main thread

lint: setup $(STAMPS)/dev ## style, types, layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

bench: setup $(STAMPS)/bench ## ratios against peers
	$(BIN)/python -m bench

drill: setup $(STAMPS)/dev ## kill -9 web, worker, sequencer and PostgreSQL while people file; KILLS=200
	$(BIN)/python -m bench.drill --kills $(or $(KILLS),200)

browser: ## the browser for the journeys: installed where we may, named where not
	@.ci/browser

words: $(STAMPS)/words ## compile the English texts

pins: ## resolve the newest allowed versions and write the hash-pinned files
	$(PINS) --upgrade --extra dev --extra bench -o .venv/all.txt
	$(PINS) -c .venv/all.txt -o requirements.txt
	$(PINS) -c .venv/all.txt --extra dev -o requirements-dev.txt
	$(PINS) -c .venv/all.txt --extra bench -o requirements-bench.txt

clean: ## remove environment and data
	rm -rf .venv .bihuan

.venv/bin/uv: requirements-uv.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.txt
	@touch $@

$(STAMPS)/run: .venv/bin/uv requirements.txt pyproject.toml
	@mkdir -p $(STAMPS)
	@$(INSTALL) -r requirements.txt
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps -e .
	@touch $@

$(STAMPS)/dev: $(STAMPS)/run requirements-dev.txt
	@$(INSTALL) -r requirements-dev.txt
	@touch $@

$(STAMPS)/bench: $(STAMPS)/run requirements-bench.txt
	@$(INSTALL) -r requirements-bench.txt
	@touch $@

$(STAMPS)/words: $(STAMPS)/run $(shell find src/bihuan/locale -name '*.po' 2>/dev/null)
	@if [ -d src/bihuan/locale ]; then $(BIN)/pybabel --quiet compile --directory src/bihuan/locale --domain django; fi
	@touch $@
