"""What is recorded: one file a kind; pure values, no input or output."""

import os

# Pydantic looks for plugins of other packages when it is imported, which takes longer than our models do.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
