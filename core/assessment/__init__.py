"""A guided check as a pure function of its answers, and the proof over every path through it."""
