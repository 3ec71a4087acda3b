# Two ways in from a bare clone, with only Python 3.11-3.13 and make: `make demo` and `make test`.

PYTHON_FITS := import sys, ensurepip, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
# The first that runs: a version manager's shim may be on the PATH and still answer with an error.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	$$p -c '$(PYTHON_FITS)' >/dev/null 2>&1 && echo $$p && break; done)
PIP_INSTALL := -m pip install -qq --disable-pip-version-check --retries 5 -c constraints.txt
BEAM_INSTALL := $(subst constraints.txt,constraints-beam.txt,$(PIP_INSTALL))
# What stands beside the extra `beam`, to test it.
BEAM_TESTS := pip setuptools pytest
PACKAGE_FILES := setup.cfg pyproject.toml constraints.txt
# `make clean venv EXTRAS=dev,gpu` brings the CUDA libraries too.
EXTRAS ?= dev
# `make test ARGS="tests/layers -x"` passes on what pytest understands; `ARGS=-n0` is one process.
ARGS ?=
MINUTES ?= 10
# A process for each core, a file of tests to each: models made for one test serve those beside it.
IN_PARALLEL := -n auto --dist loadfile
TENSORFLOW_PYTEST = KERAS_BACKEND=tensorflow .venv/bin/python -m pytest $(IN_PARALLEL)
WITH_VENV_ALONE := not gpu and not mutation and not serving and not beam

.PHONY: help demo test test-slow test-benchmarks test-mutations test-backends test-backends-slow test-beam fuzz test-serving check lint format bench bench-guard study-smoke wheel lock venv venv-backends serving-libraries clean

help:
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

demo: venv ## train, evaluate, export and ask a classifier, on text that is already here
	.venv/bin/python -m apps.demo $(ARGS)

test: venv ## all tests but the slow ones and those that need more than `make venv` makes
	$(TENSORFLOW_PYTEST) -m "not slow and $(WITH_VENV_ALONE)" $(ARGS)

test-slow: venv ## longer proofs: what takes ten seconds and more by itself
	$(TENSORFLOW_PYTEST) -m "slow and $(WITH_VENV_ALONE)" --ignore=tests/benchmarks $(ARGS)

test-benchmarks: venv ## whether benchmarks measure what they say: their slow tests
	$(TENSORFLOW_PYTEST) -m "slow and $(WITH_VENV_ALONE)" tests/benchmarks $(ARGS)

test-mutations: venv ## planted bugs, each of which the tests must notice
	KERAS_BACKEND=tensorflow .venv/bin/python -m pytest -n auto -m mutation tests/mutations $(ARGS)

test-backends: venv venv-backends ## layers and models on JAX and PyTorch, and beside other libraries
	KERAS_BACKEND=jax $(BACKENDS_PYTEST) -m "not gpu and not slow" $(BOTH_BACKENDS) \
	  tests/extrapolation/test_stacked_seeds.py $(LOSS_TESTS)
	KERAS_BACKEND=torch $(BACKENDS_PYTEST) -m "not gpu and not slow" $(BOTH_BACKENDS) tests/peers
	rm -rf build/exchange
	KERAS_BACKEND=tensorflow .venv/bin/python -m tests.exchange write build/exchange
	KERAS_BACKEND=jax .venv-backends/bin/python -m tests.exchange check build/exchange
	KERAS_BACKEND=torch .venv-backends/bin/python -m tests.exchange check build/exchange

test-backends-slow: venv-backends ## the same with every encoding in whole models
	KERAS_BACKEND=jax $(BACKENDS_PYTEST) -m "not gpu and slow" $(BOTH_BACKENDS)
	KERAS_BACKEND=torch $(BACKENDS_PYTEST) -m "not gpu and slow" $(BOTH_BACKENDS)

test-serving: venv serving-libraries ## exported models on the libraries of TensorFlow 2.12.1, as servers have them
	KERAS_BACKEND=tensorflow .venv/bin/python -m pytest -n0 -m serving tests/serving $(ARGS)

test-beam: venv-beam ## prepare on Apache Beam, which needs older libraries than the rest
	KERAS_BACKEND=tensorflow .venv-beam/bin/python -m pytest -m beam tests/preparation/test_beam.py $(ARGS)

fuzz: venv ## damaged files for the readers, MINUTES=10 of them
	.venv/bin/python -m tests.fuzz --minutes=$(MINUTES) $(ARGS)

check: lint test ## lint, format check, tests

lint: venv ## ruff check and ruff format --check
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .

format: venv ## mend what ruff can mend
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

# Each writes a table of docs/performance.md; `ARGS=--peers_python=...` names another environment.
bench: venv venv-backends ## all measurements, beside the plain way and peers: docs/performance.md
	rm -rf build/bench && mkdir -p build/bench
	$(BENCH).peers --output=build/bench/peers.md $(ARGS)
	$(BENCH).serving --output=build/bench/serving.md $(ARGS)
	$(BENCH) --measure=tokenising --measure=batching --rounds=2 --output=build/bench/input.md
	$(BENCH).idle --epochs=1 --output=build/bench/idle.md
	$(BENCH).start --rounds=2 --output=build/bench/start.md
	$(BENCH).lengths --rounds=1 --attention_window=128 --figure=docs/lengths.png \
	  --output=build/bench/lengths.md
	.venv/bin/python -m benchmarks.document build/bench docs/performance.md

bench-guard: venv venv-backends ## whether a ratio got worse than benchmarks/baseline.json
	$(BENCH).guard $(ARGS)

study-smoke: venv ## a tiny study of length extrapolation, in minutes: build/study-smoke
	rm -rf build/study-smoke
	KERAS_BACKEND=tensorflow .venv/bin/python -m apps.extrapolate --dataset=even_pairs --model=lstm \
	  --positions=none,sinusoidal --position_sources=counted,randomized:max_position=256 \
	  --train_length=10 --test_lengths=11:101:10 --steps=600 --seeds=2 \
	  --hidden_dim=16 --lstm_units=32 --dense_dim=16 --learning_rate=0.01 \
	  --output_dir=build/study-smoke $(ARGS)

wheel: venv ## dist/*.tar.gz and dist/*.whl
	.venv/bin/python -m build --no-isolation

lock: venv ## write constraints.txt anew: the newest versions that go together
	.venv/bin/python $(PIP_INSTALL) uv
	.venv/bin/uv pip compile setup.cfg --universal --python-version 3.11 \
	  --fork-strategy fewest --upgrade --no-annotate --custom-compile-command 'make lock' \
	  --output-file constraints.txt --quiet $(foreach extra,$(EXTRAS_BUT_BEAM),--extra $(extra))
	echo '$(BEAM_TESTS)' | tr ' ' '\n' | .venv/bin/uv pip compile setup.cfg - --extra beam --universal \
	  --python-version 3.11 --fork-strategy fewest --upgrade --no-annotate \
	  --custom-compile-command 'make lock' --output-file constraints-beam.txt --quiet

clean: ## remove the environments and everything built
	rm -rf .venv .venv-backends .venv-beam build dist *.egg-info .pytest_cache .ruff_cache
	find . -name __pycache__ -prune -exec rm -rf {} +

serving-libraries: build/serving-libraries/installed ## TensorFlow 2.12.1 and TF Text 2.12.1, libraries alone

venv: .venv/installed ## .venv with the pinned dependencies; made once

venv-beam: .venv-beam/installed ## .venv-beam with Apache Beam; made once

venv-backends: .venv-backends/installed ## .venv-backends with JAX and PyTorch; made once

.venv/installed: $(PACKAGE_FILES)
	$(call new_environment,.venv)
	.venv/bin/python $(PIP_INSTALL) --no-build-isolation --editable '.[$(EXTRAS)]'
	@touch $@

# Without our own dependencies: layers/ and models/ must work where no TensorFlow is installed.
.venv-backends/installed: $(PACKAGE_FILES)
	$(call new_environment,.venv-backends)
	.venv-backends/bin/python $(PIP_INSTALL) absl-py jax keras numpy pytest pytest-xdist torch tqdm \
	  transformers x-transformers onnx onnxruntime onnxscript
	.venv-backends/bin/python $(PIP_INSTALL) --no-build-isolation --no-deps --editable .
	@touch $@

# What TensorFlow Serving 2.15 to 2.19 links of TF Text, and the TensorFlow it was built for. They are
# used through the C API, so their Python parts, made for 3.11, are never imported and any Python will do.
SERVING_LIBRARIES := tensorflow-cpu==2.12.1 tensorflow-text==2.12.1

build/serving-libraries/installed: | venv
	@echo 'Installing the libraries of $(SERVING_LIBRARIES) into $(@D): once, a minute.'
	@rm -rf $(@D)
	@.venv/bin/python -m pip install -qq --disable-pip-version-check --retries 5 --no-deps --no-compile \
	  --only-binary=:all: --python-version=3.11 --target=$(@D) $(SERVING_LIBRARIES) || { printf '%s\n' \
	  '$(SERVING_LIBRARIES) could not be installed. They are made for Linux on x86-64 and some Macs.' >&2; exit 1; }
	@touch $@

.venv-beam/installed: setup.cfg pyproject.toml constraints-beam.txt
	@test -x .venv-beam/bin/python || "$(PYTHON)" -m venv .venv-beam
	.venv-beam/bin/python $(BEAM_INSTALL) $(BEAM_TESTS)
	.venv-beam/bin/python $(BEAM_INSTALL) --no-build-isolation --editable '.[beam]'
	@touch $@

# uv resolves all extras together, and Beam does not go with the newest of the others.
EXTRAS_BUT_BEAM := arrow backends client demo dev gpu hf litert onnx plot tfds vectors zstd

BENCH = .venv/bin/python -m benchmarks

BACKENDS_PYTEST = .venv-backends/bin/python -m pytest $(IN_PARALLEL)
BOTH_BACKENDS = tests/layers tests/models keras_pe/layers keras_pe/models $(ARGS)

# What is learned and what is measured must not depend on the backend.
LOSS_TESTS = tests/training/test_losses.py tests/training/test_class_weights.py \
	tests/training/test_macro_f1.py

# pip and setuptools are pinned too, hence --no-build-isolation above.
define new_environment
	@"$(PYTHON)" -c '$(PYTHON_FITS)' >/dev/null 2>&1 || { printf '%s\n' \
	  'Python must be 3.11, 3.12 or 3.13, with its venv module (Debian: python3-venv).' \
	  'Received: $(or $(PYTHON),none on the PATH). Name one: make PYTHON=/path/to/python3.12' >&2; exit 1; }
	@echo 'Installing the pinned dependencies into $(1): once, some minutes.'
	@test -x $(1)/bin/python || "$(PYTHON)" -m venv $(1)
	$(1)/bin/python $(PIP_INSTALL) pip setuptools
endef
