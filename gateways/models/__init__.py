from gateways.models.arrival import Arrival
from gateways.models.attempt import Attempt
from gateways.models.channel_account import ChannelAccount, Provider
from gateways.models.mailbox import Mailbox, Taken
from gateways.models.sending_domain import SendingDomain

__all__ = ["Arrival", "Attempt", "ChannelAccount", "Mailbox", "Provider", "SendingDomain", "Taken"]
