"""What Fossae promises, as short conversations and short files."""
