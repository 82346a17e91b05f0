# Two commands do all the set-up: `make run` and `make test`.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
# Once, as an installed program is; some computers forbid programs to keep what they compiled at each start.
COMPILE := $(BIN)/python -m compileall -q bscp_tui

.PHONY: run test check lint bench soak pictures tour gallery clean

run: $(VENV)/run.done ## the program, on your own register
	@$(BIN)/bscp

test: $(VENV)/test.done ## every test
	@$(BIN)/python -m pytest -n 2 --dist loadfile

check: lint ## the fast inner loop: format, lint, types, layers, unit tests
	@$(BIN)/python -m pytest tests/unit tests/cli

lint: $(VENV)/test.done
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-logo

bench: $(VENV)/test.done ## the promises about speed, as ratios within one run
	@$(COMPILE)
	@$(BIN)/python -m tests.bench.run

soak: $(VENV)/test.done ## ten thousand random lives of copies of one register, forty thousand random keys
	@BSCP_SOAK=1 $(BIN)/python -m pytest -n auto tests/copies/test_model.py tests/tui/test_soak.py

pictures: $(VENV)/test.done ## draw the pictures of the tests and the documents anew, to be looked at before they are kept
	@$(BIN)/python -m pytest tests/tui/test_pictures.py --snapshot-update
	@$(BIN)/python -m tests.tui.gallery

tour: $(VENV)/test.done ## docs/tour.md and its pictures, from the starter register
	@$(BIN)/python -m tests.tui.gallery

gallery: $(VENV)/test.done ## each report of the starter register, into docs/gallery
	@$(BIN)/python -m tests.reports.gallery

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; name it with: make PYTHON=python3.12 run"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
		{ echo "Python cannot make an environment here; on Debian or Ubuntu install python3-venv first."; exit 1; }

$(VENV)/run.done: $(VENV)/bin/python pyproject.toml constraints.txt
	@echo "Setting up; this is done once and takes a minute."
	@$(PIP) install --constraint constraints.txt --editable .
	@$(COMPILE)
	@touch $@

$(VENV)/test.done: $(VENV)/bin/python pyproject.toml constraints.txt
	@$(PIP) install --constraint constraints.txt --editable '.[dev]'
	@$(COMPILE)
	@touch $@ $(VENV)/run.done

clean: ## remove what the other commands made
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build dist
