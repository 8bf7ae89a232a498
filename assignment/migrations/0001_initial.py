import django.db.models.deletion
from django.db import migrations, models

import accounts.identifiers


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0003_doors"),
        ("campaigns", "0002_protect_rows"),
    ]

    operations = [
        migrations.CreateModel(
            name="Rotation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("last_turn", models.BigIntegerField(default=0)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accounts.identifiers.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "because",
                    models.CharField(
                        choices=[
                            ("rotation", "rotation"),
                            ("by_hand", "by hand"),
                            ("taken", "taken"),
                            ("routing_rule", "routing rule"),
                            ("delivery", "delivery"),
                            ("returned", "came back"),
                        ],
                        max_length=16,
                    ),
                ),
                ("passed_over", models.JSONField(blank=True, default=list)),
                ("assigned_at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.member",
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, to="campaigns.campaign"
                    ),
                ),
            ],
            options={
                "ordering": ["assigned_at", "id"],
            },
        ),
    ]
