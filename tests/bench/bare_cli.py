"""The least that a program with the same verbs costs: argparse and nothing else."""

import argparse

parser = argparse.ArgumentParser(prog="bare")
parser.add_argument("--version", action="version", version="bare 1")
commands = parser.add_subparsers(dest="command")
for name in ["init", "list", "show", "set", "status", "add", "withdraw", "history", "report", "trust"]:
    command = commands.add_parser(name, help=name)
    command.add_argument("words", nargs="*")
    for option in ("--reason", "--format", "--out", "--as-of", "--limit"):
        command.add_argument(option)
parser.parse_args()
