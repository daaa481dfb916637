"""``bihuan demo``: a working district from nothing, with a month of cases, on this machine only."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from bihuan.config import home as homes

PASSWORD = "nankai-demo"  # the demo listens on loopback only and its people are invented
MADE = "demo.made"


def demo(
    port: int = typer.Option(8000, help="port to listen on, on 127.0.0.1"),
    serve: bool = typer.Option(True, help="serve after loading"),
) -> None:
    """Load Nankai and a month of about 2,000 cases, then serve web and worker until Ctrl-C."""
    os.environ["BIHUAN_DEMO"] = "1"
    from bihuan.config.cli.database import apply_migrations, ready_django
    from bihuan.config.cli.record import prepare_demo
    from bihuan.config.cli.serve import collect_assets, serve_until_stopped

    console, begun = Console(), time.monotonic()
    mark = homes.home() / MADE
    with ready_django():
        apply_migrations(verbosity=0)
        if mark.exists():
            console.print(f"演示数据保留自 {mark.read_text().strip()}。删除 {homes.home()} 可以重新开始。")
        elif serve:  # in a process of its own, whose memory is free again when the month has been replayed
            subprocess.run([sys.argv[0], "demo", "--no-serve"], check=True)
        else:
            fill(console)
            mark.write_text(time.strftime("%Y-%m-%d %H:%M"))
        if serve:
            prepare_demo()
            collect_assets()
            show(console, port, time.monotonic() - begun)
            serve_until_stopped("127.0.0.1", port)


def fill(console: Console) -> None:
    """Units, duties, places, people, the report, and the month."""
    from django.db import connection

    from bihuan.cases.edge import to_instant
    from bihuan.config.cli.load import load_all
    from bihuan.config.cli.record import prepare_demo
    from bihuan.config.demo import month, staff
    from bihuan.config.demo.beats import arrange_beats
    from bihuan.config.demo.bulletin import publish_bulletin
    from bihuan.config.demo.components import record_demo_components
    from bihuan.config.demo.draws import finished, signer, under_way
    from bihuan.config.demo.inspections import fill_inspections
    from bihuan.config.demo.leads import show_leads
    from bihuan.config.demo.lots import fill_lots
    from bihuan.config.demo.penalties import fill_penalties
    from bihuan.config.demo.ratings import fill_counters
    from bihuan.config.demo.scores import publish_scores
    from bihuan.config.demo.zones import mark_zones
    from bihuan.config.now import now
    from bihuan.subjects.actions import load_example
    from bihuan.targets.actions.release import release_day

    # a crash while filling means filling again, so nothing waits for the disk
    with connection.cursor() as cursor:
        cursor.execute("set synchronous_commit = off")
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        first = progress.add_task("南开区：单位、权责、网格、部件、人员", total=3)
        load_all()
        progress.advance(first)
        record_demo_components(now(), to_instant(now()) // 86400)
        progress.advance(first)
        people = staff.hire(PASSWORD)
        arrange_beats(people, now())
        mark_zones(people, now())
        load_example("shichang", now())
        progress.advance(first)
        work = progress.add_task("重演一个月的办件", total=month.PROBLEMS + month.REQUESTS + month.LICENCES)
        prepare_demo()
        home, sign, until = homes.home(), signer(homes.home()), to_instant(now())
        world = month.replay(
            people, until, lambda _at: progress.advance(work),
            ((until // 86400 - 6) * 86400 + 9 * 3600, lambda world: finished(world, home, sign)),
            (until - 7200, lambda world: under_way(world, home, sign)),
        )  # fmt: skip
        progress.update(work, completed=month.PROBLEMS + month.REQUESTS + month.LICENCES)
        last = progress.add_task("按公式算单位绩效并公布", total=1)
        publish_scores(people, world.until)
        progress.advance(last)
        bulletin = progress.add_task("上月结账、申诉、公布月度通报，两条线索，窗口一周", total=1)
        publish_bulletin(people, world.until)
        show_leads(world, people)
        for fill_one in (fill_counters, fill_lots, fill_inspections, fill_penalties):
            fill_one(world)
        release_day(homes.home(), now().date(), now(), lambda path: path)
        progress.advance(bulletin)
    connection.close()
    for reason, n in world.refused.most_common(3):
        console.print(f"  系统拒绝了 {n} 次：{reason}")


def show(console: Console, port: int, seconds: float) -> None:
    """The address and who can log in."""
    from bihuan.config.demo.staff import ACCOUNTS

    table = Table(title=f"演示账号（口令都是 {PASSWORD}）")
    for title in ("账号", "是谁", "Who"):
        table.add_column(title)
    for username, _, _, what in ACCOUNTS:
        table.add_row(username, str(what), what.en)
    console.print(table)
    console.print(
        f"用时 {seconds:.0f} 秒。打开 http://127.0.0.1:{port}/ ，工作台 http://127.0.0.1:{port}/desk/ ，Ctrl-C 结束。"
    )


def add_to(app: typer.Typer) -> None:
    """Register the commands of this file."""
    app.command()(demo)
