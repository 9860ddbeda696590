"""What people see in the terminal: tables, sentences and true progress."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    import polars as pl
    from rich.console import Console
    from rich.progress import Progress as Bar
    from rich.progress import TaskID


def console(*, errors: bool = False) -> Console:
    """A console that respects NO_COLOR and does not wrap when its output is not a terminal."""
    from rich.console import Console

    terminal = (sys.stderr if errors else sys.stdout).isatty()
    return Console(stderr=errors, highlight=False, soft_wrap=not terminal, width=None if terminal else 120)


def table(frame: pl.DataFrame, title: str) -> None:
    """Print a frame as a table: text to the left, numbers to the right, nothing for null."""
    from rich import box
    from rich.table import Table

    shown = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for name, dtype in frame.schema.items():
        shown.add_column(name.replace("_", " "), justify="right" if dtype.is_numeric() else "left", overflow="fold")
    for row in frame.iter_rows():
        shown.add_row(*(_cell(name, value) for name, value in zip(frame.columns, row, strict=True)))
    console().print(shown)


def say(*lines: str) -> None:
    """Print sentences, as they are."""
    console().print("\n".join(lines), markup=False)


class Shown:
    """Progress on the screen, for use as ``with Shown() as progress``.

    A bar on a terminal; elsewhere a line when a piece of work starts, and one each tenth of it.
    """

    def __init__(self) -> None:
        self._bar: Bar | None = None
        self._task: TaskID | None = None
        self._what = ""
        self._tenth = -1

    def __enter__(self) -> Self:
        """Start showing."""
        if sys.stderr.isatty():
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

            self._bar = Progress(
                TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
                console=console(errors=True),
            )  # fmt: skip
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop showing."""
        if self._bar:
            self._bar.stop()

    def __call__(self, done: int, asked: int, what: str) -> None:
        """Show that ``done`` of ``asked`` steps of ``what`` are finished."""
        if self._bar:
            self._on_bar(self._bar, done, asked, what)
        else:
            self._as_lines(done, asked, what)
        self._what = what

    def _on_bar(self, bar: Bar, done: int, asked: int, what: str) -> None:
        if self._task is None or what != self._what:
            self._task = bar.add_task(what[:1].upper() + what[1:], total=asked)
        bar.update(self._task, completed=done, total=asked)

    def _as_lines(self, done: int, asked: int, what: str) -> None:
        tenth = 10 * done // max(asked, 1)
        if what != self._what or tenth > self._tenth:
            sys.stderr.write(f"{what}: {done:,} of {asked:,}\n")
            self._tenth = tenth


def _cell(column: str, value: object) -> str:
    if value is None:
        return ""
    return f"{value:,}" if isinstance(value, int) and not column.endswith("year") else str(value)
