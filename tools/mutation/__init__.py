"""Do the tests notice when the program is wrong? Changes one place at a time and runs the tests that execute it.

    make mutants
    python -m tools.mutation [--package gui] [--count 14] [--seed 1] [--json]

Modules: operators (which changes there are), coverage_map (which tests execute a line), trial (one change, tried in a
copy of the checkout), __main__ (the sample and its report). A change that no test notices is a survivor; those that
cannot or need not be noticed stand in accepted.txt, each with its reason.
"""
