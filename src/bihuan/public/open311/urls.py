"""Addresses of GeoReport v2."""

from django.urls import path

from bihuan.public.open311 import views

urlpatterns = [
    path("discovery.<slug:form>", views.discovery, name="open311-discovery"),
    path("v2/discovery.<slug:form>", views.discovery),
    path("v2/services.<slug:form>", views.service_list, name="open311-services"),
    path("v2/services/<slug:code>.<slug:form>", views.service, name="open311-service"),
    path("v2/requests.<slug:form>", views.request_list, name="open311-requests"),
    path("v2/requests/<slug:number>.<slug:form>", views.one_request, name="open311-request"),
    path("v2/servicerequestupdates.<slug:form>", views.update_list, name="open311-updates"),
    path("v2/tokens/<str:token>.<slug:form>", views.token, name="open311-token"),
]
