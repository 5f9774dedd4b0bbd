"""Attacks on the whole program, and what measures whether it holds.

Nothing that arrives or is opened may run, read, freeze or fill: no stall of the window's thread over 100 ms, no growth
over 1 GB, no file or address opened that a foreign text names, closing within a second.

    python -m tests.hostile --list                     the names of all cases
    python -m tests.hostile "message/names/*"          attack with these; a table of what failed
    python -m tests.hostile --every 20 --seed 7 --json

corpus/ has the cases, made when they are wanted and the same for the same seed. driver.py runs them in processes of
their own (worker.py), which open the real program (program.py) and do what its user does (steps.py): a case that
freezes or kills its process costs that process only.

For tests of single parts, in one process:

    def test_a_long_name_does_not_freeze_the_pane(window, stall_meter, bait):
        stall_meter.start()
        ...
        assert stall_meter.stop().net_ms <= stall_meter.bar_ms, stall_meter.worst
        assert bait.opened() == []

``stall_meter`` (meter.py) tells the longest time between two turns of the event loop, to 2 ms, less the time in which
the machine had no processor for the thread, and the function that it was spent in. ``bait`` (bait.py) offers names of
a pipe, a picture and an address for texts, and tells what was opened. Both fixtures are in tests/conftest.py.
"""
