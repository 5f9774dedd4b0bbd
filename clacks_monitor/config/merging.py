"""Three-way merges of the changes of two monitors to one object. Pure; any thread."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    T = TypeVar("T", bound=DataclassInstance)


def merged(base: T, ours: T, theirs: T) -> T:
    """Return ``theirs`` with the fields that ``ours`` has changed since ``base``."""
    changed: dict[str, Any] = {
        field.name: getattr(ours, field.name)
        for field in fields(base)
        if getattr(ours, field.name) != getattr(base, field.name)
    }
    return replace(theirs, **changed)
