"""The manual's pictures, taken by the program itself on its demonstration: make screenshots.

`scenes` lists them as data, `stage` carries their steps out, `pictures` saves them small.
"""
