"""House style: read from the partnership's own file, checked, recorded, and put on reports."""
