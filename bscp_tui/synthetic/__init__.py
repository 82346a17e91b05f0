"""Registers that are invented from a seed, for training and measuring; marked as synthetic everywhere."""
