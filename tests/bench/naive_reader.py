"""The plainest way to read all actions: open, parse with the standard library, validate; nothing else."""

import sys
import tomllib
from pathlib import Path

from bscp_tui.model.action import Action

found = [Action.model_validate(tomllib.loads(path.read_text())) for path in Path(sys.argv[1]).rglob("actions/*.toml")]
print(len(found))
