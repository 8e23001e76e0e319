# make run: talk to it here, or run the bots whose tokens are in .env
# make test: everything the project promises
# make check: what CI checks beside the tests
# make bench: Fossae and its peers on public questions, about 6 minutes; DATA=folder for others, ARGS=--huge for more

PYTHON ?= python3
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: run test check bench format clean

run: .venv/run.done
	@$(BIN)/fossae run

test: .venv/dev.done
	@$(BIN)/python -m pytest -n 2

check: .venv/dev.done
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy core bots tools tests
	@$(BIN)/lint-imports
	@$(BIN)/python -m tools.shape
	@$(BIN)/python -m tools.showcase --check
	@$(BIN)/python -m tools.rules_page --check
	@$(BIN)/python -m tools.figures --check
	@$(BIN)/python -m tools.borrowed
	@$(BIN)/python -m tools.coverage > /dev/null
	@$(BIN)/fossae check

bench: .venv/bench.done
	@$(BIN)/python -m tools.bench $(DATA) $(ARGS)

format: .venv/dev.done
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

clean:
	rm -rf .venv build *.egg-info

.venv/run.done: pyproject.toml constraints.txt
	@echo "Installing what Fossae needs into .venv (once, about a minute) ..." >&2
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Fossae needs Python 3.11 or newer")'
	@$(PYTHON) -m venv .venv
	@$(INSTALL) --editable .
	@touch $@

.venv/dev.done: .venv/run.done
	@echo "Installing what the tests need into .venv (once) ..." >&2
	@$(INSTALL) --editable '.[dev,languages]'
	@touch $@

.venv/bench.done: .venv/run.done
	@echo "Installing the peers that the benchmark needs into .venv (once) ..." >&2
	@$(INSTALL) --editable '.[bench]'
	@touch $@
