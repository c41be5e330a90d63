# Every target calls packaging/setup.sh, which installs what is missing first. Bare `make` lists them.
.PHONY: help setup day run hq test check bench screenshots test-kill test-long test-system package fonts schema clean
.DEFAULT_GOAL := help

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 22

setup: ## install what is missing: system libraries, .venv, fonts
	@packaging/setup.sh env

day: ## the whole field day, headless (PHOTOS=DIR takes your own photos)
	@packaging/setup.sh day

run: ## open the window
	@packaging/setup.sh run

hq: ## headquarters on this machine: what the day left, else an empty one
	@packaging/setup.sh hq

test: ## lint, types, layers and every test that needs no special machine
	@packaging/setup.sh test

check: ## the quick part of test
	@packaging/setup.sh check

screenshots: ## pictures of every screen, in build/pictures/screens
	@packaging/setup.sh screenshots

bench: ## the promised figures beside peers, in one run
	@packaging/setup.sh bench

test-kill: ## 200 kills at random moments of the day (KILLS=n)
	@packaging/setup.sh test-kill

test-long: ## 2,000 broken photos, 200 broken clips, a clip of 8 GB (MUTATED_PHOTOS=n MUTATED_CLIPS=n)
	@packaging/setup.sh test-long

test-system: ## what needs root, X, network namespaces; skips by name
	@packaging/setup.sh test-system

package: ## the .deb packages of laptop and headquarters, in build/package
	@packaging/setup.sh package

fonts: ## fetch and convert the Chinese fonts (part of setup)
	@packaging/setup.sh env

schema: ## write docs/schema.sql from the schema steps
	@packaging/setup.sh env
	@mkdir -p build && .venv/bin/python -m inspector.store.dump >build/schema.sql && mv build/schema.sql docs/schema.sql

clean: ## remove what was made, except .venv and fonts
	@rm -rf build/day build/day.json build/package .pytest_cache .ruff_cache .hypothesis .coverage
	@find inspector ui tests -name __pycache__ -prune -exec rm -rf {} +
