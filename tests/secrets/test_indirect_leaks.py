"""Leaks that stand a little away from their names: in calls, lists, commands, other notations."""

from __future__ import annotations

import pytest

from lamlint.secrets import mask
from tests.secrets import made
from tests.secrets.in_code import findings
from tests.secrets.leaks import HEX, IMPORTS, KEY, LONG, PEM

HEX32, OTHER32 = made.letters(made.HEX, 32, 9), made.letters(made.HEX, 32, 3)
HEX64 = made.letters(made.HEX, 64, 2)
B64KEY = made.letters(made.B64, 43, 4) + "="
UUID = "c9f1e2d3-7a6b-4c5d-8e9f-0a1b2c3d4e5f"
HOOK = made.letters(made.URL64, 68)
SIGNATURE = made.letters(made.URL64, 43)
DISCORD = "https://discord.com/api/" + "webhooks/112233445566778899/" + HOOK
TEAMS = (
    "https://acme.webhook.office.com/" + f"webhookb2/{UUID}@{UUID}/IncomingWebhook/{HEX32}/{UUID}"
)
FLOW = f"https://prod-12.logic.azure.com/workflows/{OTHER32}/run?sv=1.0&sig={SIGNATURE}"

LEAKS = [
    f'headers = {{"X-RapidAPI-Key": "{KEY}"}}',
    f'headers = {{"x-api-key": "{UUID}"}}',
    'uri = "mongodb+srv://shop2024:shop2024@cluster0.a1b2c.mongodb.net/shop"',
    # dict configs
    'DB = {"host": "db.acme.io", "user": "app", "passwd": "kT7-vQ2xw!9"}',
    'DATABASES = {"default": {"ENGINE": "x", "USER": "app", "PASSWORD": "kT7-vQ2xw!9"}}',
    'CONFIG = {"db": {"user": "app", "pwd": "Sommer2024"}}',
    'config["database"]["password"] = "kT7-vQ2xw!9"',
    f'config.update({{"api_key": "{KEY}"}})',
    f'config.update(api_key="{KEY}")',
    f'settings.setdefault("api_key", "{KEY}")',
    f'KEYS = {{"stripe_secret_key": "{KEY}"}}',
    # hex keys
    f'API_KEY = "{HEX32}"',
    f'OPENWEATHER_API_KEY = "{HEX32}"',
    f'headers = {{"X-API-Key": "{HEX32}"}}',
    f'headers = {{"api-key": "{HEX32}"}}',
    f'headers = {{"Ocp-Apim-Subscription-Key": "{HEX32}"}}',
    f'headers = {{"X-Auth-Token": "{HEX}"}}',
    f'SECRET_KEY = "{made.letters(made.HEX, 64, 2)}"',
    f'jwt.encode(claims, "{made.letters(made.HEX, 64, 2)}", algorithm="HS256")',
    # base64
    f'ENCRYPTION_KEY = "{B64KEY}"',
    f'FERNET_KEY = b"{B64KEY}"',
    f'Fernet("{B64KEY}")',
    f'Fernet(b"{B64KEY}")',
    f'KEY = Fernet(key="{B64KEY}")',
    f'AES.new(b"{made.letters(made.ALNUM, 16, 3)}", AES.MODE_CBC, iv)',
    f'hmac.new(key=b"{KEY}", msg=body, digestmod="sha256")',
    f'secret = base64.b64decode("{B64KEY}")',
    f'SECRET_KEY = bytes.fromhex("{made.letters(made.HEX, 64, 2)}")',
    f'SIGNING_SECRET = "{KEY}"',
    f'SLACK_SIGNING_SECRET = "{HEX32}"',
    # keyword args and ctor positions
    f'client = OpenAI(api_key="{KEY}")',
    f'client = TwilioClient("AC{HEX32}", "{made.letters(made.HEX, 32, 3)}")',
    f'slack = WebClient(token="{KEY}")',
    f'Github("{LONG}")',
    f'SendGridAPIClient("{made.TOKENS["sendgrid-key"]}")',
    f'jira = JIRA(server="https://acme.atlassian.net", basic_auth=("me@acme.io", "{KEY}"))',
    'conn = pg8000.connect(user="app", host=HOST, password="kT7-vQ2xw!9")',
    'conn = psycopg2.connect(dbname="shop", user="app", password="kT7-vQ2xw!9", host=HOST, port=5432)',
    'ssh.connect("sftp.acme.io", username="feed", password="feed-me-2020")',
    'server.login("apikey", "kT7-vQ2xw!9zz")',
    'server.login(SENDER, "abcd efgh ijkl mnop")',
    'server.login(username, "Gu3ss-what!")',
    'smtp.login(user="me@acme.io", password="Gu3ss-what!")',
    'PASSWORD = "Passw0rd!"',
    'PASSWORD = "Admin@123"',
    'PASSWORD = "Welcome@2024"',
    'DB_PASS = "mySup3rS3cret"',
    'password = "correcthorsebatterystaple9!"',
    "rds_password = 'MyStr0ngP4ss'",
    # defaults, attributes
    'def connect(host, user="app", password="kT7-vQ2xw!9"): ...',
    'class Settings(BaseSettings):\n    db_password: str = "kT7-vQ2xw!9"',
    f'class Settings(BaseSettings):\n    api_key: SecretStr = SecretStr("{KEY}")',
    f'class Settings(BaseSettings):\n    api_key: str = Field("{KEY}")',
    f'class Settings(BaseSettings):\n    api_key: str = Field(default="{KEY}")',
    'class Db:\n    def __init__(self):\n        self._password = "kT7-vQ2xw!9"',
    'self.db_password = "kT7-vQ2xw!9"',
    f'TOKEN = os.environ["TOKEN"] if "TOKEN" in os.environ else "{KEY}"',
    f'TOKEN = None or "{KEY}"',
    f'API_KEY = config.get("api_key", "{KEY}")',
    f'API_KEY = event.get("api_key", "{KEY}")',
    f'API_KEY = str("{KEY}")',
    f'API_KEY = "{KEY}".strip()',
    f'API_KEYS = {{"shop": "{KEY}"}}',
    f'VALID_TOKENS = {{"{KEY}"}}',
    f'if token in ("{KEY}",): ...',
    f'if event["authorizationToken"] == "{KEY}": ...',
    f'if event["authorizationToken"] == "Bearer {KEY}": ...',
    f'if event["headers"]["Authorization"] == "Bearer {KEY}": ...',
    # urls
    'url = f"postgresql://app:kT7vQ2xw@{HOST}/shop"',
    'url = "postgresql://app:kT7vQ2xw@" + HOST + "/shop"',
    'url = "postgresql://app:kT7vQ2xw@{}/shop".format(HOST)',
    'url = "postgresql://app:kT7vQ2xw@%s/shop" % HOST',
    'url = "redis://:kT7vQ2xw9@cache.acme.io:6379/0"',
    'url = "amqps://app:kT7vQ2xw9@b-1.mq.eu-west-1.amazonaws.com:5671"',
    f'url = "https://app:{KEY}@git.acme.io/shop.git"',
    f'requests.post("{DISCORD}", json=body)',
    f'requests.post("{TEAMS}", json=body)',
    f'requests.post("{FLOW}", json=body)',
    f'requests.get(f"https://api.acme.io/v1?apikey={KEY}&q={{q}}")',
    f'requests.get(f"https://api.telegram.org/bot{made.TOKENS["telegram-token"]}/sendMessage")',
    f'requests.get("https://maps.googleapis.com/x?key={made.TOKENS["google-api-key"]}")',
    # headers
    f'headers = {{"Authorization": "Bearer " + "{KEY}"}}',
    f'headers = {{"Authorization": "ApiKey {KEY}"}}',
    f'headers = {{"Authorization": "Token token={KEY}"}}',
    f'headers = {{"Authorization": "{KEY}"}}',
    f'session.headers["Authorization"] = "Bearer {KEY}"',
    f'session.headers.update({{"Authorization": "Bearer {KEY}"}})',
    f'conn.request("GET", "/", headers={{"Authorization": "Bearer {KEY}"}})',
    f'headers = dict(Authorization="Bearer {KEY}")',
    # pem
    f'PRIVATE_KEY = """\\\n{PEM}"""',
    "key = (\n" + "\n".join(f'    "{line}\\n"' for line in PEM.splitlines()) + "\n)",
    f'creds = {{"type": "service_account", "private_key": {PEM!r}}}',
    f"creds = json.loads('''{{\"private_key\": {PEM!r}}}''')".replace("': '", "': \""),
    # os.environ
    'os.environ["PGPASSWORD"] = "kT7-vQ2xw!9"',
    'os.environ.setdefault("DB_PASSWORD", "kT7-vQ2xw!9")',
    'os.environ.update(DB_PASSWORD="kT7-vQ2xw!9")',
    'os.putenv("DB_PASSWORD", "kT7-vQ2xw!9")',
    # sql, subprocess
    "cursor.execute(\"CREATE USER app WITH PASSWORD 'kT7-vQ2xw!9'\")",
    "cursor.execute(\"ALTER USER app IDENTIFIED BY 'kT7-vQ2xw!9'\")",
    'subprocess.run(["mysqldump", "--password=kT7-vQ2xw!9", "shop"])',
    'subprocess.run("PGPASSWORD=kT7-vQ2xw9 pg_dump shop", shell=True)',
    # cdk/boto
    'rds.create_db_instance(MasterUsername="app", MasterUserPassword="kT7-vQ2xw!9")',
    'cognito.admin_set_user_password(UserPoolId=P, Username=u, Password="kT7-vQ2xw!9", Permanent=True)',
    'cognito.admin_create_user(UserPoolId=P, Username=u, TemporaryPassword="Temp-2024!x")',
    f'sm.create_secret(Name="x", SecretString="{KEY}")',
    'sm.create_secret(Name="x", SecretString=json.dumps({"username": "app", "password": "kT7-vQ2xw!9"}))',
    'ssm.put_parameter(Name="/shop/db/password", Value="kT7-vQ2xw!9", Type="SecureString")',
    'boto3.client("cognito-idp").initiate_auth(AuthParameters={"USERNAME": u, "PASSWORD": "kT7-vQ2xw!9"})',
]
MORE_IMPORTS = """\
from Crypto.Cipher import AES
from cryptography.fernet import Fernet
from github import Github
from twilio.rest import Client as TwilioClient
"""
SECRETS = (
    "kT7-vQ2xw!9", "kT7vQ2xw", UUID, "shop2024", "feed-me-2020", "Gu3ss-what!", "Sommer2024", "Admin@123",
    "Welcome@2024", "MyStr0ngP4ss", "mySup3rS3cret", "abcd efgh ijkl", "Temp-2024!x", KEY, LONG,
    HEX, B64KEY, HEX64, SIGNATURE, HOOK,
)  # fmt: skip


@pytest.mark.parametrize("leak", LEAKS)
def test_a_leak_is_found_once_and_not_repeated(leak: str) -> None:
    (found,) = findings(f"{IMPORTS}{MORE_IMPORTS}{leak}\n")
    assert found.rule == "hardcoded-secret"
    assert parts_in(repr(found), leak) == []


@pytest.mark.parametrize("leak", LEAKS)
def test_it_is_covered_where_nobody_has_looked_for_it(leak: str) -> None:
    assert parts_in(mask(leak), leak) == []


@pytest.mark.parametrize("token", ["telegram-token", "github-token", "appsync-key"])
def test_what_is_commented_out_is_still_there(token: str) -> None:
    line = f'# BOT_TOKEN = "{made.TOKENS[token]}"\n'
    (found,) = findings(f"{line}x = 1\n")
    assert "commented out" in found.message
    assert made.TOKENS[token][:5] not in repr(found)


@pytest.mark.parametrize(
    "comment",
    [f"# API_KEY = {KEY}", "# postgresql://app:kT7vQ2xw@db.acme.io/shop", f"# {PEM!r}"],
)
def test_a_comment_may_explain_by_an_example(comment: str) -> None:
    assert findings(f"x = 1  {comment}\n") == ()


def test_each_of_several_is_found() -> None:
    found = findings(f'API_TOKENS = ["{KEY}", "{LONG}"]\n')
    assert [one.span.start for one in found] == [15, 43]


def parts_in(told: str, leak: str) -> list[str]:
    """The secrets of a leak of which five characters are told."""
    inside = [secret for secret in SECRETS if secret in leak]
    return [s for s in inside if any(s[at : at + 5] in told for at in range(len(s) - 4))]
