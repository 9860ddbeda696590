"""Every kind of mistake that can be planted, in the order they are planted."""

from __future__ import annotations

from itertools import zip_longest
from typing import Final

from rightplace.example.faults.attending import ATTENDING
from rightplace.example.faults.fault import Fault
from rightplace.example.faults.people import PEOPLE
from rightplace.example.faults.plans import PLANS
from rightplace.example.faults.requests import REQUESTS

FAULTS: Final[tuple[Fault, ...]] = tuple(
    fault for group in zip_longest(PEOPLE, REQUESTS, PLANS, ATTENDING) for fault in group if fault is not None
)
"""Kinds of mistake, one of each part of the return in turn, so that a few mistakes are of many kinds."""
