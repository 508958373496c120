# pmdocs: `make site` builds the sample site, `make test` runs all checks. `make` alone lists the rest.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/.stamps

# Nothing but what the lock files name is downloaded: what is not a wheel is built with requirements/build.lock.
PIP := $(BIN)/python -m pip --disable-pip-version-check
INSTALL := $(PIP) install --quiet --no-deps
LOCKED := --require-hashes --only-binary :all: --no-binary jieba --no-build-isolation

# Material's notice on MkDocs 2 on each build; UTF-8 whatever the terminal's locale; pip as this file configures it.
export NO_MKDOCS_2_WARNING := 1
export PYTHONUTF8 := 1
unexport PIP_REQUIRE_VIRTUALENV PIP_TARGET PIP_PREFIX PIP_USER PYTHONPATH PYTHONHOME

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help site pmdocs serve test format bench bench-versions bench-search reference sign lock vendor clean

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

site: $(STAMPS)/project ## build all versions of the sample site into site/
	$(BIN)/pmdocs build --site-url "$(SITE_URL)"
	@echo
	@echo "站点已生成 · The site lies in: $(CURDIR)/site/index.html"

pmdocs: $(STAMPS)/project ## install pmdocs into .venv

serve: $(STAMPS)/project ## preview the sample site, rebuilt on every change
	$(BIN)/mkdocs serve --livereload

test: $(STAMPS)/node ## run all checks: lint, format, types, tests
	@$(BIN)/python scripts/browser.py >$(STAMPS)/browser
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	PMDOCS_CHROMIUM="$$(cat $(STAMPS)/browser)" $(BIN)/python -m pytest -n 2

format: $(STAMPS)/test ## put imports and layout of the code in order
	$(BIN)/ruff check --select I --fix .
	$(BIN)/ruff format .

lock: $(STAMPS)/test ## lock the newest dependencies that pyproject.toml allows
	$(PIP) install --quiet 'uv>=0.9'
	$(COMPILE) --group pyproject.toml:build --output-file requirements/build.lock
	$(COMPILE) pyproject.toml --constraint requirements/build.lock --output-file requirements/site.lock
	$(COMPILE) pyproject.toml --extra test --constraint requirements/build.lock \
		--constraint requirements/site.lock --output-file requirements/test.lock
	$(COMPILE) pyproject.toml --extra bench --constraint requirements/build.lock \
		--constraint requirements/test.lock --output-file requirements/bench.lock
	$(BIN)/python scripts/node_tools.py lock

COMPILE := $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command 'make lock'

bench: $(STAMPS)/project ## time a check and a build beside stock Material
	$(BIN)/python scripts/benchmark.py

bench-versions: $(STAMPS)/project ## time a build of twenty versions
	$(BIN)/python scripts/benchmark_versions.py

reference: $(STAMPS)/project ## write the reference of the commands anew
	$(BIN)/python scripts/reference.py

sign: $(STAMPS)/project ## seal the sign-offs of the sample anew, after its content changed
	$(BIN)/python scripts/sign_sample.py

bench-search: $(STAMPS)/bench ## measure search beside Material's and Pagefind: make bench-search CORPUS=/path/to/corpus
	$(BIN)/python scripts/benchmark_search.py --corpus "$(CORPUS)"

vendor: $(STAMPS)/test ## fetch the browser files of others anew
	$(BIN)/python scripts/vendor.py

clean: ## remove everything that was built or installed
	rm -rf $(VENV) site dist .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find plugins scripts tests -type d -name __pycache__ -prune -exec rm -rf {} +

$(STAMPS)/venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "pmdocs 需要 Python 3.11 或更高版本；请安装，或用 make PYTHON=/路径/python3.11 指定。"; \
		echo "pmdocs needs Python 3.11 or newer; install it, or name one: make PYTHON=/path/to/python3.11"; \
		exit 1; } >&2
	@$(PYTHON) -c 'import ensurepip, venv' || { \
		echo "这个 Python 不能创建虚拟环境；Debian、Ubuntu：apt-get install python3-venv"; \
		echo "This Python cannot create virtual environments; Debian, Ubuntu: apt-get install python3-venv"; \
		exit 1; } >&2
	$(PYTHON) -m venv $(VENV)
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/build: requirements/build.lock $(STAMPS)/venv
	$(INSTALL) --require-hashes --only-binary :all: -r requirements/build.lock
	@touch $@

$(STAMPS)/site: requirements/site.lock $(STAMPS)/build
	$(INSTALL) $(LOCKED) -r requirements/site.lock
	@touch $@

$(STAMPS)/project: pyproject.toml plugins/pmdocs/__init__.py $(STAMPS)/site
	$(INSTALL) --no-build-isolation --editable .
	@touch $@

$(STAMPS)/bench: requirements/bench.lock $(STAMPS)/project
	$(INSTALL) $(LOCKED) -r requirements/bench.lock
	@touch $@

$(STAMPS)/node: requirements/node/package-lock.json $(STAMPS)/test
	$(BIN)/python scripts/node_tools.py
	@touch $@

$(STAMPS)/test: requirements/test.lock $(STAMPS)/project
	$(INSTALL) $(LOCKED) -r requirements/test.lock
	$(PIP) check
	@touch $@
