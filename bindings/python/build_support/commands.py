"""The commands of setuptools, told about generated modules and the library."""
import os
import pathlib
import shutil

from setuptools.command.bdist_wheel import bdist_wheel
from setuptools.command.build_py import build_py
from setuptools.command.sdist import sdist

from . import crate, generate


#: Where the library is in the package: beside modules it would be taken for one.
LIBRARY_FOLDER = "_library"


class BuildPackage(build_py):
    """Adds the modules that are made from omadm.h, and the shared library. An editable install has them in the source folder."""

    def run(self):
        super().run()
        folder = crate.HERE / "src" / "omadm" if self.editable_mode else pathlib.Path(self.build_lib) / "omadm"
        generate.write(crate.header(), folder)
        (folder / LIBRARY_FOLDER).mkdir(exist_ok=True)
        shutil.copyfile(crate.library(), folder / LIBRARY_FOLDER / crate.library_name())

    def get_outputs(self, include_bytecode=True):
        made = [*generate.MODULES, os.path.join(LIBRARY_FOLDER, crate.library_name())]
        return super().get_outputs(include_bytecode) + [os.path.join(self.build_lib, "omadm", name) for name in made]


class PlatformWheel(bdist_wheel):
    """The library is of one platform; what calls it is Python, of any version and make."""

    def get_tag(self):
        return ("py3", "none", super().get_tag()[2])


class SourceDistribution(sdist):
    """Takes the sources of the crate along, in the folder `crate`."""

    def make_release_tree(self, base_dir, files):
        super().make_release_tree(base_dir, files)
        for file in crate.sources():
            target = pathlib.Path(base_dir) / "crate" / file
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(crate.root() / file, target)


ALL = {"build_py": BuildPackage, "bdist_wheel": PlatformWheel, "sdist": SourceDistribution}
