from gateways.models.arrival import Arrival
from gateways.models.attempt import Attempt
from gateways.models.channel_account import ChannelAccount

__all__ = ["Arrival", "Attempt", "ChannelAccount"]
