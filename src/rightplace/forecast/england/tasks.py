"""What is asked of the workers of a run over England, and their results as they come, those that belong together together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from rightplace.forecast.england import authority
from rightplace.forecast.england.authority import Done, Task
from rightplace.forecast.england.kept import Kept
from rightplace.forecast.england.mark import mark
from rightplace.forecast.published.evidence import Grounds, National
from rightplace.forecast.scenario.description import Scenario
from rightplace.progress import Progress

Spread = Callable[[Sequence[Task], Grounds], Iterator[Done]]
"""Where the work is done: :func:`here.each`, or ``each`` of ``processes`` or ``cluster`` with their options filled in."""

Which = tuple[str, bool]
"""An authority, and whether under a scenario."""
WHAT: Final = "authorities forecast"


def of(national: National, *, last: int, futures: int, seed: int, scenario: Scenario | None = None) -> list[Task]:
    """A task for each authority, with its own rows and no others."""
    history = national.history.partition_by("la_code", as_dict=True, include_key=False)
    people = national.population.partition_by("la_code", as_dict=True, include_key=False)
    return [
        Task(
            la_code=code,
            history=history.get((code,), national.history.drop("la_code").clear()),
            population=people.get((code,), national.population.drop("la_code").clear()),
            last=last,
            futures=futures,
            seed=seed,
            scenario=scenario,
        )
        for code in national.la_codes
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Groups of tasks to do: a group is all that is asked of one authority, its tasks told apart by whether they have a scenario."""

    groups: Sequence[tuple[Task, ...]]
    grounds: Grounds
    spread: Spread
    kept: Kept
    progress: Progress
    _keys: dict[Which, str] = field(init=False)

    def __post_init__(self) -> None:
        """The mark of every task, to know kept results by."""
        of_england = mark(self.grounds)
        keys = {_which(task): authority.key(task, of_england) for group in self.groups for task in group}
        object.__setattr__(self, "_keys", keys)

    def each(self) -> Iterator[tuple[Done, ...]]:
        """Results of each group in the order of its tasks, as groups are finished: first those that were kept, whole.

        What is new is kept in its turn. No more results are held than those of groups that are begun; one that was kept is read again
        when the rest of its group is there.
        """
        left: list[Task] = []
        count, asked = 0, sum(map(len, self.groups))
        for group in self.groups:
            found = [(task, self._kept(task)) for task in group]
            whole = tuple(one for _, one in found if one is not None)
            left += [task for task, one in found if one is None]
            count += len(whole)
            if len(whole) == len(group):
                yield whole
        self.progress(count, asked, WHAT)
        for group, done in self._new(left):
            count += 1
            if group:
                yield tuple(done.get(_which(task)) or self._kept(task) or self._again(task) for task in group)
            self.progress(count, asked, WHAT)

    def _new(self, left: Sequence[Task]) -> Iterator[tuple[tuple[Task, ...], dict[Which, Done]]]:
        """After each task that is done: its group and the new results of it, once nothing of the group is left; till then nothing."""
        groups = {group[0].la_code: group for group in self.groups}
        missing = Counter(task.la_code for task in left)
        waiting: defaultdict[str, dict[Which, Done]] = defaultdict(dict)
        for done in self.spread(left, self.grounds):
            which = (done.la_code, done.under)
            if done.stock is not None:
                self.kept.put(self._keys[which], done)
            waiting[done.la_code][which] = done
            missing[done.la_code] -= 1
            if missing[done.la_code]:
                yield (), {}
            else:
                yield groups[done.la_code], waiting.pop(done.la_code)

    def _kept(self, task: Task) -> Done | None:
        found = self.kept.get(self._keys[_which(task)])
        return None if found is None else replace(found, under=task.scenario is not None)

    def _again(self, task: Task) -> Done:
        """A kept result that was there at the start and is no more."""
        return next(iter(self.spread([task], self.grounds)))


def _which(task: Task) -> Which:
    return task.la_code, task.scenario is not None
