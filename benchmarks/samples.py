"""People simulated and written per second, and the memory it takes. ``python benchmarks/samples.py [PERSONS]``."""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

from frise_analysis.simulation.bundle_files import write_bundle
from frise_analysis.simulation.calibration import EXTRACTION
from frise_analysis.simulation.populations import Population


def main(persons: int) -> None:
    """Write one bundle of each population and print what it took."""
    for name in ("service", "convicted"):
        with tempfile.TemporaryDirectory() as directory:
            out = Path(directory)
            start, computing = time.perf_counter(), time.process_time()
            write_bundle(out / "lot", out / "verite", Population(name, 1, EXTRACTION), persons)
            seconds, computing = time.perf_counter() - start, time.process_time() - computing
            size = sum(path.stat().st_size for path in out.rglob("*.csv")) / 1e6
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        sys.stdout.write(
            f"{name:<10} {persons} personnes, {seconds:.1f} s (dont {computing:.1f} s de calcul), "
            f"{persons / seconds:.0f} personnes/s, "
            f"{size:.0f} Mo écrits, {memory:.0f} Mo de mémoire au plus\n"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
