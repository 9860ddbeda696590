"""Every authority in England at once: totals alone in seconds, or in full with regions and England added up."""
