"""Lock files, and what goes with them."""

from __future__ import annotations

from tests.packages.projects import (
    wheel,
)

UV_LOCK = f"""\
version = 1
revision = 3
requires-python = ">=3.12"

[[package]]
name = "report"
version = "0.1.0"
source = {{ virtual = "." }}
dependencies = [
    {{ name = "pandas" }},
    {{ name = "colorama", marker = "sys_platform == 'win32'" }},
]

[package.dev-dependencies]
dev = [{{ name = "pytest" }}]

[[package]]
name = "pandas"
version = "2.3.0"
source = {{ registry = "https://example.org/simple" }}
dependencies = [{{ name = "numpy" }}]
wheels = [
    {wheel("pandas-2.3.0", "cp312-cp312-macosx_11_0_arm64", 1)},
    {wheel("pandas-2.3.0", "cp312-cp312-manylinux_2_17_aarch64.manylinux2014_aarch64", 2)},
    {wheel("pandas-2.3.0", "cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64", 12_000_000)},
    {wheel("pandas-2.3.0", "cp313-cp313-manylinux_2_17_x86_64.manylinux2014_x86_64", 3)},
    {wheel("pandas-2.3.0", "cp312-cp312-musllinux_1_2_x86_64", 4)},
]

[[package]]
name = "numpy"
version = "2.3.0"
source = {{ registry = "https://example.org/simple" }}
wheels = [{wheel("numpy-2.3.0", "cp312-cp312-manylinux_2_28_x86_64", 16_000_000)}]

[[package]]
name = "colorama"
version = "0.4.6"
source = {{ registry = "https://example.org/simple" }}
wheels = [{wheel("colorama-0.4.6", "py2.py3-none-any", 25_000)}]

[[package]]
name = "pytest"
version = "8.4.0"
source = {{ registry = "https://example.org/simple" }}
wheels = [{wheel("pytest-8.4.0", "py3-none-any", 360_000)}]

[[package]]
name = "duckdb"
version = "1.3.0"
source = {{ registry = "https://example.org/simple" }}
wheels = [{wheel("duckdb-1.3.0", "cp312-cp312-manylinux_2_26_x86_64", 20_000_000)}]
"""
PYPROJECT = '[project]\nname = "report"\nversion = "0.1.0"\ndependencies = ["pandas"]\n'
PYLOCK = f"""\
lock-version = "1.0"
created-by = "a test"

[[packages]]
name = "pandas"
wheels = [{wheel("pandas-2.3.0", "cp312-cp312-manylinux_2_17_x86_64", 12_000_000)}]

[[packages]]
name = "pytest"
marker = "'dev' in dependency_groups"
wheels = [{wheel("pytest-8.4.0", "py3-none-any", 360_000)}]

[[packages]]
name = "numpy"
wheels = [{wheel("numpy-2.3.0", "cp312-cp312-manylinux_2_28_x86_64", 16_000_000)}]
"""
ENVIRONMENT = {
    ".venv/pyvenv.cfg": "",
    ".venv/lib/python3.12/site-packages/pandas-2.3.0.dist-info/METADATA": (
        "Metadata-Version: 2.4\nName: pandas\nVersion: 2.3.0\n"
        'Requires-Dist: numpy>=1.26\nRequires-Dist: pytest>=7; extra == "test"\n\nText.\n'
    ),
    ".venv/lib/python3.12/site-packages/pandas-2.3.0.dist-info/RECORD": (
        "pandas/__init__.py,sha256=x,1000\npandas/core.so,sha256=x,40000000\n"
        "../../../bin/pandas,sha256=x,999\npandas/__pycache__/a.pyc,,\n"
    ),
    ".venv/lib/python3.12/site-packages/numpy-2.3.0.dist-info/METADATA": "Name: numpy\n",
    ".venv/lib/python3.12/site-packages/numpy-2.3.0.dist-info/RECORD": (
        "numpy/core.so,sha256=x,50000000\n"
    ),
    ".venv/lib/python3.12/site-packages/pytest-8.4.0.dist-info/METADATA": "Name: pytest\n",
    ".venv/lib/python3.12/site-packages/pytest-8.4.0.dist-info/RECORD": "pytest.py,,1\n",
}
