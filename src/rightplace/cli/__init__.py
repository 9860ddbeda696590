"""The commands: each reads its words, calls one thing and shows what came of it."""

from rightplace.cli.entry import main

__all__ = ["main"]
