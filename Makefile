# Thin on purpose: the work is done by the scripts in .make/.
.PHONY: help run test bench setup

help:
	@echo "make run     everything that is missing, then the server on http://127.0.0.1:3000 (DEMO=0: without the demo county)"
	@echo "make test    all tests; the last line says how many passed and failed"
	@echo "make bench   measurements"

run:
	@.make/run.sh

test:
	@.make/test.sh

bench:
	@.make/bench.sh

# Only installs what is missing.
setup:
	@.make/setup.sh rust wasm browser browsers postgres
