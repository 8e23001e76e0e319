"""Telegram: updates become requests, replies become HTML and inline keyboards."""

import os

# The library's own switch to durations: without it, each look at one is a DeprecationWarning.
os.environ["PTB_TIMEDELTA"] = "1"
