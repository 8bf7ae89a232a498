from django.db import migrations

# Django's log of the admin has no organization. The database fills one in, and shows each its own.
PROTECT = """
ALTER TABLE django_admin_log
    ADD COLUMN organization_id bigint DEFAULT nullif(current_setting('app.organization_id', true), '')::bigint
    REFERENCES accounts_organization ON DELETE CASCADE;
CREATE INDEX django_admin_log_of_organization ON django_admin_log (organization_id, action_time DESC);
ALTER TABLE django_admin_log ENABLE ROW LEVEL SECURITY;
CREATE POLICY one_organization ON django_admin_log
    USING (organization_id = nullif(current_setting('app.organization_id', true), '')::bigint);
CREATE POLICY every_organization ON django_admin_log TO recruitchat_system USING (true) WITH CHECK (true);
"""
BARE = """
DROP POLICY one_organization ON django_admin_log;
DROP POLICY every_organization ON django_admin_log;
ALTER TABLE django_admin_log DISABLE ROW LEVEL SECURITY;
ALTER TABLE django_admin_log DROP COLUMN organization_id;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_doors"),
        ("admin", "0003_logentry_add_action_flag_choices"),
    ]
    operations = [migrations.RunSQL(PROTECT, BARE)]
