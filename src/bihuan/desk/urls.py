"""Addresses of the desk."""

from django.urls import path

from bihuan.desk import login
from bihuan.desk.views import (
    act,
    batch,
    beats,
    case,
    components,
    coverage,
    duties,
    entry,
    map,
    new,
    queue,
    stuck,
    zones,
)

urlpatterns = [
    path("", queue.queue, name="queue"),
    path("login/", login.enter, name="login"),
    path("logout/", login.leave, name="logout"),
    path("unit/", entry.unit, name="desk-unit"),
    path("find/", queue.find, name="find"),
    path("map/", map.district, name="desk-map"),
    path("map/<str:street>/", map.street, name="desk-map-street"),
    path("stuck/", stuck.stuck, name="desk-stuck"),
    path("components/", components.register, name="desk-components"),
    path("components/load/", components.load, name="desk-components-load"),
    path("components/<str:code>/", components.component, name="desk-component"),
    path("beats/", beats.beats, name="desk-beats"),
    path("beats/load/", beats.load, name="desk-beats-load"),
    path("beats/<str:code>/", beats.beat, name="desk-beat"),
    path("duties/", duties.rulings, name="desk-duties"),
    path("coverage/", coverage.lists, name="desk-coverage"),
    path("coverage/<slug:key>.csv", coverage.table, name="desk-coverage-table"),
    path("zones/", zones.zones, name="desk-zones"),
    path("zones/<str:code>/", zones.zone, name="desk-zone"),
    path("new/", new.start, name="desk-new"),
    path("new/done/<str:number>/", new.done, name="desk-new-done"),
    path("new/<slug:line>/batch/", batch.load, name="desk-new-batch"),
    path("new/<slug:line>/where/", new.place, name="desk-new-where"),
    path("new/<slug:line>/what/", new.matter, name="desk-new-what"),
    path("new/<slug:line>/form/", new.form, name="desk-new-form"),
    path("<str:number>/", case.case, name="desk-case"),
    path("<str:number>/why/", case.why, name="desk-why"),
    path("<str:number>/clocks/", case.clocks, name="desk-clocks"),
    path("<str:number>/contact/", case.contact, name="desk-contact"),
    path("<str:number>/do/<str:name>/", act.act, name="desk-act"),
]
