"""How much a part of a content model needs at least: what keeps new forms finite.

Role: the number of elements of the smallest content, found by repeated improvement, so that types
that contain each other get their true least. Owner: a form's builder. Thread: the form's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clacks_monitor.forms.spec import ElementParticle, WildcardParticle

if TYPE_CHECKING:
    from clacks_monitor.forms.spec import Particle, TypeSpec

__all__ = ["ENDLESS", "Costs"]

ENDLESS: Final = 10**9
"""Cost of what cannot be written in finite space."""


class Costs:
    """Least numbers of elements, of particles and of types."""

    def __init__(self) -> None:
        self._types: dict[TypeSpec, int] = {}

    def of(self, particle: Particle) -> int:
        """Least number of elements of a particle, with its occurrence bounds."""
        self._settle(_needed(particle))
        return self._particle(particle)

    def of_type(self, kind: TypeSpec) -> int:
        """Least number of elements inside of an element of a type."""
        self._settle([kind])
        return self._types[kind]

    def _settle(self, start: list[TypeSpec]) -> None:
        """Find the costs of types that are not known yet, and of what these need."""
        new: dict[TypeSpec, None] = {}
        waiting = [kind for kind in start if kind not in self._types]
        while waiting:
            kind = waiting.pop()
            if kind in new or kind in self._types:
                continue
            new[kind] = None
            if kind.content is not None:
                waiting += _needed(kind.content)
        self._types |= dict.fromkeys(new, ENDLESS)
        improved = bool(new)
        while improved:
            improved = False
            for kind in new:
                cost = 0 if kind.content is None else self._particle(kind.content)
                if cost < self._types[kind]:
                    self._types[kind] = cost
                    improved = True

    def _particle(self, particle: Particle) -> int:
        if particle.minimum == 0:
            return 0
        if isinstance(particle, WildcardParticle):
            return particle.minimum
        if isinstance(particle, ElementParticle):
            options = [self._types[item.type] for item in particle.element.variants]
            one = 1 + min(options, default=ENDLESS)
        elif particle.model == "choice":
            one = min((self._particle(item) for item in particle.items), default=ENDLESS)
        else:
            one = sum(self._particle(item) for item in particle.items)
        return min(one * particle.minimum, ENDLESS)


def _needed(particle: Particle) -> list[TypeSpec]:
    """Types whose costs a particle's cost depends on."""
    if particle.minimum == 0 or isinstance(particle, WildcardParticle):
        return []
    if isinstance(particle, ElementParticle):
        return [item.type for item in particle.element.variants]
    return [kind for item in particle.items for kind in _needed(item)]
