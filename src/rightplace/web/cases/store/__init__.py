"""From rows to the process and back: events of a case as values, recorded in one transaction, and lists kept fresh."""
