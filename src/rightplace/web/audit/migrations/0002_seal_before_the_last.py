"""The head also tells the seal before the last, so that a row can be chained in one statement."""

# ruff: noqa: D101, RUF012

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="head",
            name="before",
            field=models.CharField(default="", max_length=64),
        ),
    ]
