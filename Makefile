# Every target makes what it needs: .venv with exactly uv.lock, .env with a secret key.
# `make` alone lists the targets.

python = .venv/bin/python

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: run dev test lint fmt check bench crash help clean venv

run: venv ## Set up what is missing, then serve the newsroom (HOST and PORT choose the address)
	@exec $(python) -m bin.serve

dev: venv ## The same with auto-reload and DEBUG, for working on the code
	@exec $(python) -m bin.serve --dev

test: venv ## All tests on SQLite, PostgreSQL and in a browser, as far as they are there
	@exec $(python) -m bin.run_tests $(ARGS)

lint: venv ## Look at the code without running it: style, templates, imports, settings, migrations
	@exec $(python) -m bin.lint

fmt: venv ## Put code and templates into the house style
	@exec $(python) -m bin.lint --fix

check: lint test ## What CI runs: lint and test

bench: venv ## Measure import, pages, pictures and the desk
	@$(python) -m bin.dotenv && exec $(python) manage.py bench

crash: venv ## Kill the newsroom KILLS times (200) while people work in it, and look what is left
	@exec $(python) -m bin.crash

clean: ## Remove what can be made again; .env, the database and media stay
	@rm -rf .venv .build .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	@find articles bin newsroom tests -name __pycache__ -type d -prune -exec rm -rf {} +
	@find newsroom/locale -name '*.mo' -exec rm -f {} + 2>/dev/null || true

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' Makefile

venv:
	@bin/bootstrap
