"""Commands for those who work on Fossae."""
