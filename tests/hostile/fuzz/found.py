"""What fuzzing has found: inputs that once failed, by target. They are tried in every run of the tests."""

from __future__ import annotations

FOUND: dict[str, list[bytes]] = {
    # 2,570 rows at the same place, each of as many columns: millions of calls for a page.
    "pages": [b"\n" * 31],
    # libxml2 overlooks the end that was never begun; taking it from an empty stack was an IndexError.
    "lossless": [b'<Event :=""><A><Event xmlns="s"></Event><A b=""></A></A></Event></A>'],
}
