"""The shapes of tokens, as their providers publish them.

Each has keywords that every such token contains, so that one regular
expression over a text tells which of the patterns are worth compiling. The
group `secret`, where there is one, is the part that must not be shown.
"""

from __future__ import annotations

from collections.abc import Iterable

from lamlint.text.dataclass import dataclass
from lamlint.text.regex import Regex

_B64 = r"[A-Za-z0-9+/]"
_URL64 = r"[A-Za-z0-9_-]"
_END = r"(?![A-Za-z0-9_-])"


@dataclass(frozen=True, slots=True)
class Pattern:
    """One kind of secret: what it is called, and what it looks like.

    `entropy` is the least Shannon entropy, in bits a character, of a real one.
    """

    kind: str
    title: str
    keywords: tuple[str, ...]
    shape: Regex[str]
    entropy: float = 3.0


AWS_KEY_ID = "aws-access-key-id"
AWS_SECRET_KEY = "aws-secret-access-key"  # noqa: S105  the name of a kind
PRIVATE_KEY = "private-key"
URL_PASSWORD = "url-password"  # noqa: S105  the name of a kind
CONNECTION_STRING = "connection-string-password"
URL_PARAMETER = "url-parameter"
SQL_PASSWORD = "sql-password"  # noqa: S105  the name of a kind
JWT = "json-web-token"
GOOGLE_KEY = "google-api-key"
IN_STRINGS = frozenset(
    {CONNECTION_STRING, URL_PARAMETER, SQL_PASSWORD, "dsn-password", "jdbc-password"}
)
"""Kinds that stand in a text that may as well be a template."""
EXPLAINED = IN_STRINGS | {URL_PASSWORD, PRIVATE_KEY, JWT}
"""Kinds that a comment may explain by an invented one."""

PATTERNS = (
    # IDs of AWS are base 32, so that "AKIA" and digits like 0, 1, 8, 9 is no key.
    Pattern(
        AWS_KEY_ID,
        "an AWS access key id",
        ("AKIA", "ASIA", "ABIA", "ACCA", "A3T"),
        Regex(
            r"(?<![A-Za-z0-9+/])(?:AKIA|ASIA|ABIA|ACCA|A3T[A-Z0-9])[A-Z2-7]{16}(?![A-Za-z0-9+/])"
        ),
    ),
    Pattern(
        AWS_SECRET_KEY,
        "an AWS secret access key",
        ("ecret", "ECRET"),
        Regex(
            r"(?i:aws[\w. -]{0,20}secret[\w. -]{0,20}|secret_?access_?key)[\"'\]]{0,2}"
            r"\s{0,3}(?:=>|[:=,])"
            rf"\s{{0,3}}\(?[\"']?(?P<secret>(?<!{_B64}){_B64}{{40}})(?![A-Za-z0-9+/=])"
        ),
        4.0,
    ),
    Pattern(
        "bedrock-api-key",
        "an Amazon Bedrock API key",
        ("ABSK", "bedrock-api-key-"),
        Regex(
            rf"(?<!{_B64})ABSK{_B64}{{109,269}}={{0,2}}(?![A-Za-z0-9+/=])"
            rf"|bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t{_B64}{{20,}}={{0,2}}"
        ),
        4.0,
    ),
    Pattern(
        "appsync-key", "an AWS AppSync API key", ("da2-",), Regex(rf"\bda2-[a-z0-9]{{26}}{_END}")
    ),
    Pattern(
        "rapidapi-key",
        "a RapidAPI key",
        ("jsn",),
        Regex(rf"(?<![\w-])[0-9a-f]{{10}}msh[0-9a-f]{{15}}p[0-9a-f]{{6}}jsn[0-9a-f]{{12}}{_END}"),
    ),
    Pattern(
        PRIVATE_KEY,
        "a private key",
        ("PRIVATE KEY-----",),
        Regex(
            r"-----BEGIN (?:[A-Z0-9]{2,12} )?PRIVATE KEY-----"
            r"(?P<secret>(?:[A-Za-z0-9+/=\s\\\"'(),:#]|-(?!----[BE])){64,20000})(?:-----END|$(?!\n))"
        ),
        3.5,
    ),
    Pattern(
        "age-secret-key",
        "an age secret key",
        ("AGE-SECRET-KEY-1",),
        Regex(r"AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}"),
    ),
    Pattern(
        "github-token",
        "a GitHub token",
        ("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"),
        Regex(
            rf"\b(?:gh[pousr]_[A-Za-z0-9]{{36}}|github_pat_[A-Za-z0-9]{{22}}_[A-Za-z0-9]{{59}}){_END}"
        ),
    ),
    Pattern(
        "gitlab-token", "a GitLab token", ("glpat-",), Regex(rf"\bglpat-{_URL64}{{20,64}}{_END}")
    ),
    Pattern(
        "slack-token",
        "a Slack token",
        ("xox", "xapp-"),
        Regex(
            rf"\b(?:xox[bpars]-\d{{8,}}-[A-Za-z0-9-]{{16,}}|xoxe(?:\.xox[bp])?-\d-[A-Za-z0-9]{{100,}}"
            rf"|xapp-\d-[A-Z0-9]+-\d+-[a-z0-9]{{20,}}){_END}"
        ),
    ),
    Pattern(
        "slack-webhook",
        "a Slack webhook address",
        ("hooks.slack.com/",),
        Regex(
            r"hooks\.slack\.com/(?P<secret>services/T[A-Z0-9]{8,14}/B[A-Z0-9]{8,14}/[A-Za-z0-9]{24}"
            r"|workflows/T[A-Z0-9]{8,14}/A[A-Z0-9]{8,14}/\d{15,20}/[A-Za-z0-9]{24}"
            r"|triggers/[TE][A-Z0-9]{8,14}/\d{10,20}/[0-9a-f]{32})(?![A-Za-z0-9])"
        ),
        3.5,
    ),
    Pattern(
        "stripe-key",
        "a Stripe key",
        ("k_live_", "k_test_", "k_prod_", "whsec_"),
        Regex(
            rf"\b(?:[sr]k_(?:live|test|prod)_[A-Za-z0-9]{{16,120}}|whsec_[A-Za-z0-9+/]{{32,64}}){_END}"
        ),
    ),
    Pattern(
        "openai-key",
        "an OpenAI key",
        ("T3BlbkFJ",),
        Regex(
            rf"\bsk-(?:(?:proj|svcacct|admin)-)?{_URL64}{{20,74}}T3BlbkFJ{_URL64}{{20,74}}{_END}"
        ),
    ),
    Pattern(
        "anthropic-key",
        "an Anthropic key",
        ("sk-ant-",),
        Regex(rf"\bsk-ant-(?:api|admin)\d\d-{_URL64}{{80,93}}AA{_END}"),
    ),
    Pattern(
        "sendgrid-key",
        "a SendGrid key",
        ("SG.",),
        Regex(rf"\bSG\.{_URL64}{{22}}\.{_URL64}{{43}}{_END}"),
    ),
    Pattern(
        "mailchimp-key",
        "a Mailchimp key",
        ("-us",),
        Regex(rf"(?<![\w-])[0-9a-f]{{32}}-us\d{{1,2}}{_END}"),
    ),
    Pattern(
        "mailgun-key",
        "a Mailgun key",
        ("key-",),
        Regex(rf"(?<![\w-])key-[0-9a-f]{{32}}{_END}"),
    ),
    Pattern(
        "twilio-key",
        "a Twilio key",
        ("wilio", "WILIO"),
        Regex(rf"(?i:twilio)[^\n]{{0,60}}?(?<![\w])(?P<secret>SK[0-9a-f]{{32}}){_END}"),
    ),
    Pattern(
        GOOGLE_KEY,
        "a Google API key",
        ("AIza",),
        Regex(rf"(?<!{_URL64})AIza{_URL64}{{35}}{_END}"),
    ),
    Pattern(
        "google-client-secret",
        "a Google OAuth client secret",
        ("GOCSPX-",),
        Regex(rf"\bGOCSPX-{_URL64}{{28}}{_END}"),
    ),
    Pattern(
        "huggingface-token", "a Hugging Face token", ("hf_",), Regex(rf"\bhf_[A-Za-z]{{34}}{_END}")
    ),
    Pattern("npm-token", "an npm token", ("npm_",), Regex(rf"\bnpm_[A-Za-z0-9]{{36}}{_END}")),
    Pattern(
        "pypi-token",
        "a PyPI token",
        ("pypi-AgE",),
        Regex(rf"\bpypi-AgE(?:IcHlwaS5vcmc|NdGVzdC5weXBpLm9yZ){_URL64}{{50,}}"),
    ),
    Pattern(
        "databricks-token",
        "a Databricks token",
        ("dapi",),
        Regex(rf"\bdapi[0-9a-f]{{32}}(?:-\d)?{_END}"),
    ),
    Pattern(
        "digitalocean-token",
        "a DigitalOcean token",
        ("dop_v1_", "doo_v1_", "dor_v1_"),
        Regex(rf"\bdo[opr]_v1_[0-9a-f]{{64}}{_END}"),
    ),
    Pattern(
        "doppler-token", "a Doppler token", ("dp.",), Regex(r"\bdp\.(?:pt|st|ct|sa)\.[\w.-]{40,80}")
    ),
    Pattern(
        "shopify-token",
        "a Shopify token",
        ("shp",),
        Regex(rf"\bshp(?:at|ca|pa|ss)_[0-9a-fA-F]{{32}}{_END}"),
    ),
    Pattern(
        "sentry-token",
        "a Sentry token",
        ("sntry",),
        Regex(rf"\b(?:sntryu_[0-9a-f]{{64}}{_END}|sntrys_eyJ[A-Za-z0-9+/=_-]{{60,}})"),
    ),
    Pattern(
        "vault-token",
        "a HashiCorp Vault token",
        ("hvs.", "hvb."),
        Regex(rf"\bhv[sb]\.{_URL64}{{90,300}}{_END}"),
    ),
    Pattern(
        "terraform-token",
        "a Terraform Cloud token",
        (".atlasv1.",),
        Regex(rf"\b[A-Za-z0-9]{{14}}\.atlasv1\.{_URL64}{{60,70}}{_END}"),
    ),
    Pattern(
        "grafana-token",
        "a Grafana token",
        ("glc_", "glsa_"),
        Regex(
            rf"\b(?:glc_[A-Za-z0-9+/]{{32,400}}={{0,3}}|glsa_[A-Za-z0-9]{{32}}_[0-9a-fA-F]{{8}}{_END})"
        ),
    ),
    Pattern(
        "notion-token",
        "a Notion token",
        ("ntn_",),
        Regex(rf"\bntn_\d{{11}}[A-Za-z0-9]{{35}}{_END}"),
    ),
    Pattern(
        "linear-key", "a Linear key", ("lin_api_",), Regex(rf"\blin_api_[A-Za-z0-9]{{40}}{_END}")
    ),
    Pattern(
        "heroku-key", "a Heroku key", ("HRKU-",), Regex(rf"\bHRKU-[0-9A-Za-z_-]{{36,64}}{_END}")
    ),
    Pattern(
        "entra-client-secret",
        "a Microsoft Entra client secret",
        ("Q~",),
        Regex(r"(?<![\w~.-])[\w~.-]{3}\dQ~[\w~.-]{31,34}(?![\w~-])"),
    ),
    Pattern(
        "azure-storage-key",
        "an Azure storage key",
        ("AccountKey=",),
        Regex(rf"AccountKey=(?P<secret>{_B64}{{86}}==)"),
        4.0,
    ),
    Pattern(
        "atlassian-token",
        "an Atlassian token",
        ("ATATT3",),
        Regex(r"\bATATT3[A-Za-z0-9_=-]{180,200}"),
    ),
    Pattern(
        "docker-token",
        "a Docker Hub token",
        ("dckr_pat_",),
        Regex(rf"\bdckr_pat_{_URL64}{{27}}{_END}"),
    ),
    Pattern(
        "postman-key",
        "a Postman key",
        ("PMAK-",),
        Regex(rf"\bPMAK-[0-9a-f]{{24}}-[0-9a-f]{{34}}{_END}"),
    ),
    Pattern(
        "new-relic-key", "a New Relic user key", ("NRAK-",), Regex(rf"\bNRAK-[A-Z0-9]{{27}}{_END}")
    ),
    Pattern(
        "telegram-token",
        "a Telegram bot token",
        (":AA",),
        Regex(rf"(?:(?<![\w.-])|(?<=/bot))\d{{8,10}}:AA{_URL64}{{33}}{_END}"),
    ),
    Pattern(
        "discord-webhook",
        "a Discord webhook address",
        ("/api/webhooks/",),
        Regex(rf"discord(?:app)?\.com/api/webhooks/\d{{17,20}}/(?P<secret>{_URL64}{{60,80}})"),
    ),
    Pattern(
        "teams-webhook",
        "a Teams webhook address",
        ("webhook.office.com/",),
        Regex(
            r"webhook\.office\.com/(?P<secret>webhookb2/[0-9a-f-]{36}@[0-9a-f-]{36}/IncomingWebhook/"
            r"[0-9a-f]{32}/[0-9a-f-]{36}[\w/-]{0,64})"
        ),
    ),
    Pattern(
        "azure-signature",
        "an address with a signature of Azure",
        ("sig=",),
        Regex(
            r"https://[^\s\"'<>?]{4,300}\?(?=(?:[^\s\"'<>]{0,300}&)?s[vp]=)[^\s\"'<>]{4,600}&sig="
            r"(?P<secret>[A-Za-z0-9%_-]{43,70})(?![A-Za-z0-9%_-])"
        ),
        3.5,
    ),
    Pattern(
        SQL_PASSWORD,
        "a password in a statement",
        ("IDENTIFIED BY", "identified by", "PASSWORD '", "password '"),
        Regex(
            r"(?i:\bidentified\s+by|\b(?:with|encrypted)\s+password)\s+'(?P<secret>[^'\s]{6,128})'"
        ),
        2.5,
    ),
    Pattern(
        URL_PASSWORD,
        "a URL with a password",
        ("://",),
        Regex(
            r"\b(?:postgres(?:ql)?|mysql|mariadb|mongodb|rediss?|amqps?|mssql|oracle|clickhouse|snowflake"
            r"|https?|ftps?|sftp|smtps?|ldaps?|nats|neo4j|bolt)(?:\+[a-z0-9_]+)?://"
            r"[^\s:/@\"'<>{}$`]{0,80}:(?P<secret>[^\s/@\"'<>`]{3,200})@(?P<host>[^\s:/?#\"'@\\,)\]]+|(?=[\"']))"
        ),
        1.5,
    ),
    Pattern(
        CONNECTION_STRING,
        "a connection string with a password",
        ("assword=", "wd=", "WD=", "ASSWORD="),
        Regex(
            r"(?i)\b(?:server|host|data source|driver|user id|uid|user)=[^;\"'\n]{1,120};"
            r"[^\"'\n]{0,200}?(?:password|pwd)=(?P<secret>[^;\"'\n\s]{6,128})"
        ),
        2.5,
    ),
    Pattern(
        "dsn-password",
        "a connection string with a password",
        ("password=",),
        Regex(
            r"\b(?=[a-z_]{2,20}=[^\s\"']{1,120} )(?=[^\"'\n]{0,300}\bhost(?:addr)?=)"
            r"(?:[a-z_]{2,20}=[^\s\"']{1,120} +){1,8}"
            r"password=(?P<secret>[^\s\"'&;]{6,128})"
        ),
        2.0,
    ),
    Pattern(
        "jdbc-password",
        "a JDBC address with a password",
        ("jdbc:",),
        Regex(
            r"\bjdbc:[^\s\"'?;]{4,200}[?;](?:[^\s\"']{0,200}[&;])?"
            r"password=(?P<secret>[^\s\"'&;]{5,128})"
        ),
        2.0,
    ),
    Pattern(
        URL_PARAMETER,
        "an address with a key",
        ("key=", "Key=", "token=", "secret=", "code=", "appid="),
        Regex(
            r"https?://[^\s\"'<>?]{4,200}\?(?:[^\s\"'<>]{0,200}&)?"
            r"(?:(?:api_?[kK]ey|access_token|auth_token|token|client_secret|code)="
            r"|(?:key|appid)=(?=[0-9a-f]{32}(?![\w-])))"  # else it may be the name of anything
            r"(?P<secret>[A-Za-z0-9_-]{20,200}={0,2})(?![A-Za-z0-9_-])"
        ),
        3.2,
    ),
    Pattern(
        JWT,
        "a JSON web token",
        ("eyJ",),
        Regex(rf"(?<![\w.-])eyJ{_URL64}{{14,}}\.eyJ{_URL64}{{17,}}\.{_URL64}{{20,}}{_END}"),
        4.0,
    ),
)


_KEYWORDS = tuple((word, pattern) for pattern in PATTERNS for word in pattern.keywords)


def worth_trying(text: str) -> Iterable[Pattern]:
    """The patterns one of whose keywords stands in the text."""
    # Asked of many short texts: one flat list takes a fraction of what a loop in a loop does.
    return dict.fromkeys([pattern for word, pattern in _KEYWORDS if word in text])


def formed(value: str) -> bool:
    """Whether a value as a whole has the form of a token, which then decides and not its name."""
    return any(pattern.shape.fullmatch(value) for pattern in worth_trying(value))
