"""Reports: a snapshot in, tables out; pure."""
