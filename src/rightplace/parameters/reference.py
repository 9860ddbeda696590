"""The reference page of all parameters, written from the parameters themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from rightplace.parameters import store
from rightplace.parameters.parameter import Parameter, Scalar, Value


def markdown(parameters: Iterable[Parameter] | None = None) -> str:
    """A page in Markdown: a section for each subject and in it each parameter with its dated values.

    By default every parameter of the package, in the order of the files. The same parameters
    give the same bytes.
    """
    chosen = store.all_parameters().values() if parameters is None else parameters
    return "\n".join(_lines(chosen)) + "\n"


def _lines(parameters: Iterable[Parameter]) -> Iterator[str]:
    yield "# Parameters"
    yield ""
    yield "Every dated fact of law, price and policy that Rightplace uses, from which date it holds, and where it comes"
    yield "from. *Not verified* means that the source was not read at first hand: check it before you rely on it."
    yield "This page is generated from the parameter files."
    for subject, members in groupby(parameters, key=lambda parameter: parameter.subject):
        yield from ("", f"## {subject}")
        for parameter in members:
            yield from _section(parameter)


def _section(parameter: Parameter) -> Iterator[str]:
    yield from ("", f"### {parameter.label}", "")
    yield f"`{parameter.name}`, in {parameter.unit}. Set by: {parameter.owner}."
    yield from ("", "| From | Value | Status | Source |", "| --- | --- | --- | --- |")
    for value in parameter.values:
        yield f"| {value.from_date} | {shown(value)} | {value.status} | {_source(value)} |"
    notes = [f"From {value.from_date}: {value.note}" for value in parameter.values if value.note]
    if notes:
        yield ""
        yield from (f"- {note}" for note in notes)


def shown(value: Value) -> str:
    """A value as a reader sees it: with thousands separated and its range, or "repealed"."""
    if value.value is None:
        return "repealed"
    text = _number(value.value)
    if value.low is None and value.high is None:
        return text
    low = "" if value.low is None else _number(value.low)
    high = "" if value.high is None else _number(value.high)
    return f"{text} (range {low} to {high})"


def _number(value: Scalar) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else f"{value:,}"


def _source(value: Value) -> str:
    return f"[{value.source_title}]({value.source_link})" + ("" if value.verified else ", *not verified*")
