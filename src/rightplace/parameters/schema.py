"""What a parameter file must look like, as pydantic models that refuse anything they do not know."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictFloat, StrictInt, StrictStr, model_validator

from rightplace.parameters.parameter import Parameter, Status, Value

_STRICT = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

Text = Annotated[StrictStr, Field(min_length=1)]
Link = Annotated[StrictStr, Field(pattern=re.compile(r"^https://[a-z0-9-]+(\.[a-z0-9-]+)+(/\S*)?$"))]
Name = Annotated[StrictStr, Field(pattern=r"^[a-z][a-z0-9_]*$")]


class SourceModel(BaseModel):
    """Where a value comes from: a title a reader recognises and an https address."""

    model_config = _STRICT
    title: Text
    link: Link


class ValueModel(BaseModel):
    """One dated value of a parameter, as written in a file."""

    model_config = _STRICT
    from_date: Annotated[date, Field(alias="from", strict=True)]
    value: StrictBool | StrictInt | StrictFloat | Text | None
    status: Status
    source: SourceModel
    verified: StrictBool
    low: StrictInt | StrictFloat | None = None
    high: StrictInt | StrictFloat | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _range_holds_value(self) -> Self:
        if self.low is None and self.high is None:
            return self
        if isinstance(self.value, bool | str) or self.value is None:
            raise ValueError("a range is given for a value that is not a number")
        low = self.value if self.low is None else self.low
        high = self.value if self.high is None else self.high
        if not low <= self.value <= high:
            raise ValueError(f"the value {self.value} is outside its range")
        return self


class ParameterModel(BaseModel):
    """One parameter, as written in a file."""

    model_config = _STRICT
    name: Name
    label: Text
    unit: Text
    owner: Text
    values: Annotated[list[ValueModel], Field(min_length=1)]

    @model_validator(mode="after")
    def _dates_ascend(self) -> Self:
        for earlier, later in pairwise(self.values):
            same_day = earlier.from_date == later.from_date and earlier.status != later.status
            if earlier.from_date >= later.from_date and not same_day:
                raise ValueError(
                    f"values must be in the order of their dates: {later.from_date} follows {earlier.from_date}"
                )
        return self

    def parameter(self, subject: str) -> Parameter:
        """The frozen parameter the rest of the program uses."""
        return Parameter(
            name=self.name,
            label=self.label,
            unit=self.unit,
            owner=self.owner,
            subject=subject,
            values=tuple(_value(value, self.unit) for value in self.values),
        )


def _value(model: ValueModel, unit: str) -> Value:
    return Value(
        value=model.value,
        unit=unit,
        from_date=model.from_date,
        status=model.status,
        source_title=model.source.title,
        source_link=model.source.link,
        verified=model.verified,
        low=model.low,
        high=model.high,
        note=model.note or "",
    )
