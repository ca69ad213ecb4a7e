"""The catalogue of constructors."""

from __future__ import annotations

from collections import Counter

import pytest

from lamlint.catalog import Catalog, load_table
from lamlint.catalog.constructors import Constructors, Hoist

RULES = {"", "connection-in-handler", "heavy-init-in-handler", "uncached-config-fetch"}


@pytest.fixture(scope="module")
def constructors() -> Constructors:
    return Catalog().constructors


@pytest.mark.parametrize(
    "name",
    [
        "boto3.client",
        "boto3.session.Session.client",
        "pymongo.synchronous.mongo_client.MongoClient",
        "google.cloud.pubsub_v1.PublisherClient",
        "aws_sdk_bedrock_runtime.client.BedrockRuntimeClient",
        "langchain_groq.ChatGroq",
        "weaviate.connect_to_local",
    ],
)
def test_a_name_is_found_by_its_path_or_a_pattern(constructors: Constructors, name: str) -> None:
    assert name in constructors


@pytest.mark.parametrize(
    "name", ["boto3", "boto3.client.put_object", "google.cloud.storage.a.b.Client", "langchain_x.y"]
)
def test_other_names_are_not_found(constructors: Constructors, name: str) -> None:
    assert name not in constructors


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("meilisearch.Client", False),
        ("pyhive.presto.connect", False),
        ("slack_sdk.WebClient", False),
        ("typesense.Client", True),
        ("pyhive.hive.connect", True),
        ("trino.dbapi.connect", True),
    ],
)
def test_a_client_that_keeps_nothing_between_requests_is_not_told(
    constructors: Constructors, name: str, told: bool
) -> None:
    row = constructors.get(name)
    assert row is not None
    assert row.rule == ("connection-in-handler" if told else "")
    assert ("connects for each request" in row.cost) is not told


@pytest.mark.parametrize(
    ("name", "says", "keeps_quiet_of"),
    [
        ("gspread.authorize", "its first request fetches a token", "API's description"),
        ("googleapiclient.discovery.build", "reads the API's description", "first request"),
        ("azure.storage.blob.BlobServiceClient.from_connection_string", "TLS", "token"),
        ("azure.identity.DefaultAzureCredential", "tokens", "connections"),
        ("requests_oauthlib.OAuth1Session", "handshake", "token"),
        ("google.auth.transport.requests.AuthorizedSession", "token", "handshake"),
        ("confluent_kafka.schema_registry.SchemaRegistryClient", "schemas", "metadata"),
        ("confluent_kafka.Producer", "metadata", "schemas"),
        ("jira.JIRA", "version", "logs in"),
        ("simple_salesforce.Salesforce", "logs in", "version"),
    ],
)
def test_it_is_told_what_the_library_does_again(
    constructors: Constructors, name: str, says: str, keeps_quiet_of: str
) -> None:
    row = constructors.get(name)
    assert row is not None
    assert (says in row.cost, keeps_quiet_of in row.cost) == (True, False)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("langchain_openai.ChatOpenAI", False),
        ("langchain_anthropic.chat_models.ChatAnthropic", False),
        ("langchain_google_vertexai.ChatVertexAI", False),
        ("huggingface_hub.InferenceClient", False),
        ("voyageai.Client", False),
        ("langchain_openai.OpenAIEmbeddings", True),
        ("langchain_groq.ChatGroq", True),
        ("langchain_aws.ChatBedrock", True),
        ("replicate.Client", True),
    ],
)
def test_a_client_that_sends_by_one_of_all_is_not_told(
    constructors: Constructors, name: str, told: bool
) -> None:
    row = constructors.get(name)
    assert row is not None
    assert row.rule == ("connection-in-handler" if told else "")


def test_no_name_stands_twice() -> None:
    names = Counter(
        name for row in load_table("constructors")["constructor"] for name in row["names"]
    )
    assert [name for name, count in names.items() if count > 1] == []


def test_every_row_names_a_rule_of_the_catalogue_and_uses_known_keys() -> None:
    keys = {
        "names", "thing", "kind", "rule", "hoist", "cost", "takes", "anew", "async", "closes",
        "keywords", "name", "sends_by",
    }  # fmt: skip
    for row in load_table("constructors")["constructor"]:
        assert set(row) <= keys
        assert row.get("rule", "connection-in-handler") in RULES


def test_asynchronous_objects_are_never_moved(constructors: Constructors) -> None:
    for row in load_table("constructors")["constructor"]:
        found = constructors.get(row["names"][0].replace("*", "x"))
        assert found is not None
        assert found.asynchronous == (found.hoist is Hoist.LOOP)


def test_a_database_connection_is_never_moved_by_itself(constructors: Constructors) -> None:
    psycopg = constructors.get("psycopg2.connect")
    assert psycopg is not None
    assert not psycopg.hoist.sound


def test_a_rule_asks_for_its_own_names(constructors: Constructors) -> None:
    mine = constructors.of_rule("heavy-init-in-handler")
    assert "joblib.load" in mine
    assert "boto3.client" not in mine


def test_what_is_cheap_or_belongs_in_the_handler_has_no_rule(constructors: Constructors) -> None:
    for name in ("sqlite3.connect", "smtplib.SMTP"):
        row = constructors.get(name)
        assert row is not None
        assert row.rule == ""
