"""Names, numbers and backgrounds for made-up people."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from rightplace.example import days, figures, words
from rightplace.example.figures import rate
from rightplace.example.kinds import EARLY_YEARS, NEEDS, Floats, Ints
from rightplace.example.life.asking import EXPORT
from rightplace.example.life.drawing import chosen
from rightplace.example.life.ledger import Lives
from rightplace.example.world import World
from rightplace.vocabulary.identifier import UPN_LETTERS

_PSEUDO_AUTHORITY: Final = "001"
"""Start of the numbers' digits: a code that stands for no authority."""
_ULN_WEIGHTS: Final = np.arange(10, 1, -1)
_UPN_WEIGHTS: Final = np.arange(2, 14)
_SURNAMES: Final = [start + end for start in words.SURNAME_STARTS for end in words.SURNAME_ENDS]


def identify(lives: Lives, world: World) -> pl.DataFrame:
    """One row a person: ``person``, birth date, sex, ethnicity, names, postcode and numbers.

    ``numbered`` is the day from which the UPN or ULN is known; ``no_number`` the SEN2 reason given before it, or always
    where ``numbered`` is null.
    """
    draw = world.draw("identity")
    count = len(lives.people)
    birth = lives.people["birth"]
    boy = chosen(draw, _boys()[lives.people["need"]], count)
    forename = np.where(boy, _words(draw, words.BOYS, count), _words(draw, words.GIRLS, count))
    ethnicity = figures.table("ethnicity").frame
    which_ethnicity = draw.choice(len(ethnicity), size=count, p=_shares(ethnicity["plans"].to_numpy()))
    home = lives.people["home"]
    posted = draw.integers(0, len(world.land.postcodes[0]), count)
    postcodes = np.array(world.land.postcodes, dtype=object)
    return pl.DataFrame(
        {
            "person": np.arange(count),
            "birth_date": days.column(birth),
            "sex": np.where(boy, "M", "F"),
            "ethnicity": ethnicity["ethnicity"].gather(which_ethnicity),
            "surname": pl.Series(_words(draw, _SURNAMES, count), dtype=pl.String),
            "forename": pl.Series(forename, dtype=pl.String),
            "postcode": pl.Series(postcodes[home, posted], dtype=pl.String),
            "home": home,
            **_numbers(lives, draw, birth),
        }
    )


def _numbers(lives: Lives, draw: np.random.Generator, birth: Ints) -> dict[str, pl.Series]:
    count = len(birth)
    known = np.minimum(_first_school_day(lives, count), days.birthday(birth, 5))
    planned = np.zeros(count, dtype=bool)
    planned[lives.plans["person"]] = True
    assessed = np.zeros(count, dtype=bool)
    assessed[lives.requests["person"][(lives.requests["result"] > 0) | (lives.requests["outcome"] == EXPORT)]] = True
    early = ~planned & chosen(draw, 0.5, count)
    known = np.where(early, birth + 300, known)
    never = planned & chosen(draw, rate("never_numbered"), count)
    no_action = ~planned & ~assessed & chosen(draw, rate("no_number_before_a_request_ended"), count)
    arrived = np.full(count, days.NEVER)
    arrived[lives.plans["person"]] = lives.plans["arrived"]
    grown = days.birthday(birth, 16)
    learner_only = (arrived > grown) & chosen(draw, 0.15, count)
    reason = np.where(never, np.where(grown < days.of(2022, 1, 1), "UN9", "UN2"), np.where(no_action, "UN10", "UN1"))
    return {
        "upn": pl.Series(upns(count), dtype=pl.String).set(pl.Series(learner_only), None),
        "uln": pl.Series(ulns(count), dtype=pl.String),
        "learner_from": days.column(grown),
        "numbered": days.column(np.where(never, days.NEVER, known)),
        "no_number": pl.Series(reason, dtype=pl.String),
    }


def upns(count: int) -> list[str]:
    """``count`` different permanent UPNs with right check letters."""
    serial = np.arange(count)
    digits = np.zeros((count, 12), dtype=np.int64)
    digits[:, :3] = [int(digit) for digit in _PSEUDO_AUTHORITY]
    # Nine digits are left: an establishment of 4, a year of 2 and a serial of 3.
    for place in range(9):
        digits[:, 11 - place] = serial // 10**place % 10
    letters = np.array(list(UPN_LETTERS))[(digits * _UPN_WEIGHTS).sum(axis=1) % len(UPN_LETTERS)]
    return [
        letter + _PSEUDO_AUTHORITY + f"{number:09d}"
        for letter, number in zip(letters.tolist(), serial.tolist(), strict=True)
    ]


def ulns(count: int) -> list[str]:
    """``count`` different ULNs with right check digits."""
    stems = 980_000_000 + np.arange(int(count * 1.2) + 20)
    digits = stems[:, None] // 10 ** np.arange(8, -1, -1) % 10
    rest = (digits * _ULN_WEIGHTS).sum(axis=1) % 11
    usable = rest != 0
    return [
        f"{stem}{10 - last}"
        for stem, last in zip(stems[usable][:count].tolist(), rest[usable][:count].tolist(), strict=True)
    ]


def _first_school_day(lives: Lives, count: int) -> Ints:
    """The first day each person is known at a setting with a number, or a day far ahead."""
    out = np.full(count, days.of(2099, 1, 1))
    stays = lives.placements["kind"] != EARLY_YEARS
    stays &= lives.placements["setting"] >= 0
    person = lives.plans["person"][lives.placements["plan"][stays]]
    np.minimum.at(out, person, lives.placements["entry"][stays])
    return out


@lru_cache(maxsize=1)
def _boys() -> Floats:
    frame = figures.table("need_by_sex").frame
    counts = {str(row["sex"]): np.array([row[str(need)] for need in NEEDS], dtype=float) for row in frame.to_dicts()}
    return np.asarray(counts["M"] / (counts["M"] + counts["F"]))


def _words(draw: np.random.Generator, choices: list[str], count: int) -> npt.NDArray[np.object_]:
    return np.array(choices, dtype=object)[draw.integers(0, len(choices), count)]


def _shares(counts: Ints) -> Floats:
    return np.asarray(counts / counts.sum(), dtype=np.float64)
