from gateways.admin.arrival import ArrivalAdmin
from gateways.admin.attempt import AttemptAdmin
from gateways.admin.channel_account import ChannelAccountAdmin

__all__ = ["ArrivalAdmin", "AttemptAdmin", "ChannelAccountAdmin"]
