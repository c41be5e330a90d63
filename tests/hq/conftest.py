"""A fresh headquarters per test: as a service in this process, or served over HTTP on a free port."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from inspector.hq.register import Register
from inspector.hq.service import Device, HqService
from inspector.hq.serving import listen, server
from tests.hq.laptop import BUREAU, Laptop, TestClock, Wire, enrolled, register_json


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
def service(tmp_path: Path, clock: TestClock) -> Iterator[HqService]:
    made = HqService.create(tmp_path / "hq", clock=clock)
    made.import_register(msgspec.convert(register_json(), Register))
    yield made
    made.close()


@pytest.fixture
def pair(service: HqService) -> tuple[Laptop, Device]:
    return enrolled(service)


@pytest.fixture
def url(service: HqService) -> Iterator[str]:
    """The address of the service, really served."""
    listening = listen("127.0.0.1", 0)
    serving = server(service, listening, is_telling=False)
    thread = threading.Thread(target=serving.serve_forever)
    thread.start()
    yield serving.url
    serving.should_exit = True
    thread.join()
    listening.close()


@pytest.fixture
def wire(url: str, service: HqService) -> Iterator[Wire]:
    """An enrolled laptop on the wire."""
    with Wire(url, Laptop()) as one:
        one.enrol(service.new_code(BUREAU))
        yield one
