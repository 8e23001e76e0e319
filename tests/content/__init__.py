"""The packs as they ship."""
