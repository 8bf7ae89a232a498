import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_history_of_its_organization"),
        ("people", "0003_for_reports"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="activity",
            name="activity_of_a_person",
        ),
        migrations.AddField(
            model_name="activity",
            name="minutes",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="activity",
            name="kind",
            field=models.CharField(
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
        migrations.AlterField(
            model_name="person",
            name="temperature",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                to="people.temperature",
            ),
        ),
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(
                fields=["organization", "person", "happened_at"],
                include=("kind", "minutes", "id"),
                name="activity_of_a_person",
            ),
        ),
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(fields=["organization", "id"], name="activity_as_it_came"),
        ),
    ]
