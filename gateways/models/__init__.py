from gateways.models.arrival import Arrival
from gateways.models.attempt import Attempt, AttemptQuerySet
from gateways.models.channel_account import ChannelAccount, Provider
from gateways.models.mailbox import Mailbox, Taken
from gateways.models.sending_domain import SendingDomain

__all__ = ["Arrival", "Attempt", "AttemptQuerySet", "ChannelAccount", "Mailbox", "Provider", "SendingDomain", "Taken"]
