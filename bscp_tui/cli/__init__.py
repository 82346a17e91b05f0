"""The command line: every screen has a command that does the same, in plain text."""
