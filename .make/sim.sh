#!/usr/bin/env bash
# The simulation (server/simulation): whole phones against the whole server over a made-up line, made-up
# disks, clocks and power switches, ruled by one seed. SEED=n replays one and tells everything that
# happens; SEEDS=n (default 200) runs so many on all cores and prints the counts. FIRST=n: from that
# seed on; THREADS=n: on so many cores. `make test` runs a short form.
#
# Built once more, with all that the compiler can do: it runs for minutes or for nights.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
.make/setup.sh rust
say "building the simulation (the first time takes several minutes)"
cargo build ${CARGO_FLAGS:-} --profile sim -p huiyin_sim
if [ -n "${SEED:-}" ]; then
    say "seed $SEED"
else
    export SEEDS=${SEEDS:-200}
    say "$SEEDS seeds"
fi
exec "$TARGET/sim/huiyin_sim"
