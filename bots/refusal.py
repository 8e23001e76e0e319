"""What an operator is told when a platform does not let the bot in."""


class Refused(Exception):
    """A platform refused the bot; the message says why and how to mend it."""
