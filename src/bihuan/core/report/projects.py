"""Named things a clause will build, run or hold: works, places, programmes, events."""

from __future__ import annotations

import re

from bihuan.core.report.shared_pairs import own_part
from bihuan.core.report.verbs import head

_PLACES = (
    "中心|学校|小学|中学|大学|学院|附中|分校|幼儿园|医院|图书馆|博物馆|美术馆|科技馆|档案馆|展览馆|文化馆|文化宫|体育馆|体育场|大?剧院|影剧院|少年宫|综合体|大厦|广场|公园|植物园|动物园|"
    "号线|高速公路|高速(?!发展)|铁路|快速路|大桥|隧道|大道|机场|航站楼|港区|码头|水库|电站|电厂|水厂|处理厂|焚烧厂|发电厂|园区|产业园|科技园|创意园|创业园|工业园|物流园|创新园|分园|"
    "经济圈|创新圈|生态圈|联盟|大市场|起步区|旅游区|跑道|客运专线|专线|高铁|办理站|变电站|火车站|体育公园|专区|街区|商业街|步行街|大?酒店|基地|平台|基金|研究院|实验室|枢纽|车站|客运站|服务站|管廊|度假区|风景区|景区|示范区|试验区|保税区|保税港区|开发区|合作区|功能区|新区|新城|小镇|泵站|金融城|商务区|"
    "生态园|会展城|商贸城|物流城|汽车城|产业城|大学城|体育城|空间|商城|银行|公司|交易所|专列|班列|航线"
)
_STAGE = r"(?:（[一二三四五六七八九十\d]+期）)?(?:[一二三四五六]期)?"
_PLACE = re.compile(rf"^.{{1,22}}?(?:{_PLACES}){_STAGE}")
# 桂林机场T2航站楼, 保税港区铁路集装箱办理站: the last word for a place ends the name
_WHOLE_PLACE = re.compile(
    rf"^[^的等为到于]{{2,26}}(?:{_PLACES}){_STAGE}(?=(?:建设|项目|工程|运营|改造|扩建|改革|发展|规划)*$)"
)
# 梧州至贵港, 云桂高铁南宁至百色段, 南昆铁路百色至威舍段增建二线
_ROUTE = re.compile(
    r"^[\u4e00-\u9fff]{0,12}?[\u4e00-\u9fff]{2,5}(?:至|—|-)[\u4e00-\u9fff]{2,6}?(?:段[\u4e00-\u9fff]{0,6}|（[^）]{2,6}）)?$|"
    r"^[\u4e00-\u9fff]{2,6}(?:铁路|高铁|公路|大道)[\u4e00-\u9fff]{1,8}段(?!项目)[\u4e00-\u9fff]{0,6}(?=项目|工程|$)"
)
_LINES = re.compile(r"高速|公路|铁路|高铁|航道|线路|道路|轨道|管道|二线|城际|快速路")
_INSTITUTES = re.compile(
    r"(?:医院|图书馆|博物馆|美术馆|科技馆|档案馆|展览馆|文化馆|文化宫|体育馆|体育场|剧院|少年宫|小学|中学|附中|分校|号线|疾控中心|保健中心)$"
)
_PROGRAMME = re.compile(r"^.{3,24}?(?:工程|行动计划|计划|行动)(?![体建规方要任绿])")
_WHOLE_PROGRAMME = re.compile(
    r"^(?:[^，、]{1,3}、)*[^，、“”]{3,24}(?:试点示范工程|示范工程|工程|行动计划|计划|行动)$"
)
_WORK = re.compile(r"^(?P<name>.{2,22}?)(?:项目|工程)")
_EVENT = re.compile(
    r"^.{2,30}?(?:运动会|博览会|洽谈会|交易会|推介会|论坛|[艺文旅美音电体购荔狂]\w{0,3}节|览节|大?赛(?!事)|交流月|文化周|活动周|博会|展会|峰会|年会|马拉松|世锦赛|锦标赛)"
)
_KINDS = re.compile(
    r"项目|工程|地块|保障房|中学|小学|改造|载体|街区|高速|水系|综合体|广场|大厦|楼宇|商业|中心|学校|医院|基金|道路|工地|企业|园|线|公司|机构|小区|片区|绿化|菜市场|聚集区|集聚区|业态|地区|区域|镇|村|"
    r"基地|景区|平台|赛事|节庆|论坛|通道|枢纽|场馆|港|机场|铁路|公路|高速|桥|水库|河|湖|公园|湿地|电站|电厂|新城|开发区|活动|服务站|路段|快速路|酒店|院校|高校"
)
_TRUE_WORKS = re.compile(
    r"项目|工程|地块|保障房|水系|河道|棚户区|旧城区|综合体|广场|大厦|楼宇|公司|基金|菜市场|场馆|活动|节庆|赛事"
)
_ETC = re.compile(
    r"^(?P<names>[^，；。：]{2,110}?)(?:(?:(?<![中高初平同均上])等(?![级于待价])|等(?=一批))(?:一?批|[一二三四五六七八九十\d]+[个条座所项家片处大类]?)?|(?<=[^\d约近达过第、和])[2-9二两三四五六七八九][条座个项](?=高速|铁路|公路|项目|工程|大桥))(?P<kind>[^，；。、]{1,16})"
)
_QUOTED = re.compile(
    r"[^，；。、“”和与及的等＊]{0,6}“[^“”]{2,20}”[^，；。、“”和与及的]{0,14}?(?:工程|计划|行动|街区|大厅|平台|中心|示范区|项目|基地|园区|节(?![能约水目点日])|大?赛)|"
    r"[^，；。、“”和与及的等]{0,6}“(?![一二三四五六七八九十两]+个)[^“”]{1,16}(?:工程|计划|行动|街区|大厅|平台|中心|示范区|基地|园区|城|[游化览]节)”(?:示范区|工程|计划|行动)?"
)
_NUMBERED = re.compile(
    r"(?:[\u4e00-\u9fff]{0,6}?\d{1,4}(?:号线|中学|小学|(?<=[航电船兵核]\d{2})(?:所|厂|院)|医院)(?:[东南西北]?延伸?线?)?|[\u4e00-\u9fff]{2,8}[一二三四五六七八九十]期)"
)
_MAKE = frozenset(
    "建设 建成 新建 扩建 改建 打造 推进 加快 启动 开工 实施 完成 组建 成立 设立 引进 搭建 举办 承办 办好 筹办 筹建 创建 申报 创办 迁建 续建 兴建 运营 推动 促进 开发 "
    "构建 建立 构筑 落户 竣工 投产 建好 争取 申设 促推 力促 规划 提升 改造 整合 盘活 开通 做好 抓好 办成 申创 申建".split()
)
_BUILD = _MAKE - frozenset("推动 促进 提升 整合 加快 推进 做好 抓好 开发 构建 建立 改造".split())
_VAGUE = re.compile(
    r"^(?:一批|一系列|各类|各级|中小学|若干|多个|更多|一些|新型|新一轮|重大|重点|相关|优质|大型|特色|有条件的?|[市省区县]属|公立|[一二三]级|示范|标准化|后续|配套|县县|村村|户户|[一二两三四五六七八九十百]+[个大项]|其他|有规模|面上|第[一二三四五]批|全国重要|区域性|现代化?|国际化?|世界级?|国家重要|企业|农村|社区|基层|乡镇|村级|公共|城市)|一批|各[街镇区县]|多层次|[的得]"
)
_UNNAMED = re.compile(
    r"^(?:一批|一系列|各类|若干|更多|重大|重点|相关|有关|民生|实事|基础设施|建设|改造|系列)+(?:建设|项目)?$|一批|一系列|各类|[的得]"
)
_LEAD = re.compile(
    r"^(?:以及|做好|对(?!台|外|口)|将|把|在|与|及|以|依托|抓好|推进|建设|打造|加快|启动|完成|实施|新建|一是|我[市区县省]|全[市区县省]|重点|正在|在建的?|新开工|续建|新?一[批轮]|(?:积极)?争取(?=国家|省)|(?:国家|自治区|[省市])(?:批准|批复|同意|支持)(?:建设|设立|成立)?(?=..)|修复|改造提升|其中|继续|力争|确保)+"
)
# what is only strengthened, cared for or kept to stays unnamed
_SOFT = frozenset("加强 强化 完善 坚持 健全 深化 优化 提高 改善 支持 鼓励 规范".split())
_HAPPENS = re.compile(r"(?:建成)?(?:投入使用|投入运营|竣工|通车|建成|开业|投用)$")
_TURNED = re.compile(r"^(?:把|将)(?P<what>[^，]{2,20}?)(?:打造|建设|培育)成")
_TWO_LISTS = re.compile(r"(等[^，、等和]{2,10})和(?=[^，、等]{2,12}(?:、[^，等]{2,24})?等)")
_WITH_OTHERS = re.compile(r"^与.{2,40}(?:对接|合作|交流)$")
_OF = re.compile(r"(?:圈|分园|城|中心|区)$")
_COURTS = frozenset("培育 壮大 引进 支持 发展 吸引 鼓励".split())
_STARTS = frozenset("实施 开展 启动 推进 深化".split())
_DONE = frozenset("建成 新建 扩建 改建 组建 迁建 筹建".split())
_USES = frozenset("运用 利用 发挥 依托 借助 借鉴 学习 联手".split())
_SEPARATE = re.compile(r"(?<!第[一二三四五六七八九十])、")  # 第四、第五跑道 is one name
_EVERY = re.compile("(?:各类|各种|多种|新业态|新模式|新型|全新)")
_CLASS = re.compile(r"^(?:[^“”]{0,4})(?:一批|一系列|若干|各类)")
_COUNTED = re.compile(r"\d[\d.]*(?:万|亿)?(?:余|多)?(?:[个座条家所项处名套片栋间户人]|公里)")
_COUNT_LAST = re.compile(r"\d+(?:余|多)?[个座条家所项处名套片栋间户](?:以上)?$")
_GOODS = re.compile(
    "水稻|蔬菜|水果|花卉|水产|畜牧|钢铁|有色金属|粮食|塑料|食品|汽车|机械|石化|冶金|建材|造纸|服装|家具|茶叶|酒类|中药材|小商品"
)
# whom one courts or strengthens, and offices in general, are no works
_FIRMS = re.compile(r"[^，]{0,12}(?:企业|公司|集团|金融机构|院校|高校|商家|运营商)(?!总部|项目|园|基地)")
_RANKS = re.compile(r"(?:[市县区]|城市|[^，]{0,6}(?:制造业|产业)(?:基地|集群)|[^，]{0,12}承接地)")
_AT_WORK = re.compile(
    r"^([^，；。的、]{3,16}?)(?:棚户区)?(?:综合|全面|异地|配套|微)?(?:改造|开发|整治|征收|扩建|续建|迁建|建设|搬迁)(?:工程|工作|项目)?$"
)
_ABSTRACT = re.compile(
    r"(?:技术|产业|资源|产品|领域|模式|方式|服务|制度|文化|人才|投资|设备|食品|药品|材料|能源|经济|安全|问题|群体|人员|机制|体系|政策|管理|设施|网络|方面|需求|功能|节能|企业|工业|农业|能力|水平|环境|排放|水体|土壤|指标|价格|审批|联动|联勤|共享|互通|协同)$"
)
# 江铃新能源汽车|三个重大产业
_WHOLE_WORK = re.compile(r"(?P<name>[^的等为到于和与及、\d]{5,24})(?:工程|项目)")
_SUMMED = re.compile(r"(?<=...)[一二三四五六七八九十两]+[个大项](?:重大|重点)?[^、]{0,6}$")
_CARE = re.compile(r"(?:保护|治理|整治|防控|供水|修复|改造|养护|除险加固)$")
_TAIL = re.compile(
    r"(?:建设(?!路)|运营|(?<!综合)开发|微?改造|(?<!综合)整治|主体|改扩建|房屋征收|征收|扩建|续建|迁建|前期|前期工作|招商|等|正式|开业|场地腾迁|腾迁|站点周边|提升|升级|工作|进程)+$"
)


def projects(body: str) -> list[str]:
    """The named things of a sentence in order, each once."""
    out: list[str] = []
    for clause in re.findall(r"[^，；。：！？]+", body):
        verb, rest = head(clause)
        if not verb and (m := _HAPPENS.search(clause)):
            verb, rest = "建成", clause[: m.start()]
        if m := _TURNED.match(clause):
            out.extend(_of_clause("打造", m.group("what")))
        for part in _TWO_LISTS.sub(r"\1，", rest if verb else clause).split("，"):
            out.extend(_of_clause(verb, part))
    return list(dict.fromkeys(out))


def _of_clause(verb: str, rest: str) -> list[str]:
    found: list[str] = []
    if verb[-2:] in _USES and re.search("(?:作用|优势|功能|经验)$", rest) or _WITH_OTHERS.search(rest):
        return found
    makes = any(verb[i : i + 2] in _MAKE for i in range(len(verb) - 1))
    makes = makes or bool(verb) and verb[-2:] not in _SOFT and bool(re.search("(?:建设|创建|改造)$", rest))
    builds = any(verb[i : i + 2] in _BUILD for i in range(len(verb) - 1))
    if verb[-2:] in _STARTS and (m := _WHOLE_PROGRAMME.match(rest)) and _is_programme(m.group()):
        return [m.group()]
    kind = m.group("kind").split("的")[0] if (m := _ETC.match(rest)) else ""
    if m and _KINDS.search(kind) and not _EVERY.match(kind) and verb[-2:] not in _USES:
        listed = _listed(m.group("names"), kind)
        if listed and (verb or _TRUE_WORKS.search(kind) or kind.endswith("载体")):
            return listed
    for q in _QUOTED.findall(rest):
        if verb and not re.search("走出去|引进来|建设和|行为|专项整治|“[^”]*、[^”]*、", q):
            found.append(_LEAD.sub("", q))
    masked = re.sub(r"“[^“”]*”", lambda m: "＊" * len(m.group()), rest)
    items = _split(masked)
    route = makes and bool(_LINES.search(rest))
    for item in items:
        if _CLASS.search(item):
            break
        bare = _LEAD.sub("", item.split("的")[1] if item.count("的") == 1 and _OF.search(item) else item)
        if route and (m := _ROUTE.match(_TAIL.sub("", bare))):
            found.append(m.group())
        elif "＊" not in item and (one := _single(bare, verb, makes, builds)):
            found.append(one)
    if found and makes and "、" in rest and "的" not in items[-1]:
        # 海光寺、奥城商业广场…: what stands in a row with a named thing is named too
        row = [_trim(i) for i in _SEPARATE.split(masked)[:-1] if "＊" not in i]
        row += [
            n for i in items[1:] if _INSTITUTES.fullmatch(n := re.sub(r"(?:扩建|改造|项目|建设)+$", "", i))
        ]
        found = [
            n for n in row
            if n not in found and len(n) <= 10 and len(own_part(n)) >= 2 and _is_name(n, True) and not _COUNTED.match(n)
        ] + found  # fmt: skip
    if (
        not found
        and makes
        and (m := _AT_WORK.match(rest))
        and not _COUNTED.match(rest)
        and len(own_part(m.group(1))) >= 2
    ):
        name = _LEAD.sub("", m.group(1))
        if _is_name(name, True) and "等" not in name and not _ABSTRACT.search(name.rstrip("”")):
            found.append(name)
    return found


def _listed(names: str, kind: str) -> list[str]:
    """The names before 等, when they are names: 鲁能城、松江置地广场等城市综合体, not 风险投资等方式."""
    works = bool(_TRUE_WORKS.search(kind))
    area = bool(re.match(r"[^，]{0,4}?(?:地区|区域|片区|领域)", kind))
    items = [_trim(n) for n in _split(names)]
    if _FIRMS.match(kind) or (
        any(_GOODS.fullmatch(n) for n in items)
        or _RANKS.match(kind)
        and sum(len(n) <= 3 for n in items) * 2 > len(items)
    ):
        return []
    good = [n for n in items if _is_name(n, works) and not (area and not re.search(r"[园路道区城街]$", n))]
    if not good or len(good) * 2 < len(items) and not works:
        return []
    if works:
        return [
            n
            for n in items
            if n in good
            or 3 <= len(n) <= 24
            and not (_CARE.search(n) and len(own_part(n)) < 2)
            and not _VAGUE.search(n[:6])
            and not re.search(r"[，的]", n)
            and not _ABSTRACT.search(n)
        ]
    return good


def _split(names: str) -> list[str]:
    """Items of a list; 和 parts only where both sides are long enough to be names."""
    out: list[str] = []
    for part in _SEPARATE.split(names):
        pieces = re.split(r"(?<=[^、]{2})(?:和|与|以及)(?=[^、]{2})", part)
        for piece in pieces:
            first, joint, second = piece.partition("及")
            # 驮英水库及灌区工程 is one work, 虹桥枢纽及前滩 are two
            parted = joint and len(first) >= 2 and len(second) >= 4 and len(own_part(second[:6])) >= 2
            out.extend((first, second) if parted else (piece,) if piece else ())
    return out


def _trim(name: str) -> str:
    name = re.sub(r"^.{2,16}(?:规划建设|开工建设|建设|新建|打造|开发)(?=.{2})(?!.{0,3}$)", "", name)
    name = _TAIL.sub("", _SUMMED.sub("", _LEAD.sub("", name)))
    return re.sub(r"(?<=..)[及和与]$", "", name)


def _is_name(name: str, works: bool) -> bool:
    if (
        not 2 <= len(name) <= 24
        or name.count("《") != name.count("》")
        or _VAGUE.search(name[:6])
        or re.search(r"[，的]", name)
    ):
        return False
    if re.match("增加|拉长|提高|降低|推进|加强|完善", name):
        return False
    own = own_part(name)
    if (_ABSTRACT.search(name) or name.endswith("业") and len(own) < 2) and not re.search(
        r"[A-Za-z\d]", name
    ):
        return False
    if len(own) >= 2 or re.search(r"[A-Za-z\d]", name):
        return True
    return (
        bool(_INSTITUTES.search(name))
        or works
        and len(own) >= 1
        or len(name) >= 5
        and bool(_PLACE.fullmatch(name))
    )


def _single(name: str, verb: str, makes: bool, builds: bool) -> str:
    if not name or _COUNTED.match(name) or _COUNT_LAST.search(name):
        return ""
    if (m := _NUMBERED.match(name)) and verb:
        return m.group()
    if (m := _EVENT.match(name)) and verb[-2:] in ("举办", "承办", "办好", "筹办", "参加", "组织", "开展"):
        return m.group()
    if (m := _PROGRAMME.match(name)) and verb[-2:] in _STARTS and _is_programme(m.group()):
        return m.group()
    if _VAGUE.match(name):
        return ""
    if makes and (m := _WHOLE_WORK.fullmatch(name)) and len(own_part(m.group("name"))) >= 2:
        return name.removesuffix("项目")  # 沪宁高速公路昆山高新区互通工程
    if (m := _WHOLE_PLACE.match(name)) and (place := _place(m.group(), verb, makes, builds)):
        return place
    if m := _PLACE.match(name):
        if re.match(
            r"(?:现代化)?(?:建设)?(?:水平|能力|功能|作用|服务功能|效应|优势|城市|城区|村)", name[m.end() :]
        ):
            return ""
        return _place(m.group(), verb, makes, builds)
    if (
        (m := _WORK.match(name))
        and makes
        and len(own_part(m.group("name"))) >= 2
        and not _VAGUE.search(m.group("name"))
    ):
        return m.group("name") + ("工程" if name[m.end() - 2 : m.end()] == "工程" else "")
    return ""


def _is_programme(name: str) -> bool:
    core = re.sub(r"(?:工程|计划|行动)$", "", name)
    return not _UNNAMED.search(core) and not re.search(
        r"\d|等|^(?:建设|改造)|^[一二两三四五六七八九十百]+[个大项]|[一二两三四五六七八九十]+[个大项]$", core
    )


def _place(name: str, verb: str, makes: bool, builds: bool) -> str:
    """The name of a place when it is one of a kind; 打造 often names a rank rather than a place."""
    core = re.sub(rf"(?:{_PLACES})(?:（.*）)?(?:[一二三四五六]期)?$", "", name)
    if re.search(r"等|\d+[个家座条所]|贯穿|一批|[为到于](?!民)|的", core):
        return ""
    if name.endswith(("公司", "银行")) and verb[-2:] in _COURTS:
        return ""  # 培育本土跨国公司
    if re.search("[和与及]", core) and len(own_part(core)) < 2:
        return ""  # 职业学校和公共实训中心
    done, dream = verb[-2:] in _DONE, "打造" in verb
    if dream and re.match(
        r"(?:.{0,4}(?:国家|世界)级|国家|省|市|世界|全[国省市区]|国际|区域|[东西中]部|[东西]南|[东西]北|华|亚)",
        core,
    ):
        return ""
    if len(own_part(core)) >= 2 and makes:
        return name
    if _INSTITUTES.search(name) and len(core) >= 1 and makes:
        return name
    if not builds:
        return ""
    if done and len(core) >= 4:
        return name
    level = re.match(r"(?:国家|自治区|全国|[省市区县])(?:级)?(?=..)", core)
    return name if len(core) >= 6 or level and len(core) >= 4 else ""
