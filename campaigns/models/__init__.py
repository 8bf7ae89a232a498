from campaigns.models.application import Application, Source
from campaigns.models.campaign import Campaign, CampaignAccess

__all__ = ["Application", "Campaign", "CampaignAccess", "Source"]
