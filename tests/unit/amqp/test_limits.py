"""The bounds and times that the package's text, the documents and the window speak of, as figures."""

from __future__ import annotations

import pytest

from clacks_monitor.amqp import (
    codec,
    engine,
    frame_check,
    handover,
    link_session,
    merging,
    queue_statistics,
    receiving,
    remote_properties,
    request_response,
    rpc,
    sasl_login,
    sender_link,
    subscription_health,
    transport,
    values,
)
from clacks_monitor.amqp.dialects import dialect
from clacks_monitor.core.connection import ConnectionSettings
from clacks_monitor.networking import batch, gap_tracker, sending
from clacks_monitor.networking.reconnect import Backoff

KB, MB = 1024, 1024 * 1024


@pytest.mark.parametrize(
    ("limit", "figure"),
    [
        (frame_check.MAX_FRAME, 128 * KB),
        (frame_check.MAX_LOGIN_FRAME, 8 * KB),
        (frame_check.MAX_LOGIN_FRAMES, 16),
        (frame_check.SPARE_ATTACHES, 64),
        (frame_check.BURST, 10_000),
        (frame_check.PER_SECOND, 1_000),
        (frame_check.PER_FRAME, 4),
        (sasl_login._MAX, 4 * KB),
        (link_session.MAX_UNREQUESTED, 16),
        (receiving.WINDOW, 4_000),
        (receiving.MAX_MESSAGE, 100 * MB),
        (receiving.MAX_DISCARDED, 1024 * MB),
        (receiving.SLOWEST, KB),
        (receiving.OVERRUN, 100),
        (batch.MAX_BATCH, 500),
        (batch.MAX_BATCH_BYTES, 8 * MB),
        (request_response.MAX_ANSWER, 16 * MB),
        (request_response.MAX_ADDRESS, 1_024),
        (request_response.OVERRUN, 100),
        (rpc.MAX_READ, 4_096),
        (remote_properties.MAX_BYTES, 2_000),
        (remote_properties.MAX_PROPERTIES, 100),
        (dialect.MAX_PRODUCT, 100),
        (sender_link.MAX_BUFFERED, 4 * MB),
        (sending.MAX_WAITING, 256 * MB),
        (values.MAX_DEPTH, 32),
        (values.MAX_VALUES, 100_000),
        (values.MAX_TEXT, MB),
        (codec.MAX_LABEL, 4_000),
        (codec.MAX_SHOWN, 4 * KB),
        (merging.MAX_WAITING, 250_000),
        (merging.MAX_HELD, 50_000),
        (merging.MAX_HELD_BYTES, 64 * MB),
        (queue_statistics.DEFAULT_LIMIT, 100 * MB),
        (transport.CHUNK, 128 * KB),
        (transport.READS_PER_TURN, 4),
        (engine.SMALLEST_FRAME, 512),
        (link_session.ATTACH_OVERHEAD, KB),
        (link_session.MAX_QUERY, 65_535),
        (subscription_health.EXCHANGE_EVERY, 6),
    ],
)
def test_bounds(limit: int, figure: int) -> None:
    assert limit == figure


@pytest.mark.parametrize(
    ("time", "seconds"),
    [
        (frame_check.UNFINISHED_S, 60.0),
        (sending.PATIENCE, 30.0),
        (handover.PATIENCE, 10.0),
        (subscription_health.PERIOD_S, 5.0),
        (subscription_health.HASTE_S, 0.5),
        (transport.CLOSE_TIMEOUT_S, 0.4),
        (engine.SHORTEST_PAUSE_MS / 1_000, 0.1),
        (gap_tracker.SLEEP_S, 2.0),
        (Backoff().first, 0.25),
        (Backoff().longest, 30.0),
        (Backoff().lasting, 15.0),
        (Backoff().proven, 10.0),
        (ConnectionSettings("bus").idle_timeout_s, 30.0),
        (ConnectionSettings("bus").handover_s, 0.5),
        (ConnectionSettings("bus").connect_timeout_s, 10.0),
    ],
)
def test_times(time: float, seconds: float) -> None:
    assert time == seconds
