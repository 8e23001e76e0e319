"""The core: content, dialogue, matching and safety, without any platform."""
