"""Which calls take a secret, by the place or the keyword of an argument."""

from __future__ import annotations

PASSWORDS = {
    "requests.auth.HTTPBasicAuth": 1,
    "requests.auth.HTTPDigestAuth": 1,
    "httpx.BasicAuth": 1,
    "aiohttp.BasicAuth": 1,
    "pymysql.connect": 2,
    "MySQLdb.connect": 2,
    "ftplib.FTP": 2,
}
"""What logs in with a password, and the place of it."""
KEYS = {
    "jwt.encode": 1,
    "jwt.decode": 1,
    "jose.jwt.encode": 1,
    "jose.jwt.decode": 1,
    "hmac.new": 0,
    "cryptography.fernet.Fernet": 0,
    "Crypto.Cipher.AES.new": 0,
    "Cryptodome.Cipher.AES.new": 0,
    "itsdangerous.URLSafeSerializer": 0,
    "itsdangerous.URLSafeTimedSerializer": 0,
}
"""What signs or encrypts, and the place of its key."""
KEYWORDS_THAT_SIGN = frozenset({"key", "secret", "secret_key"})
TOKENS = {"twilio.rest.Client": 1, "github.Github": 0, "gitlab.Gitlab": 1, "telegram.Bot": 0}
"""What is made with a token, and the place of it."""
LOGIN_TUPLES = frozenset({"auth", "basic_auth", "http_auth", "credentials"})
"""Keywords that take a pair of a user and a password."""

AWS_KEYS = {
    "boto3.client": 6,
    "boto3.resource": 6,
    "boto3.Session": 0,
    "boto3.session.Session": 0,
    "boto3.setup_default_session": 0,
    "aioboto3.Session": 0,
    "aioboto3.session.Session": 0,
}
"""What takes AWS keys, and the place of the first of them."""
AWS_KEYWORDS = ("aws_access_key_id", "aws_secret_access_key", "aws_session_token")
AWS_VARIABLES = frozenset({"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"})
