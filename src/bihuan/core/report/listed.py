"""Several names in one phrase: 城镇和农村居民人均可支配收入, 化学需氧量、二氧化硫排放总量."""

from __future__ import annotations

import re

_ALONE = frozenset("资本 外资 出口 资金 GDP 游客 人次 投资 生产总值".split())
_PARALLEL = frozenset(
    "城镇 农村 城市 城乡 全国 全省 全市 公路 铁路 国家 自治区 常住 户籍 省级 市级 市内 境内 境外".split()
)
# the end of a name that says what is measured; the things listed before it share it
_MEASURE = re.compile(
    r"(?:排放(?:总量|量|强度)|(?:五大|各项)?(?:社会)?保险参保人数|参保(?:人数|率)|(?:人民币|本外币)?(?:存|贷)?款?余额|总产值|产值|增加值|"
    r"(?:主营业务|营业|销售)?收入|进出口(?:总额|总值)?|总额|总值|总量|数量|产量|面积|通车里程|里程|人数|户数|覆盖率|用[水电]量|能耗|[水电]耗|强度|浓度|合格率|达标率|比重|比例|(?:(?:财政|政府)?(?:人均)?补[助贴])?标准|保险|投资|吞吐量|游客|人次|生产总值|GDP|纯收入|出口|外资|资金|资本|支出|贷款|存款|养老金|装机(?:容量)?|产能|注册数|[起件次家]数|数|(?:城镇化|毛入学|毛入园|[\u4e00-\u9fff]{2})率|集中度|水平)$"
)


_AND = re.compile(r"[、与]|和(?![谐平美睦解])|(?<![普涉以])及(?![时格以])")


def listed(phrase: str, n: int) -> list[str]:
    """The n names a phrase lists, each complete by itself; empty when it does not list n."""
    if n < 2:
        return []
    parts = [p for p in _AND.split(phrase) if p]
    if len(parts) != n:
        return []
    last = parts[-1]
    if parts[0].endswith("存") and last.startswith("贷款"):
        return [parts[0] + last[1:], last]  # 金融机构存、贷款余额
    if 2 <= len(parts[1]) == len(last) - 2 and all(len(p) == len(parts[1]) for p in parts[1:-1]):
        return [*(p + last[-2:] for p in parts[:-1]), last]  # 养老、失业、生育保险
    m = _MEASURE.search(last)
    near = (
        m.group()
        if m and 0 < m.start() <= (7 if m.group().endswith("标准") else 5) and m.group() not in _ALONE
        else ""
    )
    share = s.group() if (s := re.search(r"(?:所?占|相当于).+$", last)) and s.start() else ""
    head, of, rest = last.partition("的")
    if of and 2 <= len(head) <= 5 and all(len(p) <= 5 and not _MEASURE.search(p) for p in parts[:-1]):
        return [*(p + of + rest for p in parts[:-1]), last]  # 设区市、县城和重点镇的供水普及率
    out = []
    for p in parts[:-1]:
        tail = last.find(p[-1], 1) + 1 if len(p) > 1 else 0
        if len(p) == 1 and len(last) > 2:
            out.append(p + last[1:])  # 一、二、三产业
        elif _MEASURE.search(p):
            out.append(p if not share or "占" in p else p + share)
        elif p in _PARALLEL:
            out.append(p + last[len(p) :])  # 城镇和农村常住居民人均可支配收入
        elif m and (near or len(p) > 3 and last[: m.start()].endswith(p[-2:])):
            out.append(p + m.group())  # 港口货物和集装箱吞吐量
        elif len(last) > len(p) + 3 and len(p) <= 6 and (tail or len(p) <= 3):
            out.append(p + last[tail or len(p) :])
        else:
            out.append(p)
    return [*out, last]
