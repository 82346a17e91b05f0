"""Keep a safeguarding partnership's plans and learning in a git-backed register."""

__version__ = "0.1.0"
