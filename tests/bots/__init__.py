"""What is drawn and heard by the adapters, without a network."""
