"""`make bench`: every benchmark of the house, one after the other. Nothing is asserted; figures are printed."""

from __future__ import annotations

import subprocess
import sys

from tests.load.figures import KEPT

BENCHES = (
    "bench_storage",
    "bench_knowledge",
    "bench_expressions",
    "bench_desk",
    "bench_load",
    "bench_growth",
    "bench_search",
    "bench_panel",
    "bench_devices",
    "bench_backlog",
    "bench_ticket_life",
    "bench_times",
    "bench_telegram",
    "bench_slack",
)


def main() -> int:
    """Each in a process of its own, so that none measures the memory or the warm caches of another."""
    worst = 0
    if not sys.argv[1:]:
        KEPT.unlink(missing_ok=True)  # the report is of one run
    for bench in sys.argv[1:] or BENCHES:
        print(f"\n=== {bench}", flush=True)
        done = subprocess.run([sys.executable, "-m", f"tests.load.{bench}"], check=False)
        worst = max(worst, done.returncode)
    return worst


if __name__ == "__main__":
    sys.exit(main())
