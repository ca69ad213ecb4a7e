"""What looks like a leak and is none: each of these stays silent."""

from __future__ import annotations

import pytest

from tests.secrets import made
from tests.secrets.in_code import findings
from tests.secrets.leaks import IMPORTS, KEY
from tests.secrets.traps import CONNECTIONS

UUID = "b5c1a3f0-41f0-4b8e-9a53-2f6d0f9b1c7e"


NAMES = [
    f'SECRET_ARN = "{KEY}"',
    f'SECRET_NAME = "{KEY}"',
    f'next_token = "{KEY}"',
    f'partition_key = "{KEY}"',
    f'CACHE_KEY = "{KEY}"',
    f'S3_KEY = "uploads/{KEY}"',
    f'PUBLIC_KEY = "{KEY}"',
    f'IDEMPOTENCY_TOKEN = "{KEY}"',
    'PASSWORD_FIELD = "kT7-vQ2xw!9"',
    'API_KEY = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:api-AbCdEf"',
    'SECRET = "prod/shop/database"',
    'SECRET = "projects/acme/secrets/shop/versions/1"',
    'TOKEN = "/shop/prod/api-token"',
    'TOKEN = "{{resolve:secretsmanager:shop:SecretString:token}}"',
    'TOKEN = "ssm:/shop/token"',
    f'TOKEN = "{UUID}"',
    'TOKEN_URL = "https://auth.acme.io/oauth2/token"',
    'TOKEN = "https://auth.acme.io/oauth2/token"',
    'PASSWORD = "PASSWORD"',
    'PASSWORD = "Enter the password"',
    'password = ""',
    'password = "********"',
    'password = "test1234"',
    'password = getpass.getpass("Password 1: ")',
    'token = event["headers"]["Authorization"].split("Bearer ")[1]',
    'secret = client.get_secret_value(SecretId="shop-prod-2024-credentials")',
    'auth_token = event["authorizationToken"]',
    'TOKENIZER = "bert-base-uncased-finetuned-2024"',
    'pad_token = "<|endoftext|>"',
    'settings = {"token_type": "Bearer", "token_use": "access"}',
    'ALLOWED = ["USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]',
    'client.initiate_auth(AuthFlow="ADMIN_USER_PASSWORD_AUTH")',
    'password_pattern = r"^(?=.*[A-Z])(?=.*[0-9]).{8,}$"',
    'PASSWORD_CHARS = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"',
    'client.generate_secret_string(ExcludeCharacters="/@\\"\'\\\\")',
    'secret_string = json.dumps({"username": user, "password": password})',
    'SAMPLE = \'{"username": "app", "password": "password"}\'',
    'SAMPLE = \'{"NextToken": "' + KEY + "\"}'",
    'TEMPLATE = \'{"user": "%s", "password": "%s"}\'',
    f'etag = "{made.letters(made.HEX, 32)}"',
    f'secret_hash = "{made.letters(made.HEX, 64)}"',
    f'SECRET = "sha256-{made.letters(made.B64, 43)}="',
    'print("password: kT7-vQ2xw!9")  # said by a print, which names nothing',
    '"""password = "kT7-vQ2xw!9"."""',
    '# API_KEY = "' + KEY + '"',
    'API_KEY = "YOUR_API_KEY_GOES_HERE_2024"',
    'API_KEY = "insert-your-key-here-123456"',
    'KEY_PAIR = "kp-0a1b2c3d4e5f6a7b8"',
    'api_key = "AKIAIOSFODNN7EXAMPLE"',
]

SENT = [
    'headers = {"Authorization": f"Bearer {token}"}',
    'headers = {"Authorization": "Bearer " + token}',
    'headers = {"Authorization": "Bearer %s" % token}',
    'headers = {"Authorization": "Bearer <token>"}',
    'headers = {"Authorization": "Bearer YOUR_ACCESS_TOKEN"}',
    'headers = {"Authorization": "Bearer test-token"}',
    'headers = {"Authorization": "Basic dXNlcjpwYXNzd29yZA=="}',
    'headers = {"Authorization": "AWS4-HMAC-SHA256 Credential=..."}',
    'cors = {"Access-Control-Allow-Headers": "Content-Type,X-Amz-Date,Authorization,X-Api-Key"}',
    'parameters = {"Authorization": "method.request.header.Authorization"}',
    'headers = {"x-api-key": "x-api-key-header-1"}',
    'headers = {"x-api-key": api_key}',
    'requests.get("https://api.acme.io/v1/rates?api_key={}".format(api_key))',
    'requests.get(f"https://api.acme.io/v1/rates?api_key={api_key}")',
    'requests.get("https://api.acme.io/v1?token=list-of-all-open-invoices")',
    'jwt.encode(claims, key, algorithm="HS256")',
    'jwt.encode(claims, "secret", algorithm="HS256")',
    'jwt.decode(token, options={"verify_signature": False})',
    'hmac.new(secret.encode(), body, "sha256")',
    'hmac.new(("AWS4" + key).encode(), body, "sha256")',
    'hmac.new(b"WebAppData", token, "sha256")',
    'if event["authorizationToken"] == "allow": ...',
    'if challenge == "NEW_PASSWORD_REQUIRED": ...',
    'if token == "invalid-token": ...',
    'if token_use != "access": ...',
    'if password == "": ...',
    'assert password == "kT7-vQ2xw!9"',
    'HEADER = "-----BEGIN PRIVATE KEY-----"',
    'KEY = f"-----BEGIN PRIVATE KEY-----\\n{body}\\n-----END PRIVATE KEY-----"',
    'hook = "https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX"',
    'hook = "https://hooks.slack.com/services/" + path',
]

AWS = [
    'boto3.client("s3", aws_access_key_id="testing", aws_secret_access_key="testing")',
    'boto3.client("s3", endpoint_url=URL, aws_access_key_id="test", aws_secret_access_key="test")',
    'boto3.client("s3", aws_access_key_id=key_id, aws_secret_access_key=key)',
    'boto3.client("s3", **config)',
    'boto3.Session(profile_name="shop-production")',
    'boto3.Session(aws_session_token=credentials["SessionToken"])',
    'os.environ["AWS_ACCESS_KEY_ID"] = "testing"',
    'os.environ["AWS_ACCESS_KEY_ID"] = "AWS_ACCESS_KEY_ID"',
    'os.environ["AWS_SECRET_ACCESS_KEY"] = "AWS_SECRET_ACCESS_KEY"',
    'os.environ["AWS_SESSION_TOKEN"] = "session-token-of-nobody"',
    'boto3.client("s3", aws_access_key_id="accessKeyId", aws_secret_access_key="SecretAccessKey")',
    'os.environ["AWS_SECRET_ACCESS_KEY"] = credentials["SecretAccessKey"]',
    'os.environ.setdefault("AWS_ACCESS_KEY_ID", "testing")',
    'ROLE_ID = "AROA' + made.letters(made.UPPER32, 16) + '"',
    'config = {"aws_access_key_id": "AKIAIOSFODNN7EXAMPLE"}',
]


@pytest.mark.parametrize("code", [*CONNECTIONS, *NAMES, *SENT, *AWS])
def test_a_trap_is_silent(code: str) -> None:
    assert findings(f"{IMPORTS}{code}\n") == ()
