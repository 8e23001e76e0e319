"""Telegram: updates become requests, replies become HTML and inline keyboards."""
