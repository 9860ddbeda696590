"""The words: needs, settings, year groups, codes and identifiers, each with a label and a source."""
