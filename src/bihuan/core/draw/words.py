"""What the draw says: one table of sentences by code, the same in dr1.js."""

from __future__ import annotations

from collections.abc import Mapping

from bihuan.core.say import Say

PARTS = (
    "一",
    "十",
    "百",
    "千",
    "万",
    "十万",
    "百万",
    "千万",
    "亿",
    "十亿",
    "百亿",
    "千亿",
    "万亿",
)  # 10^0 to 10^12


class Refused(ValueError):
    """Something does not hold; `.code` names it, `.say` is the sentence."""

    def __init__(self, code: str, **facts: object) -> None:
        self.code = code
        self.say = say(code, **facts)
        super().__init__(f"{self.say} | {self.say.en}")


def say(code: str, **facts: object) -> Say:
    """The sentence of a code with its facts put in; an unknown code raises KeyError."""
    return fill(*SAYS[code], facts)


def fill(zh: str, en: str, facts: Mapping[str, object]) -> Say:
    """A sentence with its facts put in; a fact that is a sentence itself is put in by language."""
    return Say(
        zh.format(**facts), en.format(**{k: v.en if isinstance(v, Say) else v for k, v in facts.items()})
    )


def rarely(share: float) -> Say:
    """A share below one as people say it, to one digit: 3e-9 is “十亿分之 3”; what is rarer than 10^-12 only so."""
    digit, power = f"{share:.0e}".split("e-")
    if int(power) >= len(PARTS):
        return Say(f"不到{PARTS[-1]}分之 1", f"less than 1 in {10 ** (len(PARTS) - 1):,}")
    return Say(f"{PARTS[int(power)]}分之 {digit}", f"{digit} in {10 ** int(power):,}")


SAYS: dict[str, tuple[str, str]] = {
    # files
    "missing": ("缺文件 {file}", "the file {file} is missing"),
    "byte": ("{file} 第 {line} 行有不许的字节 {byte}：只许可见 ASCII 字符、TAB 和 LF，不许空格、回车、BOM", "{file}, line {line}: byte {byte} is not allowed; only visible ASCII, TAB and LF are, no blank, CR or BOM"),
    "last_lf": ("{file} 最后一行没有换行", "the last line of {file} has no LF"),
    "header": ("{file} 的首行不是“dr1-{file} 编号 行数”", "the first line of {file} is not “dr1-{file} number lines”"),
    "header_draw": ("{file} 的首行写的是抽取 {said}，清单是 {draw}", "the first line of {file} names the draw {said}, the manifest {draw}"),
    "header_count": ("{file} 的首行写 {said} 行，实有 {found} 行", "the first line of {file} says {said} lines, there are {found}"),
    "fields": ("{file} 第 {line} 行的栏数不对或有空栏", "{file}, line {line}: wrong number of fields, or an empty one"),
    "id": ("{file} 第 {line} 行的编号超过 22 个字节", "{file}, line {line}: an id has more than 22 bytes"),
    "order": ("{file} 第 {line} 行的 {id} 没有按字节从小到大排", "{file}, line {line}: {id} does not stand in ascending byte order"),
    "double": ("{file} 第 {line} 行的 {id} 重复", "{file}, line {line}: {id} stands there twice"),
    "file_hash": ("{file} 不是清单登记的那一份：杂凑值不同", "{file} is not the one the manifest fixed: its hash differs"),
    "manifest_count": ("{file}：清单写 {said} 行，实有 {found} 行", "{file}: the manifest says {said} lines, there are {found}"),
    "avoid_code": ("回避表第 {line} 行：代码只许 C 或 H，盐是 32 位小写十六进制", "avoid, line {line}: the code is C or H, the salt 32 lower-case hex digits"),
    "both": ("{id} 既在名录里又在排除名单里", "{id} is both listed and excluded"),
    "unplanned": ("类别 {stratum} 在方案里没有一行", "the class {stratum} has no line in the plan"),
    "plan_number": ("方案第 {line} 行的比例或下限不是数，或者分母是 0", "plan, line {line}: ratio or minimum is not a number, or the denominator is 0"),
    "plan_slot": ("方案第 {line} 行的人员池写法不对，应是 池:人数[:上限]，用逗号分开，或者 -", "plan, line {line}: pools are written pool:count[:cap] with commas, or -"),
    "applied_line": ("已用回避对第 {line} 行的写法不对", "applied, line {line}: not an index, a pair, a salt and a path"),
    "applied_proof": ("已用回避对第 {line} 行的证明不通向清单里的根，或者次序不对", "applied, line {line}: its path does not lead to the root in the manifest, or it is out of order"),
    # manifest
    "manifest_bytes": ("清单不是以 LF 结尾的 UTF-8 文本，或含 TAB、回车、BOM", "the manifest is not UTF-8 text ending in LF, or holds a TAB, CR or BOM"),
    "manifest_line": ("清单第 {line} 行应是 {wanted}", "manifest, line {line}: {wanted} is wanted here"),
    "parties": ("只有 {n} 方出随机数，至少要三方", "{n} parties give a nonce, at least three must"),
    "twice": ("{name} 出现两次", "{name} stands there twice"),
    "pot_first": ("公众池要写在其他公开值之前：它在截止时已经知道", "the pot stands before the other public values: it is known when nonces close"),
    "beacon_kind": ("不认识的公开值 {kind}", "unknown public value {kind}"),
    "beacon_shape": ("公开值“{beacon}”的写法不对", "the public value “{beacon}” is not written as its kind is"),
    "bits": ("公开值合计 {bits} 比特，少于 {least} 比特：可以反复试名单挑结果，不许抽", "the public values hold {bits} bits together, fewer than {least}: rosters could be tried until one suits, so there is no draw"),
    # reveal
    "reveal_bytes": ("开启文件不是以 LF 结尾的 UTF-8 文本，或含回车、BOM", "the reveal is not UTF-8 text ending in LF, or holds a CR or BOM"),
    "reveal_line": ("开启文件第 {line} 行不是“种类 名称 小写十六进制”", "reveal, line {line}: not kind, name and lower-case hex"),
    "reveal_unknown": ("开启文件第 {line} 行的“{name}”不在清单里", "reveal, line {line}: “{name}” is not in the manifest"),
    "nonce": ("{party} 开出的随机数不是它承诺的那一个", "{party} opened a nonce that is not the one it committed to"),
    "blind": ("开出的遮盖值不是清单承诺的那一个", "the blind opened is not the one the manifest committed to"),
    "blind_missing": ("遮盖值还没有开启：检查办完以后才能复算", "the blind is not opened yet: the draw can be redone when the inspections are done"),
    "beacon_missing": ("公开值“{beacon}”还没有写进开启文件", "the public value “{beacon}” is not in the reveal yet"),
    "beacon_value": ("“{beacon}”的值不是这一种公开值会有的", "the value of “{beacon}” is none that this kind can have"),
    # outside
    "registry": ("名录加排除名单与登记底册不符：底册有而这里没有的 {less} 个，这里有而底册没有的 {more} 个", "listed and excluded do not make up the register: {less} are missing, {more} are not on it"),
    "pot": ("公众池文件的杂凑值不是写进去的那一个", "the hash of the pot file is not the value entered"),
    "announced": ("“{beacon}”写的是 {written}，公告是 {said}", "“{beacon}” was entered as {written}, announced was {said}"),
    "drand": ("“{beacon}”的签名验不过", "the signature of “{beacon}” does not verify"),
    "drand_chain": ("“{beacon}”不是 quicknet 链，不能核验", "“{beacon}” is not of the chain quicknet and cannot be verified"),
    "late": ("截止 {closes} 离“{beacon}”的产生 {moment} 不足 30 分钟", "nonces close at {closes}, less than 30 minutes before “{beacon}” falls at {moment}"),
    "unwitnessed": ("截止以前只有 {n} 个见证签名，至少要两个", "{n} witnesses signed before nonces closed, at least two must"),
    "rivals": ("同一方案期还有清单 {names}，没有登记作废", "there are other manifests of this plan period without a logged abort: {names}"),
    "result_lines": ("结果有 {written} 行，复算有 {found} 行", "the result has {written} lines, redone it has {found}"),
    "result_field": ("结果第 {line} 行第 {field} 栏写的是 {written}，复算是 {found}", "result, line {line}, field {field}: {written} is written, redone it is {found}"),
    # escrow
    "escrow": ("托管要 32 字节的随机数和 32 字节整数倍的新噪声：现在是 {secret} 和 {noise}，分 {shares} 份", "an escrow takes 32 bytes and fresh noise in multiples of 32: these are {secret} and {noise}, for {shares} shares"),
    "shares": ("要 {needed} 份不同的 33 字节分份，收到 {n} 份或有重复、写坏的", "{needed} different shares of 33 bytes are needed; {n} came, or some are alike or damaged"),
    "share": ("第 {x} 份与其他各份不合", "share {x} does not fit the others"),
    # what holds
    "ok_manifest": ("清单读得通：抽取 {draw}，{parties} 方出随机数，公开值 {beacons}", "the manifest reads: draw {draw}, {parties} parties, public values {beacons}"),
    "ok_file": ("{file} 是清单登记的那一份，{lines} 行，次序和写法都对", "{file} is the one the manifest fixed, {lines} lines, order and writing are right"),
    "ok_applied": ("回避表不公开；用到的 {lines} 对各有证明，通向清单里的根", "the avoid list is not public; the {lines} pairs that were applied each lead to the root in the manifest"),
    "ok_apart": ("名录和排除名单没有重叠", "nobody is both listed and excluded"),
    "ok_planned": ("每个类别在方案里都有一行", "every class has its line in the plan"),
    "ok_registry": ("名录加排除名单正好是登记底册的 {n} 个", "listed and excluded are exactly the {n} of the register"),
    "ok_reveal": ("开启文件读得通，公开值都在", "the reveal reads, every public value is there"),
    "ok_parties": ("开出的随机数都是承诺的那一个", "every nonce opened is the one committed to"),
    "ok_parties_but": ("开出的随机数都是承诺的那一个；没有按时开的：{names}", "every nonce opened is the one committed to; not opened in time: {names}"),
    "ok_blind": ("遮盖值是清单承诺的那一个", "the blind is the one the manifest committed to"),
    "ok_values": ("公开值写法都对，合计 {bits} 比特：就算试约一百亿亿份（2⁶⁰）名单，机会 3 % 的人最多多得{gain}（相对）", "the public values are well formed and hold {bits} bits: even with 2⁶⁰ rosters tried, a chance of 3 % gains at most {gain}, relatively"),
    "ok_pot": ("公众池文件与写进去的杂凑值一致", "the pot file has the hash that was entered"),
    "ok_announced": ("公开值与公告一致", "the public values are those announced"),
    "ok_drand": ("drand 的签名验得过", "the drand signature verifies"),
    "ok_late": ("截止在第一个公开值产生至少 30 分钟以前", "nonces closed at least 30 minutes before the first public value fell"),
    "ok_logged": ("截止以前清单已经写进公开日志，有 {n} 个见证签名", "the manifest stood in the public log before nonces closed, with {n} witnesses"),
    "ok_rivals": ("同一方案期没有别的清单", "there is no other manifest of this plan period"),
    "ok_result": ("复算的结果逐字节相同：抽中 {drawn} 个，候补 {reserves} 个", "redone, the result is the same byte for byte: {drawn} drawn, {reserves} substitutes"),
    # what these files cannot show
    "open_reached": ("前面有一项不成立或未定，这一项没有核对", "something before this does not hold, so this was not checked"),
    "open_registry": ("没有登记底册，不能核对有没有漏人", "without the register nobody can tell here whether someone was left out"),
    "open_pot": ("没有公众池文件 pot.txt，不能核对它的杂凑值", "without the file pot.txt its hash cannot be checked"),
    "open_announced": ("请与官方公告对：{values}", "compare with the official announcement: {values}"),
    "open_drand": ("这里没有核验 BLS 签名的程序库；可用任何 drand 客户端核验", "there is no library for BLS signatures here; any drand client verifies it"),
    "open_late": ("“{beacon}”何时产生，要看公告；应在 {closes} 之后 30 分钟以上", "when “{beacon}” falls, the announcement says; it must be 30 minutes or more after {closes}"),
    "open_logged": ("没有日志凭证，不能核对清单何时登记、有几个见证", "without a receipt of the log nobody can tell here when the manifest was logged and who witnessed it"),
    "open_rivals": ("没有日志，不能核对同一方案期有没有别的清单", "without the log nobody can tell here whether there are other manifests of this plan period"),
}  # fmt: skip
