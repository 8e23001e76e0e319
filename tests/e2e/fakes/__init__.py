"""Fakes of Discord and Telegram that refuse what the platforms refuse."""
