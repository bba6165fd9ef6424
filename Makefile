# One word for each thing one does here; `make` alone lists them.
# PORT, HOST and PYTHON may be given: make run PORT=8080
.DEFAULT_GOAL := help
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory
VENV := .venv/bin

.PHONY: help
help: ## list these words
	@echo "Thirdspace. Usage: make <word>"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "%-12s %s\n", $$1, $$2 }'

.PHONY: install
install: ## make .venv from requirements.lock, with this checkout in it (quick when nothing changed)
	@bash tools/install.sh

.PHONY: run
run: install ## install, prepare the database, make the demo the first time, and serve (PORT=, HOST=)
	@exec $(VENV)/journal serve

.PHONY: test
test: install ## install all that the tests need, Chromium too, and run them all
	@CHROMIUM=$$(bash tools/browser.sh) && export CHROMIUM && exec $(VENV)/python -m pytest -q -n 3 --dist loadfile --no-loadscope-reorder $(ARGS)

.PHONY: check
check: install ## house rules: lint, format, types, floors, translations
	@echo "Lint: no known mistakes";            $(VENV)/ruff check --quiet .
	@echo "Format: one way to write it";        $(VENV)/ruff format --quiet --check . || { $(VENV)/ruff format --check .; exit 1; }
	@echo "Types: strict";                      $(VENV)/mypy --no-error-summary
	@echo "Floors: imports only go down";       said=$$($(VENV)/lint-imports --no-logo) || { echo "$$said"; exit 1; }
	@echo "Languages: whole and unbroken";      $(VENV)/python -m tools.check_translations
	@echo "All checks passed."

.PHONY: format
format: install ## put all Python files into the one format, mend what lint can mend
	@$(VENV)/ruff check --quiet --fix-only .
	@$(VENV)/ruff format --quiet .

.PHONY: migrate
migrate: install ## bring the database up to date
	@$(VENV)/journal migrate

.PHONY: demo
demo: install ## make the demo schools, if they are not there yet
	@$(VENV)/journal demo

.PHONY: bench
bench: install ## measure how fast it is (BENCH_ONLY=feed,search BENCH_FULL=1 BENCH_DIR=); writes bench/results.json
	@$(VENV)/python -m bench

.PHONY: bench-table
bench-table: install ## put the last run's table into the README
	@$(VENV)/python -m bench.readme

.PHONY: messages
messages: install ## collect the words on the pages and carry them into every language's catalogue
	@$(VENV)/python -m tools.update_translations

.PHONY: lock
lock: ## choose the newest versions that pyproject.toml allows and write requirements.lock
	@bash tools/lock.sh

.PHONY: wheel
wheel: install ## build the installable package into dist/
	@$(VENV)/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

.PHONY: clean
clean: ## remove what can be made again; the database, the pictures and .venv stay
	@rm -rf dist build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find journal tests tools -type d -name __pycache__ -prune -exec rm -rf {} +
