"""The shapes of tables that are read: one file a shape."""
