"""The peer SpiffWorkflow: six manual tasks and a timer; its state to JSON and back at each step, as a server must."""

from __future__ import annotations

from pathlib import Path

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.util.task import TaskState

STEPS = 6


def spec() -> object:
    parser = BpmnParser()
    parser.add_bpmn_file(str(Path(__file__).with_name("six_steps.bpmn")))
    return parser.get_spec("six_steps")


SPEC = spec()
SERIALIZER = BpmnWorkflowSerializer()


def begin() -> str:
    """A new workflow up to its first manual task, as JSON."""
    flow = BpmnWorkflow(SPEC)
    flow.do_engine_steps()
    return SERIALIZER.serialize_json(flow)


def step(state: str) -> tuple[str, bool]:
    """Load, complete the one ready manual task, run the engine and the timers, store: (JSON, finished)."""
    flow = SERIALIZER.deserialize_json(state)
    flow.refresh_waiting_tasks()
    flow.get_tasks(state=TaskState.READY, manual=True)[0].run()
    flow.do_engine_steps()
    return SERIALIZER.serialize_json(flow), flow.is_completed()


def life() -> int:
    """One workflow from beginning to the sixth step; the number of steps taken."""
    state = begin()
    for _ in range(STEPS):
        state, _done = step(state)
    return STEPS
