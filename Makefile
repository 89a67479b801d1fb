# make demo   a virtual environment, the package, and the seed articles built into out/
# make test   everything the tests need, then all of them (what CI runs)
# make lint   formatting, style, types and import contracts only
# make fast   the tests that need neither the language model nor a browser
# make generated   what is made from the lexicon and the ontology, after they have changed
# make docs   the documentation as a site, into build/site
# make fuzz   ten minutes of fuzzing (FUZZ_MINUTES=…)
# make kills   sixty builds killed at random moments, each gone on with to the same result
# make test-minimum   the quick tests with the oldest versions that pyproject.toml allows
# make constraints   what development is tested with, by hash
# make clean  removes what these targets made

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input --quiet

.PHONY: demo test lint fast clean chromium virtuoso jena generated docs fuzz kills test-minimum constraints
.DEFAULT_GOAL := demo

demo: $(VENV)/.installed
	$(BIN)/kg build seeds/ --out out/

test: $(VENV)/.installed-dev lint chromium virtuoso jena
	$(BIN)/python -m pytest

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

fast: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -m "not model and not notebook and not browser and not wheel"

clean:
	rm -rf $(VENV) out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

# The stamps lie inside the environment: they go when it goes, and a changed
# pyproject.toml (other dependencies, other commands) installs again.
$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	$(PIP) install --editable .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(VENV)/bin/python
	$(PIP) install --editable ".[dev]"
	@touch $@ $(VENV)/.installed

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "kg needs Python 3.11 or newer: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "no virtual environment could be made; on Debian: apt-get install python3-venv" >&2; exit 1; }

# The browser tests drive Debian's Chromium. Without it they are skipped, except in CI.
chromium:
	@if command -v chromium >/dev/null || command -v chromium-browser >/dev/null \
	    || command -v google-chrome >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "installing Chromium for the browser tests"; \
	  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
	    apt-get install -y -qq --no-install-recommends chromium >/dev/null; } \
	    || echo "Chromium could not be installed: the browser tests will be skipped (in CI: fail)" >&2; \
	else \
	  echo "Chromium is missing and only root can install it (apt-get install chromium):" \
	    "the browser tests will be skipped (in CI: fail)" >&2; \
	fi

# The tests of `kg push` start Virtuoso. Without it they are skipped, except in CI.
virtuoso:
	@if command -v virtuoso-t >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "installing Virtuoso for the tests of kg push"; \
	  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
	    apt-get install -y -qq --no-install-recommends virtuoso-opensource-7-bin >/dev/null; } \
	    || echo "Virtuoso could not be installed: its tests will be skipped (in CI: fail)" >&2; \
	else \
	  echo "Virtuoso is missing and only root can install it (apt-get install" \
	    "virtuoso-opensource-7-bin): its tests will be skipped (in CI: fail)" >&2; \
	fi

# A third opinion on RDF: Apache Jena's riot. Without it its tests are skipped, except in CI.
jena:
	@if command -v java >/dev/null && [ -e /usr/share/java/jena-core.jar ]; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "installing Apache Jena for the tests of RDF files"; \
	  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
	    --no-install-recommends default-jre-headless libapache-jena-java >/dev/null; } \
	    || echo "Jena could not be installed: its tests will be skipped (in CI: fail)" >&2; \
	else \
	  echo "Jena is missing and only root can install it (apt-get install default-jre-headless" \
	    "libapache-jena-java): its tests will be skipped (in CI: fail)" >&2; \
	fi

generated: $(VENV)/.installed-dev
	$(BIN)/python -m tools.lexicon.forms
	$(BIN)/python -m tools.lexicon.relations_ttl
	$(BIN)/python -m tools.ontology.context
	$(BIN)/python -m tools.ontology.reference
	$(BIN)/python -m tools.ontology.questions

docs: $(VENV)/.installed-dev
	$(PIP) install --editable ".[docs]"
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

FUZZ_MINUTES ?= 10
fuzz: $(VENV)/.installed-dev
	cd tests && PYTHONPATH=.. ../$(BIN)/python -m fuzz.long --minutes $(FUZZ_MINUTES)

kills: $(VENV)/.installed-dev
	KG_KILLS=30 $(BIN)/python -m pytest tests/test_resume.py -k goes_on

# An environment of its own: uv takes the lowest version of what kg asks for itself.
test-minimum:
	$(PYTHON) -m venv build/minimum
	build/minimum/bin/python -m pip install --quiet uv
	build/minimum/bin/uv pip install --quiet --python build/minimum/bin/python \
	  --resolution lowest-direct --editable ".[ingest,parquet,rdf,serve,web,notebook]" \
	  "pytest>=8.3" "hypothesis>=6.100" "scipy>=1.12" "packaging>=24" "nbformat>=5.10" "nbclient>=0.10"
	build/minimum/bin/python -m pytest -m "not notebook and not browser and not wheel" \
	  --ignore tests/test_contracts.py --ignore tests/trust/test_licences.py

constraints: $(VENV)/.installed-dev
	$(PIP) install uv
	mkdir -p build
	{ head -2 tools/constraints.txt; $(BIN)/uv pip compile -q --generate-hashes \
	  --python-version 3.11 pyproject.toml --extra dev --extra ingest --extra serve --extra web \
	  --extra cluster --no-annotate --no-header --no-emit-index-url; } > build/constraints.txt
	mv build/constraints.txt tools/constraints.txt
