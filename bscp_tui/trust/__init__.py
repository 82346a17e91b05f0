"""Trust: who signed what, whether they might, and whether the history is the one that was seen before."""
