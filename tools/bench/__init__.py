"""Fossae and its peers on the same questions in one run: `make bench`."""

import os

# Every figure is of one core; numpy reads this once, when it is first imported.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"
