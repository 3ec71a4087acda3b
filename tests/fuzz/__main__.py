"""Damages files for as long as it is told, and stops at the first that is not read or refused well.

python -m tests.fuzz --minutes=10
"""

import argparse
import pathlib
import sys
import time

from tqdm import tqdm

from tests.fuzz.readers import Fault, ReaderFuzz


def main():
    """Runs the fuzz; the file of a fault stays in the folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=None, help="default: the time")
    parser.add_argument("--folder", type=pathlib.Path, default=pathlib.Path("build/fuzz"))
    parser.add_argument("--keep_going", action="store_true", help="collect faults, do not stop")
    arguments = parser.parse_args()
    seed = int(time.time()) if arguments.seed is None else arguments.seed
    fuzz, faults = ReaderFuzz(arguments.folder, seed), 0
    end = time.monotonic() + 60 * arguments.minutes
    print(f"seed {seed}")
    with tqdm(unit=" files") as bar:
        while time.monotonic() < end:
            try:
                fuzz.step()
            except Fault as fault:
                faults += 1
                print(f"\n{fault}")
                if not arguments.keep_going:
                    break
            bar.update()
    for outcome, count in sorted(fuzz.outcomes.items()):
        print(f"{count:8,} {outcome}")
    print(f"{faults} faults")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
