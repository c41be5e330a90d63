"""Headquarters as a process of its own: its commands, a clean stop, and kill -9 between the steps of a seal."""

from __future__ import annotations

import hashlib
import io
import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path

import msgspec
import pytest

from inspector.hq import check
from inspector.hq.blobs import blob_path
from inspector.hq.cli import main
from inspector.hq.service import HqService
from inspector.protocol.messages import BlobReceipt, OfferResults, Offers, Position, Pushed, Sealed
from tests.hq.laptop import BUREAU, CHUNK, Laptop, Wire, content, lines, offer_of, register_json, upload

ROOT = Path(__file__).resolve().parents[2]


def hq(*words: str, code: int = 0) -> str:
    """Run one command in this process; return what it printed (to stderr where it failed)."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        ended = main(list(words))
    assert ended == code, err.getvalue()
    return err.getvalue() if code == 2 else out.getvalue()


@pytest.fixture
def data(tmp_path: Path) -> str:
    file = tmp_path / "register.json"
    file.write_text(json.dumps(register_json(), ensure_ascii=False), encoding="utf-8")
    told = json.loads(hq("init", "--data", str(tmp_path / "hq"), "--register", str(file)))
    assert told["records"] == 9
    return str(tmp_path / "hq")


class Process:
    """`hq serve` on a free port."""

    def __init__(self, data: str) -> None:
        words = [sys.executable, "main.py", "hq", "serve", "--data", data, "--port", "0"]
        self.running = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        line = self.running.stdout.readline()
        self.url = json.loads(line)["url"] if line else ""

    def end(self, how: signal.Signals) -> tuple[int, str]:
        self.running.send_signal(how)
        _, told = self.running.communicate(timeout=30)
        return self.running.returncode, told


@contextmanager
def served(data: str) -> Iterator[Process]:
    process = Process(data)
    try:
        yield process
    finally:
        if process.running.poll() is None:
            process.end(signal.SIGKILL)


def test_a_day_over_a_restart_and_a_kill(data: str, tmp_path: Path) -> None:
    code = json.loads(hq("code", "--data", data, "--office", BUREAU))["code"]
    blob = content(3 * CHUNK + 5)
    name = hashlib.sha256(blob).hexdigest()
    laptop = Laptop()
    with served(data) as process, Wire(process.url, laptop) as wire:
        assert process.url.startswith("http://127.0.0.1:")
        wire.enrol(code)
        inspection = laptop.write_day()
        first = wire.call("POST", "/v1/entries", laptop.push(), Pushed)
        wire.call("POST", "/v1/offers", Offers(blobs=[offer_of(blob)]), OfferResults)
        assert wire.send("PUT", f"/v1/blobs/{name}/0-2", blob[: 2 * CHUNK]).status_code == 204
        ended, told = process.end(signal.SIGTERM)
    assert ended == 0
    events = lines(told)
    assert [one["event"] for one in events][:1] == ["serving"]
    assert events[-1]["event"] == "stopped"
    for secret in (code, "平板一", inspection, laptop.key.public.hex()):
        assert secret not in told
    with served(data) as process, Wire(process.url, laptop) as wire:
        old = wire.send("GET", "/v1/position", nonce="5.x.y:1")
        assert old.status_code == 401
        assert wire.call("GET", "/v1/position", None, Position).seq == 5
        assert wire.call("POST", "/v1/entries", laptop.push(), Pushed).receipt == first.receipt
        item = wire.call("POST", "/v1/offers", Offers(blobs=[offer_of(blob)]), OfferResults).items[0]
        assert item.missing == [(2, 4)]
        assert wire.send("PUT", f"/v1/blobs/{name}/2-4", blob[2 * CHUNK :]).status_code == 204
        sealed = wire.call("POST", f"/v1/blobs/{name}/seal", None, Sealed)
        laptop.write("close", "inspection", inspection, state="closed")
        last = wire.call("POST", "/v1/entries", laptop.push(6), Pushed)
        assert process.end(signal.SIGKILL)[0] == -signal.SIGKILL
    with served(data) as process, Wire(process.url, laptop) as wire:
        assert wire.call("POST", "/v1/entries", laptop.push(6), Pushed).receipt == last.receipt
        assert wire.call("POST", f"/v1/blobs/{name}/seal", None, Sealed) == sealed
        report = json.loads(hq("check", "--data", data))
        assert (report["is_clean"], report["entries"], report["blobs"]) == (True, 6, 1)
        assert process.end(signal.SIGINT)[0] == 0
    demand_a_whole_copy(data, laptop.id, tmp_path / "out", blob)


def demand_a_whole_copy(data: str, device: str, out: Path, blob: bytes) -> None:
    """List, revoke, export, then break one byte: check must see it."""
    name = hashlib.sha256(blob).hexdigest()
    (told_device,) = lines(hq("devices", "--data", data))
    assert (told_device["name"], told_device["entries"], told_device["is_revoked"]) == ("平板一", 6, False)
    (revoked,) = lines(hq("devices", "--data", data, "--revoke", device))
    assert revoked["is_revoked"] is True
    assert json.loads(hq("export", "--data", data, "--out", str(out)))["entries.jsonl"] == 6
    assert (out / blob_path(name)).read_bytes() == blob
    file = Path(data) / blob_path(name)
    file.write_bytes(blob[:-1] + b"\x00")
    assert json.loads(hq("check", "--data", data, code=1))["faults"] == [[f"blob {name}", "bytes"]]


def test_commands_say_what_is_wrong(data: str, tmp_path: Path) -> None:
    assert json.loads(hq("code", "--data", data, "--office", "nowhere", code=2))["error"] == "not_found"
    assert json.loads(hq("init", "--data", data, code=2))["reason"] == "already_initialised"
    assert json.loads(hq("serve", "--data", str(tmp_path / "x"), code=2))["error"] == "profile_missing"
    assert json.loads(hq("devices", "--data", data, "--revoke", "x", code=2))["error"] == "not_found"
    wrong = tmp_path / "wrong.json"
    wrong.write_text("{", encoding="utf-8")
    assert json.loads(hq("import-register", "--data", data, str(wrong), code=2))["error"] == "invalid_input"
    again = tmp_path / "register.json"
    assert json.loads(hq("import-register", "--data", data, str(again))) == {"records": 0}
    assert stat.S_IMODE((Path(data) / "server.key").stat().st_mode) == 0o600
    database = Path(data) / "hq.db"
    database.write_bytes(b"rubbish" * 1000)
    assert json.loads(hq("check", "--data", data, code=1))["faults"][0][0] == "database"


# --- kill -9 between the steps of a seal ------------------------------------------------------

STEPS = ("join", "sync", "name", "record", "clear")
DOOMED = """
import os, signal, sys
from pathlib import Path
from inspector.hq.service import HqService

def on_step(name):
    if name == sys.argv[2]:
        os.kill(os.getpid(), signal.SIGKILL)

service = HqService(Path(sys.argv[1]), on_step=on_step)
(device,) = service.devices()
service.seal(device, sys.argv[3])
"""


@pytest.mark.parametrize("step", STEPS)
def test_a_kill_between_the_steps_of_a_seal_loses_nothing(service: HqService, step: str) -> None:
    laptop = Laptop()
    laptop.accept(service.enrol(laptop.request(service.new_code(BUREAU))))
    (device,) = service.devices()
    blob = content(2 * CHUNK + 9)
    name = hashlib.sha256(blob).hexdigest()
    service.offer(device, Offers(blobs=[offer_of(blob)]))
    upload(service, device, blob, [(0, 3)])
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    words = [sys.executable, "-c", DOOMED, str(service.folder), step, name]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, timeout=60, check=False, env=environment)
    assert done.returncode == -signal.SIGKILL, done.stderr
    again = HqService(service.folder)
    report = check.check(again)
    assert report.faults == []
    item = again.offer(device, Offers(blobs=[offer_of(blob)])).items[0]
    assert item.missing == [], "whatever was cut off, no byte has to be sent again"
    assert (item.state == "have") == (step == "clear"), "a receipt is given exactly when all is recorded"
    sealed = again.seal(device, name)
    assert msgspec.json.decode(sealed.receipt.body, type=BlobReceipt).size == len(blob)
    assert (service.folder / blob_path(name)).read_bytes() == blob
    assert list((service.folder / "staging").iterdir()) == []
    report = check.check(again)
    assert (report.faults, report.blobs, report.unnamed_files) == ([], 1, 0)
    again.close()
