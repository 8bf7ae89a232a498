import django.core.validators
from django.db import migrations, models

# What a quick reply was before a rule could say it.
AN_HOUR = "UPDATE scoring_scorerule SET within_minutes = 60 WHERE activity_kind = 'replied_quickly'"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_history_of_its_organization"),
        ("people", "0004_quick_replies_and_cheap_scores"),
        ("scoring", "0002_protect_rows"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="scorerecord",
            name="record_once",
        ),
        migrations.RemoveConstraint(
            model_name="scorerecord",
            name="inactivity_record_once",
        ),
        migrations.RemoveIndex(
            model_name="scorerecord",
            name="record_of_person",
        ),
        migrations.AddField(
            model_name="scorerule",
            name="within_minutes",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="How quick a quick reply is; for no other activity.",
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(1440),
                ],
                verbose_name="within, minutes",
            ),
        ),
        migrations.AlterField(
            model_name="inactivityrule",
            name="activity_kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "Anything"),
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
                help_text="What hasn’t happened.",
                max_length=32,
                verbose_name="activity",
            ),
        ),
        migrations.AlterField(
            model_name="scorerule",
            name="activity_kind",
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
                verbose_name="activity",
            ),
        ),
        migrations.AddConstraint(
            model_name="scorerecord",
            constraint=models.UniqueConstraint(
                fields=("organization", "person", "activity", "rule", "inactivity_rule"),
                include=("points",),
                name="record_of_person_once",
                nulls_distinct=False,
            ),
        ),
        migrations.RunSQL(AN_HOUR, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="scorerule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("within_minutes", None),
                    models.Q(("activity_kind", "replied_quickly"), ("within_minutes__range", (1, 1440))),
                    _connector="OR",
                ),
                name="rule_quick_replies_only",
                violation_error_message="Only a quick reply has minutes, from 1 to 1440.",
            ),
        ),
    ]
