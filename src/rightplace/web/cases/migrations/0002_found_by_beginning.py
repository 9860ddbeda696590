"""Indices for finding people by how their names begin, whatever the letters' case, and for counting open cases.

Only PostgreSQL can use the first two.
"""

# ruff: noqa: D101, RUF012

from django.db import migrations, models

_INDICES = (
    ("person_surname_begins", "cases_person (upper(surname::text) text_pattern_ops)"),
    ("person_forename_begins", "cases_person (upper(forename::text) text_pattern_ops)"),
)


def make(apps, schema_editor):
    """Make them, where the database is PostgreSQL."""
    if schema_editor.connection.vendor == "postgresql":
        for name, of in _INDICES:
            schema_editor.execute(f"CREATE INDEX {name} ON {of}")


def drop(apps, schema_editor):
    """Drop them."""
    if schema_editor.connection.vendor == "postgresql":
        for name, _ in _INDICES:
            schema_editor.execute(f"DROP INDEX {name}")


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]

    operations = [
        migrations.RunPython(make, drop),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(condition=models.Q(("ended", False)), fields=["person"], name="case_open_of_person"),
        ),
    ]
