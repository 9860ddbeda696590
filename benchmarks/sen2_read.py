"""Time and memory of reading a SEN2 XML return: ``python benchmarks/sen2_read.py [--people N] [FILE.xml]``.

Without a file, one of N made-up people is written first, in turn with a plan, a ceased plan, a refusal and a request
still open. Each way of reading runs in a process of its own, three times; the best time and the largest memory are
shown. Target: reading at most 2.5 times a bare lxml parse of the same file, within 1.5 GB for 100,000 people.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from string import Template

HEADER = """<?xml version="1.0" encoding="UTF-8"?>
<Message>
  <Header>
    <CollectionDetails>
      <Collection>SEN2</Collection>
      <Year>2026</Year>
      <ReferenceDate>2026-01-15</ReferenceDate>
    </CollectionDetails>
    <Source>
      <LEA>330</LEA>
    </Source>
  </Header>
  <Persons>
"""
PERSON = Template("""<Person>
<Surname>Surname$n</Surname>
<Forename>Forename</Forename>
<PersonBirthDate>$year-0$digit-1$digit</PersonBirthDate>
<Sex>F</Sex>
<Ethnicity>WBRI</Ethnicity>
<PostCode>ZZ$digit 1ZZ</PostCode>
<UPN>N$number</UPN>
$requests</Person>
""")
OPEN = """<Requests>
<ReceivedDate>2025-11-03</ReceivedDate>
<RequestSource>2</RequestSource>
<RYA>0</RYA>
<RequestOutcome>A</RequestOutcome>
</Requests>
"""
REFUSED = OPEN.replace("<RequestOutcome>A", "<RequestOutcomeDate>2025-12-09</RequestOutcomeDate>\n<RequestOutcome>N")
SETTING = """<URN>10$number</URN>
<PlacementRank>1</PlacementRank>
"""
INDICATORS = """<SENunitIndicator>0</SENunitIndicator>
<ResourcedProvisionIndicator>1</ResourcedProvisionIndicator>
"""
PLAN = f"""<Requests>
<ReceivedDate>2025-02-03</ReceivedDate>
<RequestSource>2</RequestSource>
<RYA>0</RYA>
<RequestOutcomeDate>2025-03-14</RequestOutcomeDate>
<RequestOutcome>Y</RequestOutcome>
<RequestMediation>0</RequestMediation>
<RequestTribunal>0</RequestTribunal>
<Assessment>
<AssessmentOutcome>Y</AssessmentOutcome>
<AssessmentOutcomeDate>2025-06-20</AssessmentOutcomeDate>
<AssessmentMediation>0</AssessmentMediation>
<AssessmentTribunal>0</AssessmentTribunal>
<OtherMediation>0</OtherMediation>
<OtherTribunal>0</OtherTribunal>
<Week20>0</Week20>
<NamedPlan>
<StartDate>2025-06-20</StartDate>
<PlanDetail>
{SETTING}{INDICATORS}</PlanDetail>
<PB>0</PB>
<OA>0</OA>
$ceased</NamedPlan>
</Assessment>
<ActivePlans>
<PlacementDetail>
{SETTING}<EntryDate>2025-09-03</EntryDate>
{INDICATORS}</PlacementDetail>
<SENneed>
<SENtype>ASD</SENtype>
<SENtypeRank>1</SENtypeRank>
</SENneed>
<SENneed>
<SENtype>SLCN</SENtype>
<SENtypeRank>2</SENtypeRank>
</SENneed>
<ReviewMeeting>2025-11-11</ReviewMeeting>
<ReviewOutcome>M</ReviewOutcome>
<LastReview>2025-11-28</LastReview>
</ActivePlans>
</Requests>
"""
CEASED = "<CeaseDate>2025-12-01</CeaseDate>\n<CeaseReason>4</CeaseReason>\n"
KINDS = (*[PLAN] * 7, PLAN, PLAN, REFUSED + PLAN, REFUSED, OPEN)
RUNS = 3


def write_people(path: Path, people: int) -> None:
    """A file of made-up people, indented as systems indent."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(HEADER)
        for n in range(people):
            numbers = {"n": n, "number": f"{n:012}"[-4:] * 3, "year": 2005 + n % 15, "digit": 1 + n % 9}
            ceased = CEASED if n % len(KINDS) == 0 else ""
            requests = Template(KINDS[n % len(KINDS)]).substitute(numbers, ceased=ceased)
            file.write(PERSON.substitute(numbers, requests=requests).replace("<", "      <"))
        file.write("  </Persons>\n</Message>\n")


def bare(path: Path) -> None:
    """A bare parse: every Person met and thrown away."""
    from lxml import etree

    for _, element in etree.iterparse(str(path), events=("end",), tag="Person"):
        element.clear()


def whole(path: Path) -> None:
    """The whole tree in memory."""
    from lxml import etree

    etree.parse(str(path))


def ours(path: Path) -> None:
    """The return as nine frames, with lines."""
    from rightplace.returns.sen2.xml_reader import read_xml

    read_xml(path)


WAYS: dict[str, Callable[[Path], None]] = {"bare": bare, "whole": whole, "ours": ours}


def one(way: str, path: Path) -> None:
    """Read once, in this process, and print seconds and megabytes."""
    start = time.perf_counter()
    WAYS[way](path)
    print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3)


def measure(way: str, path: Path) -> tuple[float, float]:
    """Best seconds and largest megabytes of several runs, each in a new process."""
    runs = []
    for _ in range(RUNS):
        done = subprocess.run(
            [sys.executable, __file__, "--one", way, str(path)], check=True, capture_output=True, text=True
        )
        seconds, megabytes = map(float, done.stdout.split())
        runs.append((seconds, megabytes))
    return min(seconds for seconds, _ in runs), max(megabytes for _, megabytes in runs)


def main() -> None:
    """Make or take a file, measure the ways of reading it and print them as a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--one", choices=WAYS, help=argparse.SUPPRESS)
    parser.add_argument("file", nargs="?", type=Path)
    arguments = parser.parse_args()
    if arguments.one:
        one(arguments.one, arguments.file)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = arguments.file or Path(folder) / "people.xml"
        if arguments.file is None:
            write_people(path, arguments.people)
        print(f"{path.name}: {path.stat().st_size / 1e6:.0f} MB")
        figures = {way: measure(way, path) for way in WAYS}
    for way, (seconds, megabytes) in figures.items():
        about = (WAYS[way].__doc__ or "").rstrip(".")
        ratio = seconds / figures["bare"][0]
        print(f"{about:52s} {seconds:6.2f} s  {ratio:5.2f} times a bare parse  {megabytes:6.0f} MB")


if __name__ == "__main__":
    main()
