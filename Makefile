# 天平 Tianping — every target says what it does: make help
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
UV     := $(BIN)/uv
READY  := $(VENV)/.ready
JOBS   ?= 2
# the certificates this machine trusts, as pip does: an institution often has an authority of its own
export UV_SYSTEM_CERTS ?= true

.DEFAULT_GOAL := help
SHELL := /bin/bash
# what Python compiled it keeps, whatever this shell says: the tests start a hundred commands, and each would compile the whole anew
export PYTHONDONTWRITEBYTECODE :=
# npm is asked only for what tests use: the validator of BPMN, and the engine that judges how accessible a page is
.PHONY: help node browser assets peers install tour demo demo-city test proof check bench docs pictures lock clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(READY): requirements/test.txt requirements/run.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@test -x $(UV) || $(BIN)/python -m pip install --quiet "uv>=0.9"
	@echo "installing the locked packages …"
	@VIRTUAL_ENV=$(abspath $(VENV)) $(UV) pip install --quiet --compile-bytecode --require-hashes -r requirements/test.txt
	@VIRTUAL_ENV=$(abspath $(VENV)) $(UV) pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

node: tests/bpmn/package-lock.json tests/faces/package-lock.json ## what tests take from npm, where it is; they are skipped by name elsewhere
	@command -v npm >/dev/null || { echo "no npm: BPMN and axe tests will be skipped"; exit 0; }; \
	for of in bpmn faces; do npm ci --silent --no-audit --no-fund --prefix tests/$$of || echo "npm could not fetch what tests/$$of uses: its tests will be skipped"; done

APT := DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends

# the shell is the same engine without windows: half the processor's time
browser: ## Debian's Chromium and Chinese fonts for the journeys, where apt-get may install them; they are skipped by name elsewhere
	@command -v chromium-headless-shell >/dev/null || \
	{ test "$$(id -u)" = 0 && command -v apt-get >/dev/null && apt-get -qq update && { $(APT) chromium-headless-shell fonts-noto-cjk || $(APT) chromium fonts-noto-cjk; } >/dev/null; } || \
	command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || \
	echo "no Chromium: journeys in a browser will be skipped"

ASSETS := src/tianping/portal/assets
BUILT  := src/tianping/portal/static/vendor/LICENCES.txt

$(BUILT): $(wildcard $(ASSETS)/*.js $(ASSETS)/*.mjs) $(ASSETS)/package-lock.json
	@command -v npm >/dev/null || { echo "no npm: pages stand without charts, maps and quick swaps, and say so"; exit 0; }; \
	npm ci --silent --no-audit --no-fund --ignore-scripts --prefix $(ASSETS) && node $(ASSETS)/build.mjs || \
	echo "npm could not fetch what pages use: they stand without charts, maps and quick swaps, and say so"

assets: $(BUILT) ## htmx, Alpine, charts and maps of the pages, where npm is; pages stand without them

install: $(READY) assets ## a virtual environment with the locked packages

tour: $(READY) ## worked cases, a made-up log judged whole, a late case explained line by line
	$(BIN)/tianping tour

demo: $(READY) assets ## a running city: its half-year replayed into a database, then its page; LOG=file PROCEDURE=folder judges a log of yours
	$(if $(LOG),$(BIN)/tianping supervise $(LOG) -p $(or $(PROCEDURE),examples/road_traffic_fines),$(BIN)/tianping demo)

demo-city: $(READY) assets ## the whole city: the half-year and every number of the report as cases, then its page
	$(BIN)/tianping demo --whole

test: $(READY) node assets browser ## house rules, types and every test at bar size
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile

proof: $(READY) node assets browser peers ## every test at full size and every benchmark; what was proven of this code is not done again
	$(BIN)/python -m tests.proof $(JOBS)

check: $(READY) ## formats the code and runs linters and types, no tests
	$(BIN)/python -m ruff format .
	$(BIN)/python -m ruff check --fix .
	$(BIN)/python -m mypy
	$(BIN)/lint-imports

peers: $(READY) requirements/peers.txt
	@VIRTUAL_ENV=$(abspath $(VENV)) $(UV) pip install --quiet --require-hashes -r requirements/peers.txt || echo "no peers: their figures will be skipped"

bench: peers ## figures beside named peers and the physical limit, as ratios; installs the peers first
	$(BIN)/python -m benchmarks

docs: $(READY) ## renews the generated pages and pictures in docs/
	$(BIN)/python -m tianping.project.docs

pictures: $(READY) assets browser ## renews the pictures of the pages in docs/pictures, where Chromium is
	$(BIN)/python -m tests.pictures

lock: $(READY) ## renews the hashed locks in requirements/
	$(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 pyproject.toml -o requirements/run.txt
	$(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --extra dev --extra server --extra analytics --extra spark --extra documents --extra notices pyproject.toml -o requirements/test.txt
	$(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --extra server --extra peers -c requirements/test.txt pyproject.toml -o requirements/peers.txt

clean: ## removes caches and generated files, not the virtual environment
	rm -rf var dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
