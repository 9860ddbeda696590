"""The work of a run over England on a Dask cluster."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from rightplace.errors import UserError
from rightplace.forecast.england import authority
from rightplace.forecast.england.authority import Done, Task
from rightplace.forecast.england.processes import alone
from rightplace.forecast.published.evidence import Grounds

_SECONDS: Final = 30
_AGAIN: Final = 2
"""How often a task whose worker was lost is tried again, besides what Dask does of itself."""


def each(tasks: Sequence[Task], grounds: Grounds, *, address: str) -> Iterator[Done]:
    """The results of tasks as they finish, by the workers of the cluster at ``address`` (``tcp://host:8786``).

    Every worker needs the same version of Rightplace. Raises ``UserError`` where the library ``distributed`` is not installed or no
    cluster answers.
    """
    try:
        import distributed
    except ImportError:
        raise UserError(
            "Work on a cluster needs the library distributed, which is not installed.",
            where="--cluster",
            action='Install it (pip install "rightplace[cluster]"), or use --workers on this machine.',
        ) from None
    library: Any = distributed
    client = _client(library.Client, address)
    try:
        shared = client.scatter(grounds, broadcast=True)
        running = {client.submit(alone, task, shared, pure=False, retries=_AGAIN): task for task in tasks}
        for finished in library.as_completed(list(running), loop=client.loop):
            task = running.pop(finished)
            yield _result(finished, task)
            finished.release()
    finally:
        client.close()


def _client(kind: Any, address: str) -> Any:
    try:
        return kind(address, timeout=_SECONDS, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise UserError(
            f"No Dask cluster answers at {address}.",
            where="--cluster",
            action="Give the address its scheduler prints when it starts, like tcp://10.0.0.5:8786.",
        ) from error


def _result(finished: Any, task: Task) -> Done:
    """What a worker gave back; where it was lost each time, why."""
    error = finished.exception()
    if error is not None:
        return authority.failed(task, f"The cluster could not do it: {str(error) or type(error).__name__}")
    done: Done = finished.result()
    return done
