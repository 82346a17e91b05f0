"""The shim, compiled once a run."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.faults.harness import IN_CI, SOURCE, Shim


@pytest.fixture(scope="session")
def _library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None:
        assert not IN_CI, "CI has no C compiler, so no fault can be injected"
        pytest.skip("no C compiler here, so no fault can be injected")
    library = tmp_path_factory.mktemp("shim") / "shim.so"
    flags = ["-Wall", "-Wextra", "-Werror", "-O1", "-shared", "-fPIC"]
    subprocess.run([compiler, *flags, "-o", str(library), str(SOURCE), "-ldl"], check=True)
    return library


@pytest.fixture
def shim(_library: Path, tmp_path: Path) -> Shim:
    notes = tmp_path / "shim"
    notes.mkdir()
    return Shim(_library, notes)
