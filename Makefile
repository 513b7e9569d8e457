# The two commands are `make run` and `make test`. The rest helps those who build.
.PHONY: check lint format

BIN = .venv/bin

check: lint

lint:
	$(BIN)/ruff check marelle tests
	$(BIN)/ruff format --check marelle tests
	$(BIN)/lint-imports --no-cache

format:
	$(BIN)/ruff check --fix marelle tests
	$(BIN)/ruff format marelle tests
