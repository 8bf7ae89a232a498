from django.contrib.admin.apps import AdminConfig


class RecruitChatAdminConfig(AdminConfig):
    default_site = "recruitchat.admin_site.OrganizationAdminSite"
