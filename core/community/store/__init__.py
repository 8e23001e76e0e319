"""The rows of communities and how they are read and written; what they mean is decided elsewhere."""
