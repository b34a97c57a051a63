"""The package as it is installed: typed, documented, of one release with its library."""
import doctest
import importlib
import pathlib
import pkgutil
import re
import subprocess
import sys

import pytest

import omadm

FOLDER = pathlib.Path(omadm.__file__).parent
MODULES = sorted(module.name for module in pkgutil.iter_modules([str(FOLDER)]))


def test_the_library_is_in_the_package_and_of_its_release(root):
    version = re.search(r'^version = "(.*)"', (root / "Cargo.toml").read_text(encoding="utf-8"), re.M)[1]
    assert omadm.__version__ == version
    assert [file.name for file in (FOLDER / "_library").iterdir() if file.suffix in (".so", ".dylib", ".dll")] and (FOLDER / "py.typed").exists()


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_the_documentation(name, package, phone, root):
    description = (root / "tests" / "data" / "acme.ddf.xml").read_bytes()
    names = {"omadm": omadm, "package": package, "phone": phone, "description": description}
    outcome = doctest.testmod(importlib.import_module("omadm." + name), extraglobs=names)
    assert outcome.failed == 0


def test_there_are_examples():
    finder = doctest.DocTestFinder()
    count = sum(bool(test.examples) for name in MODULES for test in finder.find(importlib.import_module("omadm." + name)))
    assert count >= 8


def test_the_examples_of_the_readme(root, monkeypatch):
    pytest.importorskip("pyarrow")
    monkeypatch.chdir(root)
    readme = root / "bindings" / "python" / "README.md"
    outcome = doctest.testfile(str(readme), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert outcome.attempted >= 5 and outcome.failed == 0


def test_everything_public_has_a_docstring():
    without = []
    for name in omadm.__all__:
        value = getattr(omadm, name)
        if isinstance(value, type):
            members = [member for key, member in vars(value).items() if not key.startswith("_") and callable(member)]
            without += [member for member in [value, *members] if not getattr(member, "__doc__", "x")]
        elif callable(value) and not value.__doc__:
            without.append(value)
    assert without == []


def test_types_are_strict():
    # It can be there and not run, as on PyPy.
    pytest.importorskip("mypy.build")
    pytest.importorskip("cffi")
    outcome = subprocess.run([sys.executable, "-m", "mypy", "--strict", "--cache-dir=/dev/null" if sys.platform != "win32" else "--no-incremental", "-p", "omadm"], stdout=subprocess.PIPE, text=True, check=False)
    assert outcome.returncode == 0, outcome.stdout


def test_types_of_users_are_known(tmp_path):
    # It can be there and not run, as on PyPy.
    pytest.importorskip("mypy.build")
    script = tmp_path / "user.py"
    script.write_text(
        "import omadm\n"
        "message = omadm.Message.decode(b'')\n"
        "reveal_type(message[0].items[0].data)\n"
        "reveal_type(omadm.Tree.new().find_mo('x'))\n"
        "omadm.Tree.new().get(5)\n"
    )
    outcome = subprocess.run([sys.executable, "-m", "mypy", "--strict", "--no-incremental", str(script)], stdout=subprocess.PIPE, text=True, check=False)
    assert "Union[builtins.str, builtins.bytes, None]" in outcome.stdout or "str | bytes | None" in outcome.stdout.replace("builtins.", "")
    assert "list[" in outcome.stdout and 'incompatible type "int"' in outcome.stdout
