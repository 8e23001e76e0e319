"""Discord: interactions become requests, replies become embeds and buttons."""
