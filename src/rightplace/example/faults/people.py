"""Mistakes in who a person is."""

from __future__ import annotations

from typing import Final

from rightplace.example.faults.fault import Fault, Row, c, has, in_year, moved, same, to
from rightplace.vocabulary.identifier import UPN_LETTERS, upn_check_letter

_NOT_AN_AUTHORITY: Final = "006"
_PLAN: Final = has("namedplan_row")


def _wrong_letter(row: Row) -> str:
    upn = str(row["p_upn"])
    return UPN_LETTERS[(UPN_LETTERS.index(upn[0]) + 7) % len(UPN_LETTERS)] + upn[1:]


def _elsewhere(row: Row) -> str:
    digits = _NOT_AN_AUTHORITY + str(row["p_upn"])[4:]
    return upn_check_letter(digits) + digits


def _temporary(row: Row) -> str:
    digits = str(row["p_upn"])[1:12] + "B"
    return upn_check_letter(digits) + digits


def _wrong_digit(row: Row) -> str:
    uln = str(row["p_uln"])
    return uln[:-1] + str((int(uln[-1]) + 3) % 10)


PEOPLE: Final = (
    Fault(rule="P01", what="The forename is missing.", where=has("p_upn"), changes={"p_forename": to(None)}),
    Fault(rule="P01", what="The ethnicity is missing.", where=has("p_upn"), changes={"p_ethnicity": to(None)}),
    Fault(rule="P02", what="The sex is X.", where=has("p_upn"), changes={"p_sex": to("X")}, first=2024),
    Fault(rule="P02", what="The gender is 5.", where=has("p_upn"), changes={"p_gender_current": to("5")}, last=2023),
    Fault(rule="P03", what="The ethnicity is not a code.", where=has("p_upn"), changes={"p_ethnicity": to("ZZZZ")}),
    Fault(rule="P04", what="Born after census day.", where=has("p_upn") & ~_PLAN, changes={"p_birth_date": in_year(0, "04-01")}),
    Fault(rule="P05", what="Has an active plan at 27.", where=has("p_upn") & c("active") & (c("age") > 20), changes={"p_birth_date": in_year(28, "05-05")}),
    Fault(rule="P07", what="The postcode is missing.", where=has("p_upn"), changes={"p_postcode": to(None)}),
    Fault(rule="P08", what="The postcode is not one.", where=has("p_upn"), changes={"p_postcode": to("NOT KNOWN")}),
    Fault(rule="P09", what="Neither a number nor a reason.", where=has("p_upn"), changes={"p_upn": to(None), "p_uln": to(None)}),
    Fault(rule="P10", what="A reason for no number beside a UPN.", where=has("p_upn"), changes={"p_upn_unknown": to("UN5")}),
    Fault(rule="P11", what="The reason for no number is not a code.", where=has("p_upn"), changes={"p_upn": to(None), "p_uln": to(None), "p_upn_unknown": to("UN4")}),
    Fault(rule="P12", what="Not yet given a UPN, at 7 or older.", where=has("p_upn") & (c("age") > 7), changes={"p_upn": to(None), "p_uln": to(None), "p_upn_unknown": to("UN1")}),
    Fault(rule="P13", what="A young person's reason, under 16.", where=has("p_upn") & (c("age") < 15), changes={"p_upn": to(None), "p_uln": to(None), "p_upn_unknown": to("UN9")}),
    Fault(rule="P14", what="No further action, yet there is a plan.", where=has("p_upn") & _PLAN, changes={"p_upn": to(None), "p_uln": to(None), "p_upn_unknown": to("UN10")}),
    Fault(rule="P16", what="The UPN is a character short.", where=has("p_upn"), changes={"p_upn": lambda row: str(row["p_upn"])[:-1]}),
    Fault(rule="P16", what="The UPN is in lower case.", where=has("p_upn"), changes={"p_upn": lambda row: str(row["p_upn"]).lower()}),
    Fault(rule="P17", what="The UPN has the wrong check letter.", where=has("p_upn"), changes={"p_upn": _wrong_letter}),
    Fault(rule="P18", what="The UPN is of no authority.", where=has("p_upn"), changes={"p_upn": _elsewhere}),
    Fault(rule="P19", what="The UPN is another person's.", where=has("p_upn", "other_p_upn"), changes={"p_upn": same("other_p_upn")}, other=True),
    Fault(rule="P20", what="The UPN is a temporary one.", where=has("p_upn"), changes={"p_upn": _temporary}),
    Fault(rule="P21", what="The ULN has the wrong check digit.", where=has("p_upn", "p_uln"), changes={"p_uln": _wrong_digit}),
    Fault(rule="P22", what="The ULN is another person's.", where=has("p_upn", "p_uln", "other_p_uln"), changes={"p_uln": same("other_p_uln")}, other=True),
    Fault(
        rule="P23", what="The same person under two numbers.", where=has("p_upn", "other_p_upn"), other=True,
        changes={f"p_{item}": same(f"other_p_{item}") for item in ("surname", "forename", "birth_date", "postcode")},
    ),
    Fault(rule="P24", what="The person has no request.", where=has("p_upn") & ~_PLAN, table="requests", act="remove"),
    Fault(rule="V01", what="The date of birth is day first.", where=has("p_upn") & ~_PLAN, changes={"p_birth_date": lambda row: "/".join(reversed(str(row["p_birth_date"]).split("-")))}),
    Fault(rule="R10", what="The request is older than the person.", where=has("p_upn") & (c("r_request_outcome") == "N"), changes={"r_received_date": moved("p_birth_date", -90)}),
)  # fmt: skip
"""Mistakes in people's names, dates of birth and numbers. Most need a UPN, so that what is found can be told apart."""
