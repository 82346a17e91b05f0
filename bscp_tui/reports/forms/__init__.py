"""The forms that a report takes: one file a form, all written from one paper."""
