"""What a command says of words that it cannot use."""


class UsageError(ValueError):
    """The command was given something that it cannot use; the message says what is allowed."""
