#!/usr/bin/env python3
"""Writes the pages of the package's documentation, made of its docstrings.

    python bindings/python/docs.py FOLDER

omadm and pdoc have to be installed (`pip install bindings/python pdoc`). A warning is an error.
"""
import pathlib
import sys
import typing
import warnings

import omadm
import omadm.frame
import pdoc

if len(sys.argv) != 2:
    sys.exit(__doc__)
for module in (omadm, omadm.frame):
    for value in vars(module).values():
        if isinstance(value, type) and hasattr(value, "_fields") and hasattr(value.__new__, "__annotations__"):
            # What makes a NamedTuple is in no module, where names could be looked up.
            value.__new__.__annotations__ = typing.get_type_hints(value)
warnings.simplefilter("error")
pdoc.pdoc("omadm", output_directory=pathlib.Path(sys.argv[1]))
