# Thin on purpose: the work is done by the scripts in .make/.
.PHONY: help run test sim soak bench setup

help:
	@echo "make run     everything that is missing, then the server on http://127.0.0.1:3000 (DEMO=0: without the demo county)"
	@echo "make test    all tests; the last line says how many passed and failed"
	@echo "make sim     the simulation: SEEDS=n runs so many and prints the counts, SEED=n replays one"
	@echo "make soak    the long fault test: 100,000 submissions in a storm (SOAK=n, SEED=n)"
	@echo "make bench   measurements"

run:
	@.make/run.sh

test:
	@.make/test.sh

sim:
	@.make/sim.sh

soak:
	@.make/soak.sh

bench:
	@.make/bench.sh

# Only installs what is missing.
setup:
	@.make/setup.sh rust wasm browser browsers postgres
