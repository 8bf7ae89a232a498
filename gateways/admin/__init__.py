from gateways.admin.arrival import ArrivalAdmin
from gateways.admin.attempt import AttemptAdmin
from gateways.admin.channel_account import ChannelAccountAdmin
from gateways.admin.mailbox import MailboxAdmin

__all__ = ["ArrivalAdmin", "AttemptAdmin", "ChannelAccountAdmin", "MailboxAdmin"]
