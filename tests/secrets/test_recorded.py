"""What requests and records say in public of keys and tokens is none; the secret beside it is one."""

from __future__ import annotations

import json

import pytest

from tests.secrets import made
from tests.secrets.in_code import findings
from tests.secrets.in_files import findings as in_files
from tests.secrets.in_files import resource

ID, SECRET = made.ACCESS_KEY_ID, made.SECRET_ACCESS_KEY
GOOGLE = made.TOKENS["google-api-key"]
SCOPE = "20260301/us-east-1/s3/aws4_request"
SIGNED = f"AWS4-HMAC-SHA256 Credential={ID}/{SCOPE}, SignedHeaders=host, Signature={made.letters(made.HEX, 64)}"
HEAD, BODY, SIGNATURE = made.web_token(sub="q").split(".")
SAMPLE = made.web_token(sub="1234567890", name="John Doe")
ANON = made.web_token(role="anon", iss="supabase")


def of_caller(**more: str) -> dict[str, object]:
    """What CloudTrail says of who called."""
    who = {"type": "IAMUser", "principalId": "AIDACKCEVSQ6C2", "accessKeyId": ID, **more}
    return {"eventName": "GetObject", "userIdentity": who}


IDENTITY = {"sourceIp": "203.0.113.7", "accessKey": ID, "userAgent": "curl"}

SILENT = [
    f'HEADERS = {{"Authorization": "{SIGNED}"}}',
    f"command = \"curl -H 'Authorization: {SIGNED}' https://b.s3.amazonaws.com\"",
    f'credential = "{ID}/{SCOPE}"',
    f'CREDENTIAL = "{ID}%2F{SCOPE.replace("/", "%2F")}"',
    f"EVENT = {json.dumps(of_caller())}",
    f"EVENT = {{'requestContext': {{'identity': {IDENTITY}}}}}",
    f"EVENT = {json.dumps(json.dumps(of_caller()))}",
    f'headers = {{"Authorization": "Bearer {HEAD}.{BODY}"}}',
    f'headers = {{"Authorization": "Bearer {HEAD}.{BODY}."}}',
    f'ACCESS_TOKEN = "{HEAD}.{BODY[:30]}"',
    f'API_TOKEN = "{SAMPLE}"',
    f'SUPABASE_API_KEY = "{ANON}"',
    f'SUPABASE_SECRET = "sb_publishable_{made.letters(made.URL64, 31)}"',
    f'config = {{"authDomain": "shop.firebaseapp.com", "apiKey": "{GOOGLE}"}}',
    f'FIREBASE_API_KEY = "{GOOGLE}"',
    f'COIN_TOKEN = "0x{made.letters(made.HEX, 40)}"',
    f'ALGOLIA_SEARCH_API_KEY = "{made.letters(made.HEX, 32)}"',
    f'AMPLITUDE_API_KEY = "{made.letters(made.HEX, 32)}"',
    f'mixpanel_token = "{made.letters(made.HEX, 32)}"',
    f'mock_token = "{HEAD}.{BODY}.{SIGNATURE}"',
    'SAMPLE_URL = "postgresql://app:kT7vQ2xw@db.acme.io/shop"',
]
HEX = made.letters(made.HEX, 32)
SEARCHED = '"https://abc123-dsn.algolia.net/1/indexes/*/queries?x-algolia-application-id=ABC123'
QUERY = "https://abc123.algolia.net/1/indexes/shop"
PUBLISHABLE = "pk" + "_live_" + made.letters(made.ALNUM, 30)
SILENT += [
    f'URL = {SEARCHED}&x-algolia-api-key={HEX}"',
    f'HEADERS = {{"x-algolia-api-key": "{HEX}", "x-algolia-agent": "Algolia for JavaScript"}}',
    f'ALGOLIA_API_KEY = "{HEX}"\nURL = "{QUERY}/query"',
    f'URL = "https://api.shop.io/v1/prices?api_key={PUBLISHABLE}"',
    f'URL = "https://www.shop.io/stores?near=x&key={GOOGLE}"',
    f'URL = "https://api.shop.io/places?api_key={GOOGLE}"',
    f'URL = "https://maps.googleapis.com/maps/api/js?key={GOOGLE}&callback=x"',
    f'URL = "https://www.google.com/maps/embed/v1/place?q=x&key={GOOGLE}"',
]
TOLD = [
    f'HEADERS = {{"x-algolia-api-key": "{HEX}"}}\nURL = "{QUERY}/batch"',
    f'ALGOLIA_ADMIN_API_KEY = "{HEX}"\nURL = {SEARCHED}"',
    f'URL = "https://maps.googleapis.com/maps/api/geocode/json?key={GOOGLE}"',
    f'URL = "https://vision.googleapis.com/v1/images:annotate?key={GOOGLE}"',
    f'URL = "https://{{host}}/stores?key={GOOGLE}"',
    f'URL = "https://api.shop.io/v1/prices?api_key={made.TOKENS["stripe-key"]}"',
    f'URL = "https://api.shop.io/v1/prices?api_key={made.letters(made.ALNUM, 32)}"',
    f'KEY_ID = "{ID}"',
    f'credential = {{"accessKeyId": "{ID}", "region": "us-east-1"}}',
    f"EVENT = {json.dumps(of_caller(secretAccessKey=SECRET))}",
    f'headers = {{"Authorization": "Bearer {HEAD}.{BODY}.{SIGNATURE}"}}',
    f'ACCESS_TOKEN = "{HEAD}.{BODY}.{SIGNATURE}"',
    f'config = {{"apiKey": "{GOOGLE}", "project": "shop"}}',
    f'MAPS_API_KEY = "{GOOGLE}"',
    f'ALGOLIA_ADMIN_API_KEY = "{made.letters(made.HEX, 32)}"',
    f'AMPLITUDE_SECRET_KEY = "{made.letters(made.HEX, 32)}"',
    f'mock_token = "{made.TOKENS["github-token"]}"',
    f'hammock_token = "{HEAD}.{BODY}.{SIGNATURE}"',
    'SHOP_URL = "postgresql://app:kT7vQ2xw@db.acme.io/shop"',
]


@pytest.mark.parametrize("code", SILENT)
def test_what_is_said_in_public_is_no_secret(code: str) -> None:
    assert findings(f"{code}\n") == ()


@pytest.mark.parametrize("code", TOLD)
def test_what_lets_somebody_in_is_one(code: str) -> None:
    (found,) = findings(f"{code}\n")
    assert found.severity is None or found.severity.label == "error"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (of_caller(), 0),
        (of_caller(secretAccessKey=SECRET), 1),
        ({"requestContext": {"identity": IDENTITY}}, 0),
        ({"entityValue": ID}, 0),
        ({"AccessKeyId": ID, "SecretAccessKey": SECRET}, 1),
        ({"headers": {"Authorization": SIGNED}}, 0),
        ({"token": made.TOKENS["github-token"]}, 1),
    ],
)
def test_an_event_records_who_called(content: dict[str, object], told: int) -> None:
    assert len(in_files({"events/get.json": json.dumps(content)})) == told


def test_halves_of_a_key_that_a_list_names_are_told_as_one() -> None:
    halves = f"{{Name: AWS_ACCESS_KEY, Value: {ID}}}, {{Name: AWS_SECRET_KEY, Value: {SECRET}}}"
    build = resource(
        "AWS::CodeBuild::Project", f"Environment: {{EnvironmentVariables: [{halves}]}}"
    )
    (both,) = in_files({"template.yaml": build})
    assert both.message.startswith("the value of AWS_SECRET_KEY stands")
    (alone,) = in_files({"template.yaml": build.replace("AWS_SECRET_KEY", "DIGEST")})
    assert alone.message.startswith("an AWS access key id stands")


def test_a_text_about_passwords_is_no_file_of_packages() -> None:
    said = "Logins: the user's password kT7-vQ2xw!9 is kept\n"
    assert in_files({"shop_requirements.txt": said}) == ()
    assert len(in_files({".netrc": "machine x login me password kT7-vQ2xw!9\n"})) == 1
