"""SpiffWorkflow · A BPMN process of six manual tasks, kept between steps as its serialiser writes it; psycopg's pool, prepared statements."""

from __future__ import annotations

import io
import json
import sys
from itertools import pairwise
from typing import Any

from psycopg_pool import ConnectionPool

from benchmarks.peer.talk import STEPS, serve

TABLES = """drop table if exists spiff_case, spiff_event;
create table spiff_case(id bigserial primary key, body jsonb not null);
create table spiff_event(case_id bigint, seq int, step text, actor text, at timestamptz default now(), primary key(case_id, seq))"""
LOAD = "select body from spiff_case where id = %s for update"
SAVE = """with c as (update spiff_case set body = %s where id = %s returning id)
insert into spiff_event(case_id, seq, step, actor) select id, %s, %s, 'li.ming' from c"""


def _bpmn() -> bytes:
    tasks = "".join(f'<manualTask id="t{n}" name="t{n}"/>' for n in range(STEPS))
    names = ["start", *(f"t{n}" for n in range(STEPS)), "end"]
    flows = "".join(f'<sequenceFlow id="f{n}" sourceRef="{a}" targetRef="{b}"/>' for n, (a, b) in enumerate(pairwise(names)))
    head = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="six"><process id="six" isExecutable="true">'
    return f'{head}<startEvent id="start"/>{tasks}<endEvent id="end"/>{flows}</process></definitions>'.encode()


def main(dsn: str) -> None:
    """Serve turns on a database."""
    from lxml import etree  # noqa: PLC0415
    from SpiffWorkflow.bpmn.parser import BpmnParser  # noqa: PLC0415
    from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer  # noqa: PLC0415
    from SpiffWorkflow.bpmn.workflow import BpmnWorkflow  # noqa: PLC0415
    from SpiffWorkflow.util.task import TaskState  # noqa: PLC0415

    parser = BpmnParser()
    parser.add_bpmn_xml(etree.parse(io.BytesIO(_bpmn())), filename="six.bpmn")
    spec, serializer = parser.get_spec("six"), BpmnWorkflowSerializer()
    pool = ConnectionPool(dsn, min_size=1, max_size=4, kwargs={"prepare_threshold": 1}, open=True)
    with pool.connection() as c:
        c.execute(TABLES)

    def step(key: int, n: int) -> None:
        with pool.connection() as c:
            row = c.execute(LOAD, (key,)).fetchone()
            assert row is not None
            workflow: Any = serializer.deserialize_json(json.dumps(row[0]))
            task = workflow.get_tasks(state=TaskState.READY, manual=True)[0]
            task.run()
            workflow.do_engine_steps()
            c.execute(SAVE, (serializer.serialize_json(workflow), key, n, task.task_spec.name))

    def turn(cases: int) -> None:
        for _ in range(cases):
            workflow = BpmnWorkflow(spec)
            workflow.do_engine_steps()
            with pool.connection() as c:
                row = c.execute("insert into spiff_case(body) values (%s) returning id", (serializer.serialize_json(workflow),)).fetchone()
            assert row is not None
            for n in range(STEPS):
                step(row[0], n)

    serve(turn)


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]))
