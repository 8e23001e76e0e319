"""Adapters: each translates one platform into requests, and replies into that platform."""
