#!/usr/bin/env bash
# The simulation of the offline engine: whole phones over a made-up server, network, disk, clock and power
# switch, ruled by one seed. SEED=n replays one and shows what happened; SEEDS=n (default 1000) runs so
# many and prints the counts. `make test` runs a short form.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
.make/setup.sh rust
if [ -n "${SEED:-}" ]; then
    export SIM_SEED=$SEED
    say "the simulation, seed $SEED"
else
    export SIM_SEEDS=${SEEDS:-1000}
    say "the simulation, $SIM_SEEDS seeds"
fi
exec cargo test ${CARGO_FLAGS:-} -p case_offline --lib -- simulation --nocapture
