"""Fossae on Telegram, end to end: the real client against a fake platform."""
