"""The entries of the registers, and every saving of one."""

from __future__ import annotations

from rightplace.web.registers.models.alternative import Alternative
from rightplace.web.registers.models.budget import Budget
from rightplace.web.registers.models.package import Package
from rightplace.web.registers.models.placement import Contract
from rightplace.web.registers.models.saving import Saving

__all__ = ["Alternative", "Budget", "Contract", "Package", "Saving"]
