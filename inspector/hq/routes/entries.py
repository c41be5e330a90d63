"""Route that takes entries."""

from __future__ import annotations

from litestar import post
from litestar.params import JSONBody

from inspector import log
from inspector.hq.routes.given import Sender, Service
from inspector.protocol.messages import Push, Pushed


@post("/v1/entries", sync_to_thread=True, status_code=200)
def push(service: Service, sender: Sender, data: JSONBody[Push]) -> Pushed:
    """Store a run of entries; every item is answered."""
    answer = service.push(sender, data)
    quarantined = sum(item.state == "quarantined" for item in answer.items)
    log.event("pushed", device=sender.id, first=data.first, entries=len(answer.items), count=quarantined)
    return answer
