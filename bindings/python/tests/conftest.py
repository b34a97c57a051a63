"""What the tests share: documents of tests/data, and the repository they are in."""
import os
import pathlib

import pytest

#: The repository: the tests are run from there, the package is the one that is installed.
ROOT = pathlib.Path(os.environ.get("OMADM_ROOT", pathlib.Path(__file__).resolve().parents[3]))
DATA = ROOT / "tests" / "data"


def read(name):
    return (DATA / name).read_bytes()


@pytest.fixture(scope="session")
def root():
    return ROOT


@pytest.fixture(scope="session")
def package():
    return read("package1.syncml.xml")


@pytest.fixture(scope="session")
def package_wbxml():
    return read("package1.syncml.wbxml")


@pytest.fixture(scope="session")
def phone():
    return read("phone.tnds.xml")


@pytest.fixture(scope="session")
def phone_wbxml():
    return read("phone.tnds.wbxml")
