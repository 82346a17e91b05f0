"""From documents to proposed changes: tables are read safely, matched with fields, and shown before they count."""
