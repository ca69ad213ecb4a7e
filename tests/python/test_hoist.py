"""Moving constructions to module level."""

from __future__ import annotations

import textwrap

import libcst as cst
import pytest

from lamlint.catalog import Catalog
from lamlint.python import Module
from lamlint.python.hoist.fix import hoist
from lamlint.python.module.parse import parse
from lamlint.text import Change, Joined, Source

CONSTRUCTORS = Catalog().constructors


def moved(text: str, *, always: bool = True) -> str:
    """The text after all fixes, pass by pass."""
    text = textwrap.dedent(text).lstrip("\n")
    for _ in range(10):
        source = Source("app.py", text)
        module = Module(source, "app")
        change = Change({"app.py": source}.get)
        fixes = [
            hoist(module, call, CONSTRUCTORS, always=always) for call in module.nodes(cst.Call)
        ]
        taken = [fix for fix in fixes if fix is not None and change.join(fix) is Joined.TAKEN]
        if not taken:
            return text
        text = change.texts()["app.py"]
        compile(text, "app.py", "exec")
    raise AssertionError("the fixes never end")


def same(before: str, after: str) -> bool:
    wanted = textwrap.dedent(after).lstrip("\n")
    found = moved(before)
    assert found == wanted
    return True


def test_an_assigned_client_moves_after_the_constants_of_the_head() -> None:
    assert same(
        """
        import os

        import boto3

        TABLE = os.environ["TABLE"]


        def handler(event, context):
            # One table for all
            table = boto3.resource("dynamodb").Table(TABLE)  # by name

            return table.get_item(Key={"id": event["id"]})
        """,
        """
        import os

        import boto3

        TABLE = os.environ["TABLE"]
        # One table for all
        table = boto3.resource("dynamodb").Table(TABLE)  # by name


        def handler(event, context):
            return table.get_item(Key={"id": event["id"]})
        """,
    )


def test_several_keep_their_order_and_share_one_gap() -> None:
    assert same(
        """
        import boto3


        def handler(event, context):
            s3 = boto3.client("s3")
            sqs = boto3.client("sqs")
            sns = boto3.client("sns")
            return s3.list_buckets(), sqs.list_queues(), sns.list_topics()
        """,
        """
        import boto3

        s3 = boto3.client("s3")
        sqs = boto3.client("sqs")
        sns = boto3.client("sns")


        def handler(event, context):
            return s3.list_buckets(), sqs.list_queues(), sns.list_topics()
        """,
    )


def test_a_client_used_at_once_gets_a_name() -> None:
    assert same(
        """
        import boto3


        def handler(event, context):
            boto3.client("s3").put_object(Bucket="b", Key=event["key"], Body=b"")
            return boto3.client("s3").list_buckets()
        """,
        """
        import boto3

        s3 = boto3.client("s3")


        def handler(event, context):
            s3.put_object(Bucket="b", Key=event["key"], Body=b"")
            return s3.list_buckets()
        """,
    )


def test_a_client_is_not_named_like_a_keyword() -> None:
    assert same(
        """
        import boto3


        def handler(event, context):
            boto3.client("lambda").invoke(FunctionName="report")
        """,
        """
        import boto3

        lambda_client = boto3.client("lambda")


        def handler(event, context):
            lambda_client.invoke(FunctionName="report")
        """,
    )


def test_one_name_for_two_clients_is_told_apart() -> None:
    assert same(
        """
        import boto3


        def first():
            client = boto3.client("s3")
            return client.list_buckets()


        def second():
            client = boto3.client("sqs")
            return [client.list_queues() for _ in range(2)]
        """,
        """
        import boto3

        client = boto3.client("s3")
        sqs_client = boto3.client("sqs")


        def first():
            return client.list_buckets()


        def second():
            return [sqs_client.list_queues() for _ in range(2)]
        """,
    )


def test_a_with_block_is_opened_and_its_comments_stay() -> None:
    assert same(
        """
        import httpx


        def handler(event, context):
            # Ask
            with httpx.Client(timeout=5) as client:  # closed
                text = \"\"\"a
              b\"\"\"
                answer = client.get(
                    event["url"],
                    params={"t": text},
                )
                # asked
            return answer.status_code
        """,
        """
        import httpx

        client = httpx.Client(timeout=5)


        def handler(event, context):
            # Ask
            # closed
            text = \"\"\"a
              b\"\"\"
            answer = client.get(
                event["url"],
                params={"t": text},
            )
            # asked
            return answer.status_code
        """,
    )


def test_imports_and_plain_values_move_along() -> None:
    assert same(
        '''
        """Doc."""


        def handler(event, context):
            import os

            import boto3

            name = os.environ["TABLE"]
            table = boto3.resource("dynamodb").Table(name)
            return table.scan(), name
        ''',
        '''
        """Doc."""

        import os
        import boto3

        name = os.environ["TABLE"]
        table = boto3.resource("dynamodb").Table(name)


        def handler(event, context):
            return table.scan(), name
        ''',
    )


def test_a_type_that_only_a_checker_sees_is_quoted() -> None:
    assert same(
        """
        from typing import TYPE_CHECKING

        import boto3

        if TYPE_CHECKING:
            from mypy_boto3_s3 import S3Client


        def handler(event, context):
            s3: S3Client = boto3.client("s3")
            return s3.list_buckets()
        """,
        """
        from typing import TYPE_CHECKING

        import boto3

        if TYPE_CHECKING:
            from mypy_boto3_s3 import S3Client

        s3: "S3Client" = boto3.client("s3")


        def handler(event, context):
            return s3.list_buckets()
        """,
    )


def test_an_attribute_of_an_instance_keeps_its_place() -> None:
    assert same(
        """
        import boto3


        class Store:
            def __init__(self):
                self.s3 = boto3.client("s3")
        """,
        """
        import boto3

        s3 = boto3.client("s3")


        class Store:
            def __init__(self):
                self.s3 = s3
        """,
    )


def test_a_session_and_its_client_move_in_order() -> None:
    assert same(
        """
        import boto3


        def handler(event, context):
            session = boto3.Session()
            s3 = session.client("s3")
            return s3.list_buckets()
        """,
        """
        import boto3

        session = boto3.Session()
        s3 = session.client("s3")


        def handler(event, context):
            return s3.list_buckets()
        """,
    )


def test_an_engine_gets_what_it_needs_to_outlive_its_connections() -> None:
    assert "engine = create_engine(URL, pool_pre_ping=True)\n" in moved(
        """
        from sqlalchemy import create_engine

        URL = "postgresql://db.example.org/app"


        def handler(event, context):
            engine = create_engine(URL)
            with engine.connect() as connection:
                return connection.scalar("select 1")
        """
    )


def test_line_ends_of_the_file_are_kept() -> None:
    text = (
        "import boto3\r\n\r\n\r\ndef handler(event, context):\r\n"
        '    s3 = boto3.client("s3")\r\n    return s3.x()\r\n'
    )
    assert moved(text) == (
        'import boto3\r\n\r\ns3 = boto3.client("s3")\r\n\r\n\r\n'
        "def handler(event, context):\r\n    return s3.x()\r\n"
    )


@pytest.mark.parametrize(
    "body",
    [
        'region = event["region"]\ns3 = boto3.client("s3", region_name=region)\nreturn s3.x()',
        's3 = boto3.client("s3")\nif event:\n    s3 = boto3.client("s4")\nreturn s3.x()',
        's3 = boto3.client("s3")\ndel s3\nreturn 1',
        'global s3\ns3 = boto3.client("s3")\nreturn s3.x()',
        'for r in ("a", "b"):\n    boto3.client("s3", region_name=r).x()',
        's3 = boto3.client("s3")\nreturn s3.x(), locals()',
        's3 = boto3.client("s3")\ns3.meta.events.register("a", print)\nreturn s3.x()',
        's3 = boto3.client("s3")\ns3.close()\nreturn 1',
        's3 = boto3.client(event["service"])\nreturn s3.x()',
        's3 = boto3.client("s3", config=make())\nreturn s3.x()',
        'o = {}\no["a"] = event["a"]\ns3 = boto3.client("s3", **o)\nreturn s3.x()',
        'os.environ["AWS_REGION"] = "a"\ns3 = boto3.client("s3")\nreturn s3.x()',
        (
            'try:\n    t = boto3.resource("a").Table(os.environ["T"])\n'
            "except KeyError:\n    return 1\nreturn t"
        ),
        'if URL:\n    s3 = boto3.client("s3", endpoint_url=URL)\n    return s3.x()',
        's = requests.Session()\ns.headers["a"] = event["a"]\nreturn s.get("u")',
        's = requests.Session()\ns.headers.update(event)\nreturn s.get("u")',
        "session = requests.Session()\nreturn session",
        'c = psycopg2.connect("dbname=a")\nreturn c.cursor()',
        'x = [boto3.client(name) for name in ("s3", "sqs")]\nreturn x',
        'context.made = made = boto3.Session()\nreturn made.client("s3").x()',
        'here = there = boto3.Session()\nreturn here.client("s3").x()',
        'context.name = name = "s3"\nreturn boto3.client(name).x()',
        'if (s3 := boto3.client("s3")):\n    return s3.x()',
        'try:\n    s3 = boto3.client("s3")\nexcept Exception:\n    return None\nreturn s3.x()',
        "with httpx.Client() as a:\n    a.close()",
        "async with httpx.AsyncClient() as a:\n    return 1",
    ],
)
def test_what_could_change_the_result_stays(body: str) -> None:
    head = "import os\nimport boto3, requests, psycopg2, httpx\nURL = os.getenv('URL')\n\n\n"
    kind = "async def" if "async with" in body else "def"
    text = f"{head}{kind} handler(event, context):\n" + textwrap.indent(body, "    ") + "\n"
    assert moved(text) == text


def test_what_may_fail_moves_only_when_it_always_ran() -> None:
    text = """
    import os
    import boto3

    def get():
        return boto3.resource("dynamodb").Table(os.environ["TABLE"])
    """
    assert "return table\n" in moved(text)
    assert "    return boto3.resource(" in moved(text, always=False)


def test_clients_made_alike_are_one() -> None:
    assert same(
        """
        import boto3


        def first():
            # Setup the client
            client = boto3.client('config')
            return client.x()


        def second():
            # Tell the service
            config = boto3.client("config")  # again
            return [config.y() for _ in range(2)]


        def third():
            return boto3.client("config").z()
        """,
        """
        import boto3

        # Setup the client
        client = boto3.client('config')


        def first():
            return client.x()


        def second():
            # Tell the service
            # again
            return [client.y() for _ in range(2)]


        def third():
            return client.z()
        """,
    )


def test_a_client_that_the_module_has_is_used() -> None:
    assert same(
        """
        import boto3

        # Setup the client
        s3 = boto3.client("s3")


        def first():
            # Setup the client
            client = boto3.client("s3")
            return client.x(s3)


        def second(s3):
            client = boto3.client("s3")
            return client.y(s3)
        """,
        """
        import boto3

        # Setup the client
        s3 = boto3.client("s3")
        client = boto3.client("s3")


        def first():
            return s3.x(s3)


        def second(s3):
            return client.y(s3)
        """,
    )


def test_a_client_of_the_module_that_is_changed_is_no_other() -> None:
    text = """
    import boto3

    s3 = boto3.client("s3")
    s3.meta.events.register("before-send", print)


    def first():
        client = boto3.client("s3")
        return client.x(s3)
    """
    assert 'client = boto3.client("s3")\n\n\ndef first' in moved(text)


def test_a_comment_on_the_code_that_stays_stays() -> None:
    assert same(
        """
        import boto3


        def handler(event, context):
            # List what there is
            s3 = boto3.client("s3")
            found = s3.list_buckets()

            # Put the answer somewhere
            sns = boto3.client("sns")
            sqs = boto3.client("sqs")

            # Where to
            config = boto3.client("config")
            where = config.x()
            # An SSM client
            ssm = boto3.client("ssm")
            return found, sns, sqs, where, ssm
        """,
        """
        import boto3

        s3 = boto3.client("s3")
        # Put the answer somewhere
        sns = boto3.client("sns")
        sqs = boto3.client("sqs")
        config = boto3.client("config")
        # An SSM client
        ssm = boto3.client("ssm")


        def handler(event, context):
            # List what there is
            found = s3.list_buckets()

            # Where to
            where = config.x()
            return found, sns, sqs, where, ssm
        """,
    )


def test_what_fitted_the_lines_around_it_goes() -> None:
    assert same(
        """
        import boto3

        LIMIT = 3
        # in all

        def handler(event, context):
            number      = event["number"]
            client      = boto3.client("s3");
            return client.x(number)
        """,
        """
        import boto3

        LIMIT = 3
        # in all

        client = boto3.client("s3")

        def handler(event, context):
            number      = event["number"]
            return client.x(number)
        """,
    )


def test_names_say_nothing_twice_and_mean_the_same_wherever_they_are_read() -> None:
    assert same(
        """
        import boto3
        import influxdb_client


        def handler(event, context):
            session = boto3.Session()
            secrets = session.client("secretsmanager")
            influxdb_client = session.client("timestream-influxdb")

            def inner(s3):
                return influxdb_client.x(s3)

            return inner(secrets)


        def other():
            client = boto3.client("s3")
            return [client.x(s3) for s3 in range(3)], boto3.client("s3")
        """,
        """
        import boto3
        import influxdb_client

        session = boto3.Session()
        secrets = session.client("secretsmanager")
        timestream_influxdb_client = session.client("timestream-influxdb")
        client = boto3.client("s3")


        def handler(event, context):
            def inner(s3):
                return timestream_influxdb_client.x(s3)

            return inner(secrets)


        def other():
            return [client.x(s3) for s3 in range(3)], client
        """,
    )


def test_functions_that_import_for_themselves_share_one_head() -> None:
    assert same(
        """
        def first():
            import boto3

            s3 = boto3.client("s3")
            return s3.x()


        def second():
            import httpx

            client = httpx.Client()
            return client.get("https://example.org")
        """,
        """
        import boto3
        import httpx

        s3 = boto3.client("s3")
        client = httpx.Client()


        def first():
            return s3.x()


        def second():
            return client.get("https://example.org")
        """,
    )


@pytest.mark.parametrize(
    ("written", "moves"),
    [
        ('os.environ["FREETDSCONF"] = "a"', True),
        ('os.environ.setdefault("LD_LIBRARY_PATH", "a")', True),
        ('os.environ["ENDPOINT"] = "a"', False),
        ('os.environ["AWS_ENDPOINT_URL"] = "a"', False),
        ('os.environ.setdefault("https_proxy", "a")', False),
        ("os.environ.update(event)", False),
        ('os.environ[event["name"]] = "a"', False),
    ],
)
def test_variables_that_no_client_reads_may_be_set(written: str, moves: bool) -> None:
    text = f"""\
import os
import boto3


def handler(event, context):
    {written}
    s3 = boto3.client("s3", endpoint_url=os.environ["ENDPOINT"])
    return s3.x()
"""
    assert (moved(text) != text) is moves


def test_a_client_of_the_module_is_no_help_before_it_is_made() -> None:
    text = textwrap.dedent(
        """\
        import boto3


        def load():
            client = boto3.client("ssm")
            return client.get_parameter(Name="a")


        CONFIG = load()
        ssm = boto3.client("ssm")
        """
    )
    assert moved(text) == text


def test_a_table_with_a_name_fails_no_condition() -> None:
    text = """
    import boto3


    def handler(event, context):
        for record in event["Records"]:
            table = boto3.resource("dynamodb").Table("orders")
            table.put_item(Item=record)
    """
    assert '\ntable = boto3.resource("dynamodb").Table("orders")\n' in moved(text, always=False)


def test_an_attribute_gives_its_name_and_an_import_stands_with_its_like() -> None:
    assert same(
        """
        import os
        import json


        class Store:
            def __init__(self):
                import boto3

                self._orders = boto3.client("dynamodb")
                self.client = boto3.client("s3")
        """,
        """
        import os
        import json

        import boto3

        orders = boto3.client("dynamodb")
        s3 = boto3.client("s3")


        class Store:
            def __init__(self):
                self._orders = orders
                self.client = s3
        """,
    )


READS = """
import os
import boto3
import redis


def handler(event, context):
    {}
"""


@pytest.mark.parametrize(
    ("made", "beside", "moves"),
    [
        ('redis.Redis(os.environ["HOST"])', 'os.environ["HOST"] = ask()', False),
        ('redis.Redis(os.environ["HOST"])', "os.environ.update(ask())", False),
        ('boto3.client("s3")', 'os.environ["AWS_REGION"] = ask()', False),
        ('redis.Redis(os.environ["HOST"])', 'os.environ["OTHER"] = ask()', True),
        ('redis.Redis(os.environ["HOST"])', 'return os.environ["HOST"] == ask()', True),
        ('boto3.client("s3")', 'os.environ["HOST"] = ask()', True),
        ('boto3.client("s3")', "os.environ[ask()] = ask()", True),
        ('redis.Redis(os.environ["HOST"])', "os.environ[ask()] = ask()", False),
    ],
)
def test_what_another_module_sets_is_not_there_at_import(
    made: str, beside: str, moves: bool
) -> None:
    module = Module(Source("app.py", READS.format(f"x = {made}\n    return x.get(event)")), "app")
    call = next(iter(module.nodes(cst.Call)))
    other = Module(Source("token.py", f"import os\ndef load():\n    {beside}\n"), "token")
    fix = hoist(module, call, CONSTRUCTORS, always=True, beside=[module, other])
    assert (fix is not None) is moves


@pytest.mark.parametrize(
    ("code", "parses"),
    [
        ('boto3.client("s3")', 1),
        ("boto3.client(event['service'])", 0),
        ('boto3.client("s3") if event.get("s3") else None', 0),
        ("len(event)", 0),
    ],
)
def test_the_whole_text_is_parsed_only_where_a_construction_can_move(
    code: str, parses: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[str] = []

    def noting(source: Source) -> object:
        parsed.append(source.path)
        return parse(source)

    monkeypatch.setattr("lamlint.python.module.parse.parse", noting)
    text = f"import boto3\ndef handler(event, context):\n    x = {code}\n    return x.get(event)\n"
    module = Module(Source("app.py", text), "app")
    fixes = [hoist(module, call, CONSTRUCTORS, always=True) for call in module.nodes(cst.Call)]
    assert len(parsed) == parses
    assert any(fixes) is (parses > 0)
