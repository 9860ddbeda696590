# The two commands a newcomer needs are `make demo` and `make test`.
# Both set up what they need in .venv; nothing is installed elsewhere but Debian's Chromium for the browser tests.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
DEMO := demo
ON_POSTGRESQL := $(patsubst %,tests/integration/test_web_%.py,access advice chain claims clock documents exemptions failing family intake letters notices panel placement plans projection records registers return return_live reviews school search sign_in store transfer_pack whole_case)

.PHONY: demo test test-postgresql check docs locks bench clean

demo: $(VENV)/installed-core
	$(BIN)/rightplace example $(DEMO)/marlshire
	$(BIN)/rightplace check $(DEMO)/marlshire/sen2/*.xml --gias $(DEMO)/marlshire/gias/*.csv --population $(DEMO)/marlshire/population.csv --csv $(DEMO)/findings.csv --html $(DEMO)/findings.html
	$(BIN)/rightplace show $(DEMO)/marlshire/area
	$(BIN)/rightplace forecast $(DEMO)/marlshire/area --out $(DEMO)/forecast
	$(BIN)/rightplace backtest $(DEMO)/marlshire/area --out $(DEMO)/backtest
	$(BIN)/rightplace report $(DEMO)/marlshire/area --out $(DEMO)/report.html --workbook $(DEMO)/report.xlsx --findings $(DEMO)/findings.csv --backtest $(DEMO)/backtest
	$(BIN)/rightplace assign $(DEMO)/marlshire/area --september 2026 --out $(DEMO)/places
	$(BIN)/rightplace invest $(DEMO)/marlshire/area --futures 10 --years 6 --promise 0.8 --out $(DEMO)/investment
	@echo
	@echo "The report is $(CURDIR)/$(DEMO)/report.html"
	@echo "Open it in a web browser: type or paste file://$(CURDIR)/$(DEMO)/report.html as the address."
	@echo "The same tables are in the workbook $(CURDIR)/$(DEMO)/report.xlsx"
	@echo "September's places are in $(CURDIR)/$(DEMO)/places/report.html, where to build in $(CURDIR)/$(DEMO)/investment/report.html"

test: $(VENV)/installed-dev node_modules/installed chromium
	$(BIN)/ruff check src tests benchmarks tools
	$(BIN)/ruff format --check src tests benchmarks tools
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/mkdocs build --strict --quiet --site-dir site
	$(BIN)/pytest -n 2 --dist loadfile

# The casework of the service once more, on the database that production has.
test-postgresql: $(VENV)/installed-dev
	@started=$$(sh tools/start_postgresql.sh) && eval "$$started" && \
	trap 'sh tools/start_postgresql.sh stop "$$POSTGRESQL_FOLDER"' EXIT && \
	$(BIN)/pytest -q $(ON_POSTGRESQL)

check: $(VENV)/installed-dev
	$(BIN)/ruff check --fix src tests benchmarks tools
	$(BIN)/ruff format src tests benchmarks tools
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(VENV)/installed-dev
	$(BIN)/python tools/generate_reference.py
	$(BIN)/mkdocs build --strict --quiet --site-dir site
	@echo "The documentation is $(CURDIR)/site/index.html"

bench: $(VENV)/installed-dev
	@for file in benchmarks/*.py; do echo; echo "== $$file"; $(BIN)/python $$file || exit 1; done

locks: $(VENV)/installed-dev
	$(BIN)/uv pip compile pyproject.toml --group build --extra web --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-header -o requirements/core.txt
	$(BIN)/uv pip compile pyproject.toml --group dev --extra web --extra postgres --extra cluster --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-header -o requirements/dev.txt

# A Debian Python may come without ensurepip, so the environment is made bare and filled by the pip that is there.
$(VENV)/bin/python:
	$(PYTHON) -m venv --without-pip $(VENV)

$(VENV)/installed-core: requirements/core.txt pyproject.toml | $(VENV)/bin/python
	@echo "Setting up (once): downloading and installing what Rightplace needs."
	$(PYTHON) -m pip --python $(VENV)/bin/python install --quiet --disable-pip-version-check --require-hashes -r requirements/core.txt
	$(PYTHON) -m pip --python $(VENV)/bin/python install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/installed-dev: requirements/dev.txt pyproject.toml | $(VENV)/bin/python
	@echo "Setting up (once): downloading and installing what Rightplace and its tests need."
	$(PYTHON) -m pip --python $(VENV)/bin/python install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(PYTHON) -m pip --python $(VENV)/bin/python install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/installed-core

node_modules/installed: package-lock.json
	npm ci --silent --no-audit --no-fund
	@touch $@

.PHONY: chromium
chromium:
	@sh tools/install_chromium.sh

clean:
	rm -rf $(VENV) node_modules $(DEMO) site .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
