# Every habit of this project is a target. `make` or `make help` lists them.

PORT ?= 8000
PYTHON ?= python3
VENV ?= .venv
WORKERS ?= 3
EVAL_HOME ?= var/eval
# On Linux pip may choose a PyTorch build with CUDA (several GB). To have the CPU build:
#   make install TORCH_INDEX=https://download.pytorch.org/whl/cpu
TORCH_INDEX ?=

BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PACKAGES := kb prompts ingestion retrieval desk evals
PIP_QUIET := --quiet --disable-pip-version-check
# A file of tests stays in one process, so that a model is loaded once.
PYTEST := $(BIN)/pytest --quiet --numprocesses $(WORKERS) --dist loadfile

.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
.PHONY: help install demo test test-fast check lint types imports templates format shots eval bench

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z][a-z-]*:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(STAMP) ## Make the virtual environment (again when the dependencies change)

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Lotse needs Python 3.11 or newer: make install PYTHON=python3.11"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing into $(VENV); this takes some minutes the first time."
	@$(BIN)/python -m pip install $(PIP_QUIET) --constraint constraints.txt \
		$(if $(TORCH_INDEX),--extra-index-url $(TORCH_INDEX)) --editable '.[dev]'
	@touch $(STAMP)

demo: install ## Serve a help center with articles and cases at http://127.0.0.1:8000 (PORT=...)
	@$(BIN)/lotse demo --port $(PORT)

test: install ## Run every test this machine can run
	@$(PYTEST)

test-fast: install ## Run the tests that need no model, no browser and no PostgreSQL
	@$(PYTEST) -m "not model and not browser and not postgres"

check: lint types imports templates test ## Do everything CI does

lint: install ## Look for mistakes and untidiness in Python
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --quiet --check || { echo "Not formatted: make format"; exit 1; }

types: install ## Check the types
	@$(BIN)/mypy --no-error-summary $(PACKAGES) lotse.py

imports: install ## Check who may import whom
	@said=$$($(BIN)/lint-imports --no-logo 2>&1) || { echo "$$said"; exit 1; }

templates: install ## Look for mistakes in the templates
	@$(BIN)/djlint --quiet --lint desk/templates

format: install ## Tidy the Python files
	@$(BIN)/ruff check --quiet --fix-only
	@$(BIN)/ruff format --quiet

shots: install ## Photograph every page, phone and desktop, German and English, into var/shots
	@$(BIN)/python tests/shots.py

eval: install ## Measure search, answers and all that is quick, against the baselines
	@LOTSE_HOME=$(EVAL_HOME) $(BIN)/lotse eval gate small

bench: install ## Measure speed and memory, small (docs/performance.md has the larger sizes)
	@$(BIN)/python -m benchmarks
