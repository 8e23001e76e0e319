"""Packs: everything a person can be told, as data with an address for every mistake."""
