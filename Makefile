# The two commands are `make run` and `make test`. The rest helps those who build.
.PHONY: run test develop check format lock bench test-postgresql

BIN = .venv/bin

## make run: everything from a bare machine to http://127.0.0.1:8000, with a demonstration year.
run:
	@scripts/setup.sh requirements.lock
	@MARELLE_DEMO=1 $(BIN)/marelle start

## make test: the whole suite, journeys in a real browser included.
test: develop
	@scripts/browser.sh
	$(BIN)/pytest -n 2 --dist worksteal

develop:
	@scripts/setup.sh requirements-dev.lock

## make check: order, types, floors, templates.
check: develop
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache
	$(BIN)/mypy

## make test-postgresql: the suite on a throwaway PostgreSQL that this command starts itself.
test-postgresql: develop
	@scripts/with_postgresql.sh $(BIN)/pytest -n 2 --dist worksteal

format:
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

## make lock: after a change of dependencies in pyproject.toml.
lock: develop
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header pyproject.toml --group build -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header pyproject.toml --group build --group dev -o requirements-dev.lock

## make bench [ONLY=name]: what is measured, beside what it is measured against.
bench: develop
	$(BIN)/python -m bench $(if $(ONLY),--only $(ONLY))
