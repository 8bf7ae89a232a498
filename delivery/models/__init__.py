from delivery.models.delivery import Delivery, Recipient
from delivery.models.outcome import Basis, Procedure, Reason, Status

__all__ = ["Basis", "Delivery", "Procedure", "Reason", "Recipient", "Status"]
