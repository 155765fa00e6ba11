# Everything a person needs: `make run` to talk, `make test` to check. Both set up what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: setup run test check format docs sbom screens soak chaos bench oracle lock clean

# The stamp is newer than the lock once everything in the lock is installed.
$(VENV)/.set-up: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Linnet needs Python 3.11 or newer")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

setup: $(VENV)/.set-up  ## build .venv with the pinned dependencies

run: setup  ## serve the web chat on http://127.0.0.1:8000
	@echo 'Linnet: open http://127.0.0.1:8000 in a browser; Ctrl-C ends it.'
	@$(BIN)/linnet serve

test: setup  ## every check, the quick ones first
	@bash .ci/check

check: setup  ## flows, directory and translations only
	@$(BIN)/linnet check

format: setup  ## put the code into its one format
	@$(BIN)/ruff format bot tests benchmarks
	@$(BIN)/ruff check --fix bot tests benchmarks

docs: setup  ## make the tables of docs/ from the data again
	@$(BIN)/python -m tests.needs_table
	@$(BIN)/python -m tests.review_table
	@$(BIN)/python -m tests.rules_page
	@$(BIN)/python -m tests.supply.licences_page
	@$(BIN)/python -m tests.threats_page
	@$(BIN)/python -m tests.reliability_page

sbom: setup  ## the bill of materials, build/sbom.cdx.json
	@$(BIN)/python -m tests.supply.bill

screens: setup  ## pictures of five cards in every language, in build/screens/languages/
	@$(BIN)/python -m pytest -q -m screens tests/web

soak: setup  ## hours of kills and talks; prints what happened
	@$(BIN)/python -m pytest -q -m soak tests

MINUTES ?= 5
chaos: setup  ## minutes of random faults under a crowd; writes its figures into docs/reliability.md
	@$(BIN)/python -m tests.chaos --minutes $(MINUTES) $(if $(SEED),--seed $(SEED))

bench: setup .venv-bench/.set-up  ## measure; prints medians and ratios
	@$(BIN)/python -m benchmarks

oracle: setup .venv-bench/.set-up  ## hold the noise of the counts beside that of OpenDP
	@$(BIN)/python -m pytest -q -m oracle tests/counting

# The libraries that Linnet is measured beside, in an environment of their own.
.venv-bench/.set-up: benchmarks/requirements.lock
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/pip install --quiet --disable-pip-version-check --require-hashes -r benchmarks/requirements.lock
	touch $@

lock:  ## pin the dependencies again (needs uv)
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header \
		--extra kit --group dev pyproject.toml -o requirements.lock
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header \
		--group bench pyproject.toml -o benchmarks/requirements.lock

clean:
	rm -rf $(VENV) .venv-bench build .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .coverage dist
