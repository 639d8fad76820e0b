# Two commands from a fresh clone: `make demo` and `make test`. pip, not uv: see CONTRIBUTING.md.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARTICLE ?= tests/articles/ferry.txt
READY := $(VENV)/.ready
# the variables reach the environments in which pip builds packages, too, whatever its version
PIN := PIP_CONSTRAINT=constraints.txt PIP_BUILD_CONSTRAINT=constraints.txt

.PHONY: demo test lint format golden readme train quality speed clean

demo: $(READY)
	@$(BIN)/summarise --format json "$(ARTICLE)"

test: $(READY) lint
	$(BIN)/python -m pytest

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

golden: $(READY)  ## writes the golden outputs anew; review the difference
	$(BIN)/python -m pytest tests/test_golden.py tests/test_view_page.py tests/test_formats_golden.py --update-golden

readme: $(READY)  ## writes the made parts of README.md and docs/, and the manual page, anew
	$(BIN)/python tests/readme.py

# labels to weights, two hours and a half on two cores; call again to go on. DATA: see training/README.md
RUN ?= build/training
train: $(READY)
	$(BIN)/summarise models pull
	$(BIN)/python -m training.train --data "$(DATA)" --out "$(RUN)"
	$(BIN)/python -m training.curve "$(RUN)/log.jsonl" training/loss.png
	$(BIN)/python -m training.export --run "$(RUN)" --thresholds "$(RUN)/thresholds.json"

quality: $(READY)  ## measures the summaries against the labels of DATA
	$(BIN)/python -m benchmarks.quality --data "$(DATA)" --split dev

speed: $(READY)  ## measures speed and memory, beside the peers that are there (see benchmarks/speed.md)
	$(BIN)/python -m benchmarks.speed

# torch first and pinned: what depends on it must not choose another build
$(READY): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "summarise needs Python 3.11 or newer")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIN) $(BIN)/python -m pip install -q pip
	$(PIN) $(BIN)/python -m pip install -q torch
	$(PIN) $(BIN)/python -m pip install -q -e '.[dev]'
	touch $@

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache dist
