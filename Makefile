# `make` and a Python 3.12 or newer are all a fresh machine needs.
PYTHON := .venv/bin/python
STATIC_CHECKS := ruff format-check types imports templates migrations
export ENVIRONMENT ?= development
# Each of our processes would compile every module anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help
help:
	@echo 'make run        everything on this machine: http://localhost:8000/ (PORT=, MAIL_PORT=, DEMO=0, DATA_DIR=)'
	@echo 'make test       all static checks and all tests'
	@echo 'make lint       the static checks alone'
	@echo 'make format     put the code into shape'
	@echo 'make bench      measure (ONLY=name)'
	@echo 'make translations  collect what is to be translated, and compile what is'
	@echo 'make lock       pin the dependencies anew'

.PHONY: run
run:
	@bin/install requirements.lock
	@$(PYTHON) -m recruitchat.local_services.run

# All run, even where one fails; make names those that did, and fails at the end. The static checks, one after another,
# keep the tests company: the longest of them has use for one core only.
.PHONY: test
test: environment
	@$(MAKE) --jobs 2 --keep-going --no-print-directory pytest $(STATIC_CHECKS)

.PHONY: lint check
lint check: environment
	@$(MAKE) --keep-going --no-print-directory $(STATIC_CHECKS)

.PHONY: environment
environment:
	@bin/install requirements-dev.lock

.PHONY: ruff format-check types imports templates migrations pytest
ruff:
	$(PYTHON) -m ruff check .
format-check:
	$(PYTHON) -m ruff format --check .
types:
	$(PYTHON) -m mypy .
imports:
	.venv/bin/lint-imports --no-cache
templates:
	$(PYTHON) -m djlint --quiet --lint .
migrations:
	DATA_DIR=.data-checks $(PYTHON) manage.py makemigrations --check --dry-run
pytest:
	BROWSER_PATH="$$(bin/find-browser)" $(PYTHON) -m pytest -n 2

.PHONY: format
format: environment
	$(PYTHON) -m ruff check --fix .
	$(PYTHON) -m ruff format .

# gettext (xgettext) collects what is new; what is compiled is committed, so that running needs no tools.
.PHONY: translations
translations: environment
	$(UNUSED_SERVICES) $(PYTHON) manage.py makemessages -l cs -l nl -l ru -l de --add-location file \
		--ignore '.venv*' --ignore '.data*' --ignore 'tests/*' --ignore 'benchmarks/*'
	.venv/bin/pybabel compile -d locale -D django

.PHONY: bench
bench: environment
	$(PYTHON) -m benchmarks $(ONLY)

# What machines write like (docs/mail.md); scikit-learn is in an environment of its own.
.PHONY: machine-words
machine-words: environment
	PYTHONPATH=. .venv/bin/uv run --quiet --no-project --no-config --python $(PYTHON) \
		--with-requirements learning/requirements.txt python learning/machine_words.py

COMPILE := .venv/bin/uv pip compile --quiet --universal --python-version 3.12 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --no-header --no-config pyproject.toml
.PHONY: lock
lock: environment
	$(COMPILE) -o requirements.lock
	$(COMPILE) --group dev -o requirements-dev.lock
