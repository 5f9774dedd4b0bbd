"""The compiled queries of the profiles in use; long ones are compiled on another thread.

Owner: ``Filtering``. The worker thread adds what it compiled, under a lock.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from clacks_monitor.core.colours import COLOURS
from clacks_monitor.core.ending import Worker
from clacks_monitor.core.messages import Message
from clacks_monitor.core.untrusted import one_line
from clacks_monitor.session.notices import FilterFault, Trouble
from clacks_monitor.session.view.compiled_queries import LONG_QUERY, found, is_known, over_budget
from clacks_monitor.session.view.filter_rules import FilterRule
from clacks_monitor.xquery import Query, QueryError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clacks_monitor.core.profile import Profile
    from clacks_monitor.session.notices import Notify

_NAMED = 5
"""Names of left out profiles in a message."""


class ProfileQueries:
    """Compiles the queries of profiles and makes filter rules of them. ``profiles`` are those in use.

    ``ready`` is called on the worker thread when long queries have been compiled.
    """

    def __init__(self, notify: Notify, ready: Callable[[], None]) -> None:
        self._notify = notify
        self._ready = ready
        self.profiles: Sequence[Profile] = ()
        self._compiled: dict[str, Query | QueryError] = {}
        self._refused: dict[str, QueryError] = {}
        self._lock = threading.Lock()
        self._worker = Worker("profiles")

    def stop(self) -> list[threading.Thread]:
        """Stop compiling; return the thread if it has not ended yet."""
        return self._worker.stop()

    def use(self, profiles: Sequence[Profile]) -> bool:
        """Use these profiles from now on; return whether anything has changed that decides on rows."""
        before = [_decides(profile) for profile in self.profiles]
        self.profiles = profiles
        changed = before != [_decides(profile) for profile in profiles]
        if changed:
            self._compile()
        return changed

    def rules(self) -> list[FilterRule]:
        """Return the rules of the profiles whose queries are compiled. Any thread."""
        with self._lock:
            found = [(profile, self._compiled.get(query_of(profile))) for profile in self.profiles]
        return [
            FilterRule(profile.id, query, COLOURS.index(profile.colour), profile.active, profile.alert.wanted)
            for profile, query in found
            if query is not None and not isinstance(query, QueryError)
        ]

    def queries(self) -> list[tuple[str, str]]:
        """Return the id and the query text of each profile."""
        return [(profile.id, query_of(profile)) for profile in self.profiles]

    def _compile(self) -> None:
        """Compile short queries now, and those that would take too long on the worker thread."""
        wanted = list(dict.fromkeys(map(query_of, self.profiles)))
        before, self._refused = self._refused, over_budget(wanted)
        with self._lock:
            kept = {text: self._compiled[text] for text in wanted if text in self._compiled and text not in before}
            self._compiled = {**kept, **self._refused}
        if self._refused.keys() - before.keys():
            self._report_refused()
        budget, later = LONG_QUERY, list[str]()
        for text in wanted:
            if text in self._compiled:
                continue
            if is_known(text, budget):
                budget -= len(text)
                self._compile_one(text)
            else:
                later.append(text)
        if later:
            self._worker.submit(lambda: self._compile_later(later))

    def _compile_one(self, text: str) -> None:
        query = found(text)
        with self._lock:
            self._compiled[text] = query
        if isinstance(query, QueryError):
            self._notify(FilterFault(p.id, query.message) for p in self.profiles if query_of(p) == text)

    def _compile_later(self, texts: Sequence[str]) -> None:
        for text in texts:
            if self._worker.stopped:
                return
            if text not in self._compiled and any(query_of(profile) == text for profile in self.profiles):
                self._compile_one(text)
        self._ready()

    def _report_refused(self) -> None:
        names = [one_line(profile.name) for profile in self.profiles if query_of(profile) in self._refused]
        shown = ", ".join(names[:_NAMED]) + (" …" if names[_NAMED:] else "")
        reason = next(iter(self._refused.values())).reason
        self._notify([Trouble(Message("Profiles not used: {0}", shown), reason)])


def _decides(profile: Profile) -> tuple[str, str, str, bool, bool]:
    """Return the parts of a profile that decide on rows."""
    return profile.id, profile.query, profile.colour, profile.active, profile.alert.wanted


def query_of(profile: Profile) -> str:
    """Return the text of a profile's query; an empty one matches every event."""
    return profile.query if profile.query.strip() else "true()"
