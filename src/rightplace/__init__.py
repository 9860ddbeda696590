"""Rightplace: an open planning system for special educational needs and disabilities in England.

Importing this package loads nothing heavy: each part is imported when it is used.
"""

__version__ = "0.1.0"
