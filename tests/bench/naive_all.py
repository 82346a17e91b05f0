"""The plainest way to read all records: open, parse with the standard library, validate by kind; nothing else."""

import sys
import tomllib
from pathlib import Path

from bscp_tui.model.kinds import place_of

root = Path(sys.argv[1])
count = 0
for path in root.rglob("*.toml"):
    place = place_of(path.relative_to(root).as_posix())
    if place is not None:
        place[0].model.model_validate(tomllib.loads(path.read_text()))
        count += 1
print(count)
