"""Demonstration zones are listed apart: by the boundary that counted on the day of the report, frozen with the month."""

from datetime import date

import pytest

from bihuan.assess import bulletin, fsck, queries
from bihuan.assess.actions.telling import tell
from bihuan.assess.corrections import corrections
from bihuan.assess.models import Thing
from bihuan.assess.tests.conftest import OCTOBER
from bihuan.cases.edge import to_datetime
from bihuan.cases.tests.conftest import POINT
from bihuan.core.time.instant import at, day
from bihuan.places import actions as places
from bihuan.places.queries import place_of
from bihuan.places.roster import Unfit
from bihuan.places.sheet import sheet
from bihuan.places.zones import counting_zones, zone_finder


def ground(street, without=False):
    """A whole street as a zone, or all of it but the spot of the reports."""
    from shapely import Polygon, box
    from shapely.geometry import mapping

    whole, (x, y) = Polygon(sheet().streets[street].rings[0]), (POINT["lon"], POINT["lat"])
    return mapping(whole.difference(box(x - 1e-4, y - 1e-4, x + 1e-4, y + 1e-4)) if without else whole)


def agree(street, shape, since, code=""):
    moment = to_datetime(at(f"{since} 08:00"))
    row = places.propose_zone(street, "示范区", shape, "例", code=code, by="1", at=moment, day=day(since))
    return places.rule_zone(row.pk, True, "", date.fromisoformat(since), by="2", at=moment)


def here():
    return place_of(POINT["lon"], POINT["lat"]).street


def test_what_lies_in_a_zone_is_listed_apart_and_counted_in_its_street_too(offices):
    row = agree(here(), ground(here()), "2026-10-01")
    offices.month()
    made = offices.close()
    whole, mine = queries.figures(made, "district"), queries.figures(made, "zone")
    assert set(mine) == {row.code}
    for item, figure in mine[row.code].items():
        street = queries.figures(made, "street")[here()][item]
        assert (figure.numerator, figure.denominator, figure.left_out) == (
            street.numerator, street.denominator, street.left_out,
        )  # fmt: skip
        assert whole[made.names["district"]][item].denominator == figure.denominator
    [zone] = bulletin.bulletin(made, None).zones
    assert (str(zone.title), zone.reports, zone.overdue) == ("示范区", 6, made.tables["zones"][row.code][1])
    assert zone.within == queries.area_title(made, here()) and zone.overdue == sum(
        n for _unit, street, n in made.tables["overdue"] if street == here()
    )


def test_a_month_without_zones_has_no_list_of_them(offices):
    offices.month()
    made = offices.close()
    assert queries.figures(made, "zone") == {} and bulletin.bulletin(made, None).zones == ()


def test_a_case_counts_by_the_boundary_of_the_day_it_was_reported(offices):
    old = agree(here(), ground(here()), "2026-10-01")
    first = offices.handled("2026-10-12", "2026-10-12 11:00")
    agree(here(), ground(here(), without=True), "2026-10-20", code=old.code)
    second = offices.handled("2026-10-21", "2026-10-21 11:00")
    tell(at("2026-11-02 10:00"))
    zones = dict(Thing.objects.filter(kind="case").values_list("number", "zone"))
    assert zones == {first: old.code, second: old.code}  # the old boundary counts for ninety days more
    finder = zone_finder()
    assert finder(POINT["lon"], POINT["lat"], day("2027-01-17")) == old.code
    assert finder(POINT["lon"], POINT["lat"], day("2027-01-18")) == ""
    assert finder(None, None, day("2026-10-12")) == ""
    assert counting_zones(day("2026-10-21"))[old.code].pk == old.pk


def test_a_boundary_cannot_be_dated_back_to_shorten_the_ninety_days(offices):
    row = places.propose_zone(
        here(), "示范区", ground(here()), "例", by="1", at=to_datetime(at("2026-10-12 08:00")), day=day("2026-10-12")
    )  # fmt: skip
    with pytest.raises(Unfit, match="批准以前"):
        places.rule_zone(row.pk, True, "", date(2026, 10, 11), by="2", at=to_datetime(at("2026-10-12 09:00")))


def test_a_published_month_keeps_its_zones_whatever_is_redrawn(offices, client):
    row = agree(here(), ground(here()), "2026-10-01")
    offices.month()
    release = offices.publish(offices.close())
    before = {k: (f.numerator, f.denominator) for k, f in queries.figures(release.month, "zone")[row.code].items()}  # fmt: skip
    agree(here(), ground(here(), without=True), "2026-11-20", code=row.code)
    tell(at("2027-03-01 10:00"))
    now = queries.release(*OCTOBER).month
    assert {
        k: (f.numerator, f.denominator) for k, f in queries.figures(now, "zone")[row.code].items()
    } == before
    assert not corrections(now).of("zone") and list(fsck.check()) == []
    page = client.get("/bulletin/2026-10/").content.decode()
    assert "一平方公里示范区" in page and f"/bulletin/2026-10/zone/{row.code}/" in page
    assert client.get(f"/bulletin/2026-10/zone/{row.code}/").status_code == 200
    assert "示范区" in client.get("/bulletin/2026-10/zone/").content.decode()
    cases = client.get(f"/bulletin/2026-10/zone/{row.code}/opened_rate/denominator/")
    assert cases.status_code == 200 and "CG2026" in cases.content.decode()
