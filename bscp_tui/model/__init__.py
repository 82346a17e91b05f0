"""What is recorded: one file a kind; pure values, no input or output."""
