"""How much a reader takes on before it refuses, so that a hostile or broken file costs bounded time and memory.

The largest authority returns some 20,000 people in about 50 MB; all of England together has about 640,000
EHC plans (DfE, Education, health and care plans, January 2025).
"""

from __future__ import annotations

from typing import Final

MEGABYTE: Final = 1_000_000

FILE_BYTES: Final = 1_000 * MEGABYTE
"""Largest file, or member of a zip file, that is read."""

RECORD_BYTES: Final = 8 * MEGABYTE
"""Most of an XML file that may pass without the end of a Person."""

PROLOG_BYTES: Final = MEGABYTE
"""Most that may stand before the first element of an XML file."""

RECORDS: Final = 3_000_000
"""Most records of one table."""

FAULTS: Final = 200_000
"""Most places with a fault of the file itself, before it is taken not to be a SEN2 return at all."""

FAULT_KINDS: Final = 1_000
"""Most kinds of such fault."""

RESUMES: Final = 50
"""Most times that reading goes on with the next person after a place that is not XML."""

SPELLINGS: Final = 1_000
"""Most spellings of the names in one kind of record that are remembered."""

SHOWN: Final = 20
"""Places of one kind of fault that are reported each on its own; the rest are counted."""

VALUE: Final = 100
"""Most characters of a value that are shown in a fault."""
