"""Synthetic registers of a wanted size, made with plain git; for measuring only."""

import subprocess
from pathlib import Path

ACTION = """number = "{number}"
title = "Synthetic action {number}"
text = "{text}"
outcomes = [
    "{text}",
]
audience = "public"

[[key_actions]]
id = "k{index:03}"
number = 1
title = "Synthetic key action"
text = "{text}"
status = "not-started"
target = 2026-03-31
"""
TEXT = "A sentence of ordinary length about work that partners do together. " * 8
A_FOLDER = 100


def git(folder: Path, *arguments: str) -> str:
    """Run git as a person would and return what it prints."""
    done = subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout


def make(folder: Path, records: int) -> list[str]:
    """Make a register of ``records`` actions, a hundred a plan; return their references."""
    base = folder / "records"
    base.mkdir(parents=True)
    (base / "bscp.toml").write_text(
        'layout = 1\nname = "Synthetic"\ncurrent_plan = "p000"\ntime_zone = "Europe/London"\n'
    )
    (folder / ".gitattributes").write_text("* -text\n")
    refs = []
    for index in range(records):
        plan, place = f"p{index // A_FOLDER:03}", index % A_FOLDER
        number = f"{place // 10 + 1}.{place % 10 + 1}"
        path = base / "plans" / plan / "actions" / f"{number}.toml"
        if place == 0:
            path.parent.mkdir(parents=True)
            (path.parent.parent / "plan.toml").write_text(f'title = "Synthetic plan {plan}"\nstatus = "published"\n')
        path.write_text(ACTION.format(number=number, text=TEXT.strip(), index=index % 1000))
        refs.append(f"{plan}/{number}.1")
    git(folder, "init", "-q", "-b", "main")
    git(folder, "config", "user.name", "Bench")
    git(folder, "config", "user.email", "bench@example.org")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Synthetic register")
    return refs
