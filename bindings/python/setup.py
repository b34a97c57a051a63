"""Builds the wheel: what is generated from omadm.h, and the shared library. See build_support."""
import pathlib
import sys

from setuptools import setup
from setuptools.dist import Distribution

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from build_support import commands, crate  # noqa: E402


class BinaryDistribution(Distribution):
    """One with a shared library in it, though no extension module."""

    def has_ext_modules(self):
        return True


crate.copy_licences()
setup(version=crate.version(), distclass=BinaryDistribution, cmdclass=commands.ALL)
