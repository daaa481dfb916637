"""The case page, doing an action, and being told why not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bihuan.cases import wall
from bihuan.cases.models import Case, Event
from bihuan.cases.tests.conftest import District, picture
from bihuan.desk.tests.conftest import Seat
from bihuan.people.models import Reading


def state(pk: int) -> str:
    with wall.open_to(wall.SYSTEM):
        return Case.objects.get(pk=pk).state


def events(pk: int) -> int:
    with wall.open_to(wall.SYSTEM):
        return Event.objects.filter(case_id=pk).count()


def photo(name: str = "after") -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{name}.jpg", picture(shade=40), "image/jpeg")


def test_the_page_shows_clocks_holder_steps_and_what_one_may_do(district: District, seat: Seat) -> None:
    case = district.dispatched()
    page = seat("cgw").get(f"/desk/{case.number}/").content.decode()
    for words in (
        "时间是这样算的",
        "扣除停表",
        "不扣停表",
        "谁拿着，多久",
        "流转记录",
        "你可以做什么",
        "处置反馈",
        "申请退回",
        "依据",
    ):
        assert words in page, words
    assert page.index("派遣") < page.rindex("上报")  # newest first
    assert 'class="bh-hold"' in page and "<svg" in page and "style=" not in page


def test_a_case_of_others_is_not_shown_and_does_not_say_that_it_is_there(
    district: District, seat: Seat
) -> None:
    case = district.dispatched()
    there, nowhere = seat("jie").get(f"/desk/{case.number}/"), seat("jie").get("/desk/CG20990101-000001/")
    assert there.status_code in (403, 404) and nowhere.status_code == 404
    assert "东门口" not in there.content.decode()


def test_an_action_is_done_once_however_often_it_is_sent(district: District, seat: Seat) -> None:
    case, client = district.dispatched(), seat("cgw")
    form = client.get(f"/desk/{case.number}/do/feedback/").content.decode()
    assert 'name="after"' in form and 'name="request_key"' in form
    before = events(case.case)
    for _ in range(2):
        response = client.post(
            f"/desk/{case.number}/do/feedback/", {"text": "清走了", "after": photo(), "request_key": "k1"}
        )
        assert response.status_code == 302 and response["Location"].endswith(f"/desk/{case.number}/")
    assert state(case.case) == "checking"
    assert events(case.case) == before + 2  # done, and the checker drawn


def test_what_is_missing_is_named_and_what_was_written_stays(district: District, seat: Seat) -> None:
    case, client = district.dispatched(), seat("cgw")
    response = client.post(f"/desk/{case.number}/do/feedback/", {"text": "冲洗了地面", "request_key": "k2"})
    page = response.content.decode()
    assert (
        response.status_code == 422
        and "还差一处" in page
        and 'href="#f-after"' in page
        and 'id="f-after"' in page
    )
    assert "冲洗了地面" in page and 'value="k2"' in page
    long = "很" * 3000
    response = client.post(f"/desk/{case.number}/do/back/", {"reason": long, "request_key": "k3"})
    page = response.content.decode()
    assert response.status_code == 422 and "3,000" in page and long in page
    assert state(case.case) == "handling"


def test_a_chosen_photo_is_kept_when_something_else_is_missing(district: District, seat: Seat) -> None:
    case, client = district.dispatched(), seat("cgw")
    sent = {"text": "很" * 3000, "after": photo("kept"), "request_key": "k4"}
    page = client.post(f"/desk/{case.number}/do/feedback/", sent).content.decode()
    assert "kept.jpg" in page
    response = client.post(f"/desk/{case.number}/do/feedback/", {"text": "短了", "request_key": "k4"})
    assert response.status_code == 302 and state(case.case) == "checking"


def test_a_file_that_is_no_photo_is_refused_by_name(district: District, seat: Seat) -> None:
    case, client = district.dispatched(), seat("cgw")
    bad = SimpleUploadedFile("文件.jpg", b"not a picture", "image/jpeg")
    page = client.post(
        f"/desk/{case.number}/do/feedback/", {"after": bad, "request_key": "k5"}
    ).content.decode()
    assert "不是照片" in page and 'href="#f-after"' in page


def test_whoever_did_the_work_reads_why_they_may_not_check_it(district: District, seat: Seat) -> None:
    case, client = district.dispatched(), seat("cgw")
    client.post(f"/desk/{case.number}/do/feedback/", {"after": photo(), "request_key": "k6"})
    page = client.get(f"/desk/{case.number}/").content.decode()
    assert "核查通过" in page and "处置单位不得核查自己的处置" in page
    for answer in (
        client.get(f"/desk/{case.number}/do/check_ok/"),
        client.post(f"/desk/{case.number}/do/check_ok/", {"check": photo("check")}),
    ):
        assert answer.status_code == 409 and "处置单位不得核查自己的处置" in answer.content.decode()
    assert state(case.case) == "checking"


def test_dispatch_proposes_the_unit_of_the_duty_list_and_refuses_one_without_duty(
    district: District, seat: Seat
) -> None:
    case = district.report("2026-10-12 09:00")
    district.do(case.case, "send", "shouli", "2026-10-12 09:05", collector=district.id("caiji"))
    district.do(case.case, "verify", "caiji", "2026-10-12 09:15", files=["before"])
    district.do(case.case, "accept", "shouli", "2026-10-12 09:20")
    client = seat("paiqian")
    form = client.get(f"/desk/{case.number}/do/dispatch/").content.decode()
    assert '<option value="nk.cgw" selected>' in form
    response = client.post(
        f"/desk/{case.number}/do/dispatch/", {"unit": "nk.s003", "text": "快", "request_key": "k7"}
    )
    page = response.content.decode()
    assert response.status_code == 409 and "不能派遣" in page and "快" in page
    assert (
        client.post(f"/desk/{case.number}/do/dispatch/", {"unit": "nk.cgw", "request_key": "k8"}).status_code
        == 302
    )


@pytest.mark.parametrize("path", ["do/nonsense/", "do/report/", "do/take_check/"])
def test_an_action_that_is_nobodys_is_not_there(district: District, seat: Seat, path: str) -> None:
    case = district.dispatched()
    assert seat("cgw").get(f"/desk/{case.number}/{path}").status_code in (404, 409)


def test_personal_data_are_masked_and_shown_for_a_stated_purpose_only(district: District, seat: Seat) -> None:
    case = district.report(contact={"name": "王示一", "phone": "13812342716"})
    client = seat("shouli")
    page = client.get(f"/desk/{case.number}/").content.decode()
    assert "王**" in page and "138****2716" in page and "13812342716" not in page
    answer = client.post(f"/desk/{case.number}/contact/", {"purpose": "", "basis": ""})
    assert answer.status_code == 422 and "13812342716" not in answer.content.decode()
    answer = client.post(
        f"/desk/{case.number}/contact/", {"purpose": "为回访查看", "basis": "个人信息保护法§13(三)"}
    )
    assert "13812342716" in answer.content.decode()
    assert Reading.objects.get().purpose == "为回访查看"


def test_the_same_number_of_queries_whatever_happened(
    district: District, seat: Seat, django_assert_max_num_queries
) -> None:
    short, long = district.dispatched(), district.dispatched()
    for minute in range(30, 36):
        district.do(long.case, "note", "cgw", f"2026-10-12 09:{minute}", text="在路上")
    found = []
    client = seat("shouli")
    client.get(f"/desk/{short.number}/")
    for case in (short, long):
        with django_assert_max_num_queries(4) as counted:
            assert client.get(f"/desk/{case.number}/").status_code == 200
        found.append(len(counted.captured_queries))
    assert found[0] == found[1]


def test_the_map_and_its_table_say_the_same(
    district: District, seat: Seat, clock: Callable[[str], None]
) -> None:
    district.dispatched("2026-10-09")
    page = seat("paiqian").get("/desk/map/").content.decode()
    assert "<table" in page and 'class="map"' in page
    assert "在办 1 件" in page and "其中 1 件已超时" in page
    assert page.count('<td class="r s-late">1</td>') == 1  # the street's row of the table
    assert page.count('class="late-n"') == 1  # and its figure on the map


def test_only_the_administrator_sees_stuck_work(seat: Seat) -> None:
    assert seat("cgw").get("/desk/stuck/").status_code == 403


def test_a_limit_that_was_asked_for_is_said_in_words(district: District, seat: Seat) -> None:
    case = district.dispatched()
    district.do(
        case.case, "ask_suspend", "cgw", "2026-10-12 09:40", reason="电力抢修", wanted="2 working days"
    )
    page = seat("cgw").get(f"/desk/{case.number}/").content.decode()
    assert "2 个工作日" in page and "2 working days" not in page


def test_the_why_of_a_row_is_the_ledger_alone(district: District, seat: Seat) -> None:
    case = district.dispatched()
    part = seat("cgw").get(f"/desk/{case.number}/why/").content.decode()
    assert "时间是这样算的" in part and "<html" not in part
    assert seat("jie").get(f"/desk/{case.number}/why/").status_code == 404


def test_the_other_clocks_unfold_on_request(district: District, seat: Seat) -> None:
    case = district.dispatched()
    client = seat("cgw")
    folded = client.get(f"/desk/{case.number}/").content.decode()
    whole = client.get(f"/desk/{case.number}/?clocks=all").content.decode()
    part = client.get(f"/desk/{case.number}/clocks/").content.decode()
    assert f'data-fetch="/desk/{case.number}/clocks/"' in folded and folded.count("bh-ledger") == 1
    assert part.count("bh-ledger") == part.count("clock-pair") >= 1
    assert whole.count("bh-ledger") == 1 + part.count("bh-ledger")
    assert seat("jie").get(f"/desk/{case.number}/clocks/").status_code == 404
