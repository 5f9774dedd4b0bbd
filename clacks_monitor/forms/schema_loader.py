"""Reads a schema file as an entry of the catalogue: the program's own here, all others in a process that can be killed.

Owner: the catalogue. Thread: one at a time, but for ``stop``.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from clacks_monitor.forms.errors import SchemaSourceError, ValidationIssue
from clacks_monitor.forms.guard import SchemaGuard, Trial
from clacks_monitor.forms.guarded_schema import GuardedSchema
from clacks_monitor.forms.refusals import Refusals
from clacks_monitor.forms.schema_folders import unfit
from clacks_monitor.forms.schema_set import SchemaSet
from clacks_monitor.forms.schema_table import EventType, SchemaEntry
from clacks_monitor.forms.sources import SourceSet, read_sources, stamp_of
from clacks_monitor.forms.type_description import describe

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["SchemaLoader"]


class SchemaLoader:
    """Reads schemas of some folders. Files directly in one of the ``own`` folders are trusted."""

    def __init__(self, folders: Sequence[Path], own: Sequence[Path], remembered: Path | None) -> None:
        self._folders = folders
        self._own = [Path(os.path.realpath(folder)) for folder in own]
        self._refusals = Refusals(remembered)
        self._guard = SchemaGuard()
        self._trials: SchemaGuard | None = None
        self._stopped = False

    def stop(self) -> None:
        """End the processes without waiting; no other schema is tried."""
        self._stopped = True
        for guard in (self._guard, self._trials):
            if guard is not None:
                guard.stop()

    def close(self) -> None:
        """End the processes, and wait until they have ended."""
        self.stop()
        for guard in (self._guard, self._trials):
            if guard is not None:
                guard.close()

    def end_trials(self) -> None:
        """End the process in which schemas were tried."""
        if self._trials is not None:
            self._trials.close()
            self._trials = None

    def is_own(self, path: Path) -> bool:
        """Whether a schema is trusted."""
        return Path(os.path.realpath(path)).parent in self._own

    def load_own(self, path: Path) -> SchemaEntry:
        """Compile a trusted schema."""
        sources, problem = read_sources(path, self._own)
        schema: SchemaSet | None = None
        documentation = ""
        if problem is None:
            documentation, problem = describe(sources.main.body, path.stem)
        if problem is None:
            try:
                schema = SchemaSet(sources)
            except SchemaSourceError as error:
                problem = error.problem
        guarded = None if schema is None else GuardedSchema(path.stem, Trial(sources), self._guard, schema)
        return SchemaEntry(_event_type(path, sources, documentation, problem), sources, schema, guarded)

    def try_schema(self, path: Path) -> SchemaEntry:
        """Compile any schema in a process that can be killed."""
        nothing = SourceSet((), {path: stamp_of(path)})
        problem = unfit(path)
        if problem is not None:
            return SchemaEntry(_event_type(path, nothing, "", problem), nothing)
        if self._trials is None:
            self._trials = SchemaGuard()
        if self._stopped:
            self._trials.close()
        trial = self._trials.try_schema(path, self._folders, self._refusals.problem_of)
        if trial.costly and trial.problem is not None:
            self._refusals.add(trial.sources, trial.problem)
        sources = trial.sources if trial.sources.stamps else nothing
        schema = GuardedSchema(path.stem, trial, self._guard) if trial.problem is None else None
        kind = _event_type(path, sources, trial.documentation, trial.problem)
        return SchemaEntry(replace(kind, form_problem=trial.form_problem), sources, schema, schema)


def _event_type(path: Path, sources: SourceSet, documentation: str, problem: ValidationIssue | None) -> EventType:
    namespace = sources.main.namespace if sources.documents and problem is None else ""
    return EventType(path.stem, namespace, path, path.parent, documentation, problem)
