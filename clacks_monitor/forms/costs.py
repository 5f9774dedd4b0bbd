"""The least number of elements that a part of a content model needs: this keeps new forms finite.

The numbers are improved until they stay, so that types that contain each other get their true minimum.
Owner: a form. Thread: the form's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clacks_monitor.forms.spec import ElementParticle, WildcardParticle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.forms.spec import ElementSpec, Particle, TypeSpec, Variant

__all__ = ["ENDLESS", "Costs"]

ENDLESS: Final = 10**9
"""Cost of what would contain itself without end."""


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

    def cheapest(self, items: Sequence[Particle]) -> int | None:
        """Return the branch that a new form begins with: the first of those with the least cost.

        Choosing it everywhere ends even where types contain themselves.
        """
        return _least([self.of(item) for item in items])

    def cheapest_variant(self, variants: Sequence[Variant]) -> int:
        """Return the variant of an element that a new form begins with."""
        return _least([self.of_type(item.type) for item in variants]) or 0

    def finite(self, particle: Particle) -> bool:
        """Whether a particle can be written at all: a type may require itself."""
        return self.of(particle) < ENDLESS

    def endless(self, spec: ElementSpec) -> bool:
        """Whether every variant of an element requires itself."""
        return min((self.of_type(item.type) for item in spec.variants), default=ENDLESS) >= ENDLESS

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


def _least(costs: list[int]) -> int | None:
    least = min(costs, default=ENDLESS)
    return None if least >= ENDLESS else costs.index(least)


def _needed(particle: Particle) -> list[TypeSpec]:
    """Types whose costs a particle's cost depends on."""
    if particle.minimum == 0 or isinstance(particle, WildcardParticle):
        return []
    if isinstance(particle, ElementParticle):
        return [item.type for item in particle.element.variants]
    return [kind for item in particle.items for kind in _needed(item)]
