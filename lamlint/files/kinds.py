"""What a path is by its names: code of tests, documentation, or neither.

Paths count from the project's root: a project that lies in a folder `testing/` is no test.
The only place that says so.
"""

from __future__ import annotations

from lamlint.text.regex import Regex

_TESTS = Regex(
    r"(?i)(?:^|/)(?:(?:[a-z0-9]+[-_]){0,3}tests?|testing|testdata|e2e|fixtures?|mocks?"
    r"|__(?:tests?|mocks?|fixtures?)__)/"
    r"|(?:^|/)(?:test_[^/]*|[^/]*_tests?|conftest)\.py$"
    # Of test runs; `.env.test` may be that of a stage.
    r"|(?:^|/)\.env(?:[._-][a-z0-9]{1,30}){0,2}[._-](?:ci|e2e|testing|tests|(?:unit|integration|e2e)[._-]?tests?)"
    r"(?:\.local)?$"
)
_FIXTURES = Regex(r"(?i)(?:^|/)(?:fixtures?|__fixtures__|tests?[-_]?data)/")
_TEST_FOLDER = Regex(r"(?i)(?:^|/)(?:(?:[a-z0-9]+[-_]){0,3}tests?|testing|e2e|__tests?__)(?=/)")
_DATA = Regex(r"(?i)/(?:[a-z0-9]+[-_])?(?:data|cases?|snapshots?|__snapshots__)/")
_DOCUMENTATION = Regex(r"(?i)(?:^|/)(?:docs?|examples?|snapshots?)/")

_WHAT = r"(?:code|files?|functions?|lambdas?|scripts?|sources?|src|stacks?|templates?|versions?)"
_SET_ASIDE = Regex(
    rf"(?i)(?:^|/)(?:(?:archived?|old|superseded)[-_]{_WHAT}|{_WHAT}[-_](?:archived?|old|superseded)"
    r"|archived|attic|obsolete|superseded|unused|_?old|deprecated(?:[-_][^/]*)?)/"
)
_SYNTHESIZED = Regex(r"(?:^|/)cdk\.out(?:[._-][^/]*)?(?:/|$)")
_SCRIPTS = Regex(r"(?i)(?:^|/)(?:scripts?|tools?|demos?)/")


def is_test(path: str) -> bool:
    """Whether a path is one of tests, of their fixtures or of their mocks."""
    return _TESTS.search(path) is not None


def is_test_data(path: str) -> bool:
    """Whether a path is one of what tests read, and may be wrong on purpose; of no test itself."""
    if _FIXTURES.search(path):
        return True
    tests = _TEST_FOLDER.search(path)
    return tests is not None and _DATA.search(path, tests.end()) is not None


def is_documentation(path: str) -> bool:
    """Whether a path is one of documentation or of examples."""
    return _DOCUMENTATION.search(path) is not None


def is_sample(path: str) -> bool:
    """Whether what stands in a file is more likely made up: in tests and documentation."""
    return is_test(path) or is_documentation(path)


def is_script(path: str) -> bool:
    """Whether a path is one of what people start by hand, where nothing else is known of it."""
    return _SCRIPTS.search(path) is not None


def is_set_aside(path: str) -> bool:
    """Whether a path is one of what nobody deploys any more, by the name of its folder."""
    return _SET_ASIDE.search(path) is not None


def is_synthesized(path: str) -> bool:
    """Whether a file is of what `cdk synth` writes: it is written anew from the app's code.

    People who name a folder of their own for it (`cdk synth -o cdk.out.tmp`) begin as the CDK does.
    """
    return _SYNTHESIZED.search(path) is not None
