import django.db.models.deletion
from django.db import migrations, models

import accounts.tenancy
from accounts.row_level_security import ProtectRows

TAKE_ALONG = """
INSERT INTO people_personscore (organization_id, person_id, total, temperature_id, temperature_at)
SELECT organization_id, id, score, temperature_id, temperature_at FROM people_person
WHERE temperature_id IS NOT NULL OR score <> 0 ORDER BY id
"""
GIVE_BACK = """
UPDATE people_person person SET score = scored.total, temperature_id = scored.temperature_id,
    temperature_at = scored.temperature_at
FROM people_personscore scored WHERE scored.person_id = person.id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_history_of_its_organization"),
        ("people", "0004_quick_replies_and_cheap_scores"),
    ]

    operations = [
        migrations.CreateModel(
            name="PersonScore",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="scored",
                        serialize=False,
                        to="people.person",
                    ),
                ),
                ("total", models.IntegerField()),
                ("temperature_at", models.DateTimeField(null=True, verbose_name="has this temperature since")),
                (
                    "organization",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        default=accounts.tenancy.current_organization_id,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.organization",
                    ),
                ),
                (
                    "temperature",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.temperature",
                    ),
                ),
            ],
        ),
        ProtectRows("PersonScore"),
        migrations.RunSQL(TAKE_ALONG, GIVE_BACK),
        migrations.AddIndex(
            model_name="personscore",
            index=models.Index(fields=["organization", "-total"], name="person_by_total"),
        ),
        migrations.RemoveIndex(model_name="person", name="person_by_score"),
        migrations.RemoveField(model_name="person", name="score"),
        migrations.RemoveField(model_name="person", name="temperature"),
        migrations.RemoveField(model_name="person", name="temperature_at"),
    ]
