"""The ledger: who changed what, from what, to what, when and why; read from the commits alone."""
