"""The register on disk: TOML files, commits, locks, recovery; the only importer of git."""
