import django.db.models.deletion
from django.db import migrations, models

import accounts.tenancy
from accounts.row_level_security import ProtectRows


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_history_of_its_organization"),
        ("people", "0003_known_to_the_planner"),
    ]

    operations = [
        migrations.CreateModel(
            name="AutomaticAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.CharField(max_length=320)),
                ("answered_at", models.DateTimeField()),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        default=accounts.tenancy.current_organization_id,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.organization",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("organization", "address"), name="automatic_answer_once")
                ],
            },
        ),
        ProtectRows("AutomaticAnswer"),
    ]
