# Clacks Event Monitor. `make run` and `make test` do all the set-up themselves.
SHELL := /bin/sh
PY := .venv/bin/python

.PHONY: run demo-archive test test-broker lint types contracts structure mutants fuzz setup setup-dev lock forms translations docs manual-pages screenshots setup-docs package test-bare clean

run: setup
	$(PY) -m clacks_monitor --demo

# An archive at work: PostgreSQL, a recorder, a simulated office and the window.
demo-archive: setup-dev
	$(PY) -m tools.demo_archive

test: setup-dev
	QT_QPA_PLATFORM=offscreen $(PY) -m pytest -n 2 --dist loadfile -m "not rabbitmq and not rabbitmq4 and not mosquitto and not postgresql and not conformance and not hostile and not bare" $(TESTS)

# The client's tests against a broker of your own: make test-broker URL=amqp://user:password@host:port/domain
test-broker: setup-dev
	$(PY) -m pytest tests/integration/external.py --broker-url "$(URL)"

lint: setup-dev
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .

types: setup-dev
	$(PY) -m mypy

contracts: setup-dev
	.venv/bin/lint-imports

# Cycles, excuses, wide classes, long files, private words: STRUCTURE=--list shows where; see tools/structure/__init__.py.
structure: setup-dev
	$(PY) -m tools.structure --check $(STRUCTURE)

setup:
	@GOALS="$(MAKECMDGOALS)" sh tools/setup.sh run

setup-dev:
	@GOALS="$(MAKECMDGOALS)" sh tools/setup.sh dev

# Do the tests notice a wrong program? A sample of changes in each package; see tools/mutation/__init__.py.
mutants: setup-dev
	$(PY) -m tools.mutation $(MUTANTS)

# The requirements by version and hash, and the list of their licences: make lock, or make lock UPGRADE=1 for the newest.
lock: setup-dev
	$(PY) tools/lock.py $(if $(UPGRADE),--upgrade)
	@GOALS="$(MAKECMDGOALS)" sh tools/setup.sh dev
	$(PY) tools/licences.py

# Attacks for hours: random inputs for what reads foreign bytes, FUZZ_SECONDS for each, then every case of tests/hostile.
# `.venv/bin/pip install -e ".[fuzz]"` adds Atheris, which finds more.
FUZZ_SECONDS ?= 600
fuzz: setup-dev
	QT_QPA_PLATFORM=offscreen HYPOTHESIS_PROFILE=deep $(PY) -m tests.hostile.fuzz --seconds $(FUZZ_SECONDS)
	QT_QPA_PLATFORM=offscreen $(PY) -m pytest -m hostile tests/hostile

# The modules of ui/*.ui, after a change in Qt Designer.
forms: setup-dev
	$(PY) -m tools.designer_forms

translations: setup-dev
	$(PY) tools/translations.py

# The manual: build/docs/index.html. Warnings are errors; needs the network only for the first installation of Sphinx.
docs: setup-docs
	$(PY) -m sphinx -W --keep-going -q -b html docs build/docs
	@echo "The manual: build/docs/index.html"

# The pages of the manual that are made from the program: its commands, options and menus.
manual-pages: setup-dev
	$(PY) -m tools.manual_pages

setup-docs: setup-dev
	@[ "$$(cat .venv/.docs 2>/dev/null)" = "$$(cksum < requirements/docs.txt)" ] || { \
		echo "Installing Sphinx into .venv ..." && \
		$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --no-build-isolation -r requirements/docs.txt && \
		cksum < requirements/docs.txt > .venv/.docs; }

# What is handed out, in dist/: wheel, sdist, a wheel of the AMQP library, the .deb (built on the oldest Debian it is for).
package: setup-dev
	$(PY) -m tools.package

# What a newcomer does on bare systems of Debian 12 and 13, and what the .deb does there. As root; needs debootstrap.
test-bare: setup-dev
	$(PY) -m pytest -m bare tests/bare $(BARE)

# The manual's pictures, taken by the program itself, light and dark: make screenshots, or make screenshots SCENES="filter".
screenshots: setup-docs
	QT_QPA_PLATFORM=offscreen $(PY) -m tools.screenshots $(SCENES)

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
