"""Tokens of the right shape that never were real.

They are put together here, from random characters with a fixed seed, so that
no file of the repository holds one.
"""

from __future__ import annotations

import base64
import json
import random
import string

UPPER32 = string.ascii_uppercase + "234567"
ALNUM = string.ascii_letters + string.digits
LOWER_ALNUM = string.ascii_lowercase + string.digits
HEX = "0123456789abcdef"
B64 = ALNUM + "+/"
URL64 = ALNUM + "_-"


def letters(alphabet: str, length: int, seed: int = 7) -> str:
    """Random characters, the same each time."""
    return "".join(random.Random(seed).choices(alphabet, k=length))  # noqa: S311  no cryptography


def web_token(**payload: object) -> str:
    """A JSON web token with an HMAC-like signature."""
    parts = [json.dumps({"alg": "HS256", "typ": "JWT"}), json.dumps(payload)]
    encoded = [base64.urlsafe_b64encode(part.encode()).decode().rstrip("=") for part in parts]
    return ".".join([*encoded, letters(URL64, 43)])


def private_key(lines: int = 12) -> str:
    """A PEM block with a body that is no key."""
    body = "\n".join(letters(B64, 64, seed) for seed in range(lines))
    return f"-----BEGIN RSA PRIVATE {'KEY'}-----\n{body}\n-----END RSA PRIVATE {'KEY'}-----\n"


ACCESS_KEY_ID = "AK" + "IA" + letters(UPPER32, 16)
SECRET_ACCESS_KEY = letters(B64, 40)

TOKENS = {
    "aws-access-key-id": ACCESS_KEY_ID,
    "bedrock-api-key": "AB" + "SK" + letters(B64, 128),
    "appsync-key": "da" + "2-" + letters(LOWER_ALNUM, 26),
    "rapidapi-key": letters(HEX, 10)
    + "ms"
    + "h"
    + letters(HEX, 15)
    + "p1"
    + letters(HEX, 5)
    + "js"
    + "n"
    + letters(HEX, 12),
    "age-secret-key": "AGE-SECRET-" + "KEY-1" + letters("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L", 58),
    "github-token": "gh" + "p_" + letters(ALNUM, 36),
    "gitlab-token": "gl" + "pat-" + letters(URL64, 19) + "a",
    "slack-token": "xo" + "xb-" + letters("0123456789", 12) + "-" + letters(ALNUM, 24),
    "stripe-key": "sk" + "_live_" + letters(ALNUM, 24),
    "openai-key": "sk-" + "proj-" + letters(URL64, 40) + "T3Blbk" + "FJ" + letters(ALNUM, 40),
    "anthropic-key": "sk-" + "ant-api03-" + letters(URL64, 93) + "AA",
    "sendgrid-key": "S" + "G." + letters(URL64, 22) + "." + letters(ALNUM, 43),
    "mailchimp-key": letters(HEX, 32) + "-u" + "s12",
    "mailgun-key": "ke" + "y-" + letters(HEX, 32),
    "google-api-key": "AI" + "za" + letters(ALNUM, 35),
    "google-client-secret": "GOC" + "SPX-" + letters(ALNUM, 28),
    "huggingface-token": "h" + "f_" + letters(string.ascii_letters, 34),
    "npm-token": "np" + "m_" + letters(ALNUM, 36),
    "pypi-token": "py" + "pi-AgEIcHlwaS5vcmc" + letters(URL64, 80),
    "databricks-token": "da" + "pi" + letters(HEX, 32),
    "digitalocean-token": "do" + "p_v1_" + letters(HEX, 64),
    "doppler-token": "d" + "p.pt." + letters(ALNUM, 43),
    "shopify-token": "sh" + "pat_" + letters(HEX, 32),
    "sentry-token": "sn" + "tryu_" + letters(HEX, 64),
    "vault-token": "hv" + "s." + letters(ALNUM, 95),
    "terraform-token": letters(ALNUM, 14) + ".atlas" + "v1." + letters(ALNUM, 67),
    "grafana-token": "gl" + "sa_" + letters(ALNUM, 32) + "_" + letters(HEX, 8),
    "notion-token": "nt" + "n_" + letters("0123456789", 11) + letters(ALNUM, 35),
    "linear-key": "lin" + "_api_" + letters(ALNUM, 40),
    "heroku-key": "HR" + "KU-" + letters(ALNUM, 60),
    "entra-client-secret": "a.B" + "8" + "Q~" + letters(ALNUM, 34),
    "atlassian-token": "AT" + "ATT3" + letters(ALNUM, 186),
    "docker-token": "dckr" + "_pat_" + letters(ALNUM, 27),
    "postman-key": "PM" + "AK-" + letters(HEX, 24) + "-" + letters(HEX, 34),
    "new-relic-key": "NR" + "AK-" + letters(string.ascii_uppercase + string.digits, 27),
    "telegram-token": "123498765" + ":A" + "A" + letters(ALNUM, 33),
    "json-web-token": web_token(sub="u-1", scope="admin"),
}
