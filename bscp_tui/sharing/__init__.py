"""Sharing a register: joining, sending and receiving, merging by field, backing up."""
