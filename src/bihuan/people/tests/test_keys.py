"""Keys of other programs: one to a program, shown once, ended by a day."""

from datetime import date

import pytest

from bihuan.people import actions as people
from bihuan.people.queries import program_of


@pytest.mark.django_db
def test_keys_are_one_to_a_program_and_only_their_digest_is_kept() -> None:
    secret = people.issue_key("甲", "a@example.cn", date(2026, 1, 1))
    assert secret not in str(people.ApiKey.objects.values())
    assert program_of(secret, date(2026, 1, 1)) == "甲" and program_of(secret, date(2025, 12, 31)) == ""
    with pytest.raises(ValueError, match="已经有密钥"):
        people.issue_key("甲", "b@example.cn", date(2026, 1, 1))
    with pytest.raises(ValueError, match="联系方式"):
        people.issue_key("乙", " ", date(2026, 1, 1))
    with pytest.raises(ValueError, match="没有程序"):
        people.end_key("丙", date(2026, 1, 1))
