"""The built-in rules. In a checkout they live in `rules/` at top level."""

from pathlib import Path

_checkout = Path(__file__).resolve().parents[2]
_manifest = _checkout / "pyproject.toml"
if _manifest.is_file() and 'name = "lamlint"' in _manifest.read_text(encoding="utf-8"):
    __path__.append(str(_checkout / "rules"))
