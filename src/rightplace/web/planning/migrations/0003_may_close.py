"""Whether a plan of new places may also close bases."""

# ruff: noqa: D101, RUF012

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("planning", "0002_places_results"),
    ]

    operations = [
        migrations.AddField(
            model_name="run",
            name="may_close",
            field=models.BooleanField(default=False),
        ),
    ]
