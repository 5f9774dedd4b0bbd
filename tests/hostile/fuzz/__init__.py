"""Fuzzing of what reads foreign bytes and texts: the AMQP codec, capture pages, patterns, the query and XML lexers.

targets.py says what each is and what has to hold. test_fuzz.py lets hypothesis try each for a moment in every run of
the tests, and found.py keeps what was ever found as fixed cases. `make fuzz`, or

    python -m tests.hostile.fuzz --seconds 600 codec pages

runs for long: with Atheris, which follows the code's branches, where it is installed (the extra ``fuzz``), else with
hypothesis. An input that fails is written to build/fuzz and printed, ready to be put into found.py.
"""
