from django.db import migrations

from accounts.row_level_security import ProtectRows

# Each recipient is tied to the grant that came with it; of several alike, any.
LINK = """
UPDATE delivery_recipient AS recipient SET grant_id = found.id
FROM (
    SELECT DISTINCT ON (access.id) access.id, receiver.id AS recipient_id
    FROM conversations_grant access
    JOIN delivery_delivery delivery ON delivery.conversation_id = access.conversation_id
    JOIN delivery_recipient receiver ON receiver.delivery_id = delivery.id
        AND (receiver.member_id = access.member_id OR receiver.team_id = access.team_id)
    ORDER BY access.id, abs(extract(epoch FROM access.granted_at - delivery.delivered_at))
) AS found
WHERE recipient.id = found.recipient_id AND recipient.grant_id IS NULL
"""


class Migration(migrations.Migration):
    dependencies = [("delivery", "0003_withdrawn_and_offers")]
    operations = [ProtectRows("Offer"), migrations.RunSQL(LINK, migrations.RunSQL.noop)]
