"""Prints numbers that OpenDP draws, for `test_opendp.py`: `opendp_draws.py SCALE MANY`, as JSON.

Runs in the environment of the benchmarks, where OpenDP is installed, and knows nothing of Linnet.
"""

import json
import sys

import opendp.prelude as dp


def main() -> None:
    scale, many = float(sys.argv[1]), int(sys.argv[2])
    dp.enable_features("contrib")
    space = dp.vector_domain(dp.atom_domain(T=int)), dp.l1_distance(T=int)
    json.dump(dp.m.make_laplace(*space, scale=scale)([0] * many), sys.stdout)


if __name__ == "__main__":
    main()
