"""Masks cover the telling part and never grow or lose a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.core.mask import mask_address, mask_id_number, mask_name, mask_phone


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("王小明", "王**"), ("王明", "王*"), ("欧阳娜娜", "欧阳**"), ("欧阳", "欧*"), ("王", "*"), ("", ""),
        ("John Smith", "J*** S****"), ("阿依古丽·买买提", "阿***·***"), ("  李雷 ", "李*"),
    ],
)  # fmt: skip
def test_names(name, masked):
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("13812342716", "138****2716"), ("138 1234 2716", "138****2716"), ("+86 13812342716", "138****2716"),
        ("022-27412345", "022-******45"), ("27412345", "******45"),
        ("12345", "***45"), ("110", "*" * 3), ("", ""),
        ("没有", "**"),
    ],
)  # fmt: skip
def test_phones(phone, masked):
    assert mask_phone(phone) == masked


def test_identity_numbers():
    assert mask_id_number("11010519491231002X") == "110*************2X"
    assert mask_id_number("12345") == "*****"


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("万兴街道三潭西里12号楼3门501", "万兴街道三潭西里*号楼*门*"),
        ("龙井里十二栋2单元1203室", "龙井里*栋*单元*室"),
        ("复康路", "复康路"), ("电话13812342716", "电话*"),
    ],
)  # fmt: skip
def test_addresses(address, masked):
    assert mask_address(address) == masked


@given(st.text(max_size=40))
def test_a_mask_never_raises_and_masked_names_keep_their_length(text):
    assert len(mask_name(text)) <= len(text)
    for mask in (mask_phone, mask_id_number, mask_address):
        assert len(mask(text)) <= max(len(text), 11)
