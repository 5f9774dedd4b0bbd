"""What a broker has granted a receiving link: read from its attach, never assumed. Immutable; any thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from proton import Terminus

from clacks_monitor.amqp import remote_properties
from clacks_monitor.core.peer import DistributionMode
from clacks_monitor.core.untrusted import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

TOPIC: Final = "topic"
QUEUE: Final = "queue"
"""Capabilities of a source: each receiver gets every message, or each message goes to one receiver."""


_MODES: Final[Mapping[int, DistributionMode]] = {
    Terminus.DIST_MODE_COPY: DistributionMode.COPY,
    Terminus.DIST_MODE_MOVE: DistributionMode.MOVE,
}


@dataclass(frozen=True, slots=True)
class GrantedSource:
    """The source of a link as the broker has answered it; ``filters`` are descriptors."""

    address: str = ""
    distribution: DistributionMode = DistributionMode.UNSPECIFIED
    filters: tuple[object, ...] = ()
    capabilities: tuple[str, ...] = ()


NOTHING_GRANTED: Final = GrantedSource()


def distribution_of(terminus: Terminus) -> DistributionMode:
    """Return whether a terminus leaves messages to others."""
    return _MODES.get(terminus.distribution_mode, DistributionMode.UNSPECIFIED)


def read(source: Terminus) -> GrantedSource:
    """Return what the broker's answer grants."""
    return GrantedSource(
        one_line(source.address or ""),
        distribution_of(source),
        tuple(remote_properties.filter_descriptors(source)),
        remote_properties.terminus_capabilities(source),
    )
