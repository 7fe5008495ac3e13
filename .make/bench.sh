#!/usr/bin/env bash
# Measures: the domain rules, accepted visits and look-ups per second. No tests, nothing fails by time.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
.make/setup.sh rust postgres
trap stop_postgres EXIT
start_postgres
say "the domain's rules"
cargo bench ${CARGO_FLAGS:-} -p case_core --bench rules
say "accepted visits and look-ups, on SQLite and on PostgreSQL"
HUIYIN_TEST_POSTGRES=$POSTGRES_URL cargo bench ${CARGO_FLAGS:-} -p huiyin --bench throughput
