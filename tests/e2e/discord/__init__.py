"""Fossae on Discord, end to end: the real client against a fake platform."""
