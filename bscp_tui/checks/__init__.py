"""Plausibility: what a careful scrutineer would ask about, found by small rules that only look."""
