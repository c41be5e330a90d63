"""What every route may ask for."""

from __future__ import annotations

from litestar.di import NamedDependency

from inspector.hq.devices import Device
from inspector.hq.service import HqService

Service = NamedDependency[HqService]
Sender = NamedDependency[Device]
"""The device whose signature the gate has checked; named `sender` because messages have a field `device`."""
