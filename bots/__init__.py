"""Adapters: each translates one platform into requests, and replies into that platform."""

import os

# numpy's threads wait for one another: where the machine is busy, that makes a question slower, not faster.
# Read when numpy is first loaded, so it is said before anything of ours is.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
