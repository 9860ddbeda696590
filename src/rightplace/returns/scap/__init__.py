"""The School Capacity survey: the sheet of pupils expected to need a specialist place."""
