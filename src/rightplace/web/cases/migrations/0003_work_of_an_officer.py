"""An index for work lists: the open duties of a case, by who owes them and when."""

# ruff: noqa: D101, RUF012

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0002_found_by_beginning"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="opendeadline",
            index=models.Index(
                condition=models.Q(("due__isnull", False), ("duty", True), ("excused", False)),
                fields=["case", "owner", "due"],
                name="open_duty_of_case",
            ),
        ),
    ]
