"""What elementpath 5.1.4 gets wrong and the engine corrects, by topic; tests show each case.

Owner: xquery. Nothing of elementpath is changed in place: its input is prepared instead.
"""
