import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

import accounts.identifiers
import accounts.tenancy
import people.unaccented


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="PersonStatus",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accounts.identifiers.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("slug", models.SlugField()),
                ("name", models.CharField(max_length=60)),
                ("position", models.PositiveSmallIntegerField(default=0)),
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
                "verbose_name": "person status",
                "verbose_name_plural": "person statuses",
                "ordering": ["position", "name"],
                "constraints": [models.UniqueConstraint(fields=("organization", "slug"), name="person_status_slug")],
            },
        ),
        migrations.CreateModel(
            name="Tag",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accounts.identifiers.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=60)),
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
                "ordering": ["name"],
                "constraints": [models.UniqueConstraint(fields=("organization", "name"), name="tag_once")],
            },
        ),
        migrations.CreateModel(
            name="Temperature",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accounts.identifiers.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("slug", models.SlugField()),
                ("name", models.CharField(max_length=40)),
                (
                    "tone",
                    models.CharField(
                        choices=[
                            ("hot", "hot"),
                            ("warm", "warm"),
                            ("cold", "cold"),
                            ("accent", "accent"),
                            ("good", "green"),
                            ("note", "yellow"),
                            ("bad", "red"),
                            ("plain", "grey"),
                        ],
                        max_length=8,
                        verbose_name="colour",
                    ),
                ),
                ("lower", models.IntegerField(blank=True, null=True, verbose_name="from")),
                ("upper", models.IntegerField(blank=True, null=True, verbose_name="to below")),
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
                "ordering": [models.OrderBy(models.F("lower"), descending=True, nulls_last=True)],
                "constraints": [models.UniqueConstraint(fields=("organization", "slug"), name="temperature_slug")],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accounts.identifiers.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("candidate", "Candidate"), ("contact", "Contact")], default="candidate", max_length=12
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("en", "English"),
                            ("cs", "Čeština"),
                            ("nl", "Nederlands"),
                            ("ru", "Русский"),
                            ("de", "Deutsch"),
                        ],
                        default="en",
                        max_length=8,
                    ),
                ),
                ("time_zone", models.CharField(blank=True, max_length=64)),
                ("is_spam", models.BooleanField(default=False)),
                ("stopped_at", models.DateTimeField(blank=True, null=True, verbose_name="asked not to be written to")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
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
                (
                    "status",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to="people.personstatus"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "people",
                "indexes": [
                    models.Index(fields=["organization", "id"], name="person_in_order"),
                    models.Index(fields=["organization", "created_at"], name="person_by_arrival"),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass(
                            people.unaccented.Unaccented(django.db.models.functions.text.Lower("name")),
                            name="gin_trgm_ops",
                        ),
                        name="person_name_trigrams",
                    ),
                    models.Index(
                        condition=models.Q(("is_spam", True)), fields=["organization", "id"], name="person_spam"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonTag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="people.person")),
                ("tag", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="people.tag")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("organization", "person", "tag"), name="person_tag_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ChatIdentity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("channel", models.CharField(max_length=12)),
                ("identifier", models.CharField(max_length=200)),
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
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="chat_identities", to="people.person"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "chat identities",
                "constraints": [
                    models.UniqueConstraint(fields=("organization", "channel", "identifier"), name="chat_identity_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Activity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("message_received", "Message received"),
                            ("message_sent", "Message sent"),
                            ("replied_quickly", "Quick reply"),
                            ("mail_opened", "Mail opened"),
                            ("link_opened", "Reply link opened"),
                            ("application", "Application"),
                            ("appointment_made", "Appointment made"),
                            ("appointment_held", "Appointment held"),
                            ("appointment_missed", "Appointment missed"),
                            ("delivered_qualified", "Delivered: qualified"),
                            ("delivered_not_qualified", "Delivered: not qualified"),
                            ("delivered_not_interested", "Delivered: not interested"),
                            ("delivered_review", "Delivered: review"),
                            ("delivered_spam", "Delivered: spam"),
                            ("delivered_other", "Delivered: other"),
                            ("call", "Call"),
                            ("note", "Note"),
                            ("website_visit", "Website visit"),
                            ("tag_added", "Tag added"),
                        ],
                        max_length=32,
                    ),
                ),
                ("happened_at", models.DateTimeField()),
                ("key", models.CharField(max_length=160)),
                ("conversation_id", models.UUIDField(blank=True, null=True)),
                ("text", models.CharField(blank=True, max_length=300)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.member",
                    ),
                ),
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
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="activities",
                        to="people.person",
                    ),
                ),
                ("minutes", models.PositiveSmallIntegerField(blank=True, null=True)),
            ],
            options={
                "verbose_name_plural": "activities",
                "indexes": [
                    models.Index(
                        fields=["organization", "happened_at"], include=("person", "kind"), name="activity_by_day"
                    ),
                    models.Index(
                        fields=["organization", "person", "happened_at"],
                        include=("kind", "minutes", "id"),
                        name="activity_of_a_person",
                    ),
                    models.Index(fields=["organization", "id"], name="activity_as_it_came"),
                ],
                "constraints": [models.UniqueConstraint(fields=("organization", "key"), name="activity_once")],
            },
        ),
        migrations.CreateModel(
            name="PersonEmail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.EmailField(max_length=254)),
                ("is_primary", models.BooleanField(default=False)),
                ("verified_at", models.DateTimeField(blank=True, null=True)),
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
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="emails", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("organization", "address"), name="person_email_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("is_primary", True)),
                        fields=("organization", "person"),
                        name="person_primary_email",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonPhone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20)),
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
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="phones", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organization", "number"], name="person_by_phone")],
                "constraints": [
                    models.UniqueConstraint(fields=("organization", "person", "number"), name="person_phone_once")
                ],
            },
        ),
        migrations.AddField(
            model_name="person",
            name="tags",
            field=models.ManyToManyField(related_name="people", through="people.PersonTag", to="people.tag"),
        ),
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
            options={
                "indexes": [models.Index(fields=["organization", "-total"], name="person_by_total")],
            },
        ),
    ]
