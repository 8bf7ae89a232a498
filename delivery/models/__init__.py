from delivery.models.delivery import Delivery, Recipient
from delivery.models.outcome import Basis, Offer, Procedure, Reason, Status

__all__ = ["Basis", "Delivery", "Offer", "Procedure", "Reason", "Recipient", "Status"]
