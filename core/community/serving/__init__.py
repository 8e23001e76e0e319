"""The engine that answers in a community."""
