"""What moderators and proposers are shown."""
