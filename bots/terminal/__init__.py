"""The keyboard as a platform: the reference adapter, the demo, the author's preview."""
