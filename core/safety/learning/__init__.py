"""What learns rules from texts: two kinds of networks, in numpy, and what they read of a text."""
