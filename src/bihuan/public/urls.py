"""Addresses of the public site."""

from django.urls import path

from bihuan.public.views import (
    annual,
    coverage,
    draw,
    figures,
    find,
    home,
    lines,
    log,
    paper,
    report,
    track,
    verify,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("view/elder", home.elder, name="elder"),
    path("find", find.find, name="public-find"),
    path("figures", figures.show, name="figures"),
    path("coverage", coverage.show, name="coverage"),
    path("verify/draw", draw.verify, name="verify-draw"),
    path("report/", report.photo, name="report"),
    path("report/photo", report.draft_photo, name="report-draft-photo"),
    path("report/place", report.place, name="report-place"),
    path("report/what", report.what, name="report-what"),
    path("report/seek", report.seek_matter, name="report-seek"),
    path("report/send", report.send, name="report-send"),
    path("report/done", report.done, name="report-done"),
    path("track/", track.ask, name="track"),
    path("track/<str:number>", track.show, name="track-case"),
    path("track/<str:number>/code.svg", track.code, name="track-code"),
    path("track/<str:number>/receipt/<int:seq>", track.receipt, name="track-receipt"),
    path("track/<str:number>/promise/<int:seq>", track.promise, name="track-promise"),
    path("track/<str:number>/do/<str:name>", track.do, name="track-do"),
    path("log/", log.show, name="public-log"),
    path("verify/", verify.show, name="verify"),
    path("verify/paper/<str:code>", paper.verify, name="verify-paper"),
    path("certificates", paper.register, name="certificates"),
    path("lines/", lines.index, name="lines"),
    path("lines/<str:code>", lines.show, name="line"),
    path("lines/<str:code>/<int:year>", annual.show, name="annual"),
]
