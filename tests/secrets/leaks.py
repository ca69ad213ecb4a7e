"""Secrets as people write them into code."""

from __future__ import annotations

import base64

from tests.secrets import made

KEY = made.letters(made.ALNUM, 24)
LONG = made.letters(made.ALNUM, 40, 3)
HEX = made.letters(made.HEX, 40, 5)
PEM = made.private_key()
HALF = len(LONG) // 2
BASIC = base64.b64encode(b"reports:kT7-vQ2xw!9").decode()
AWS_ID, AWS_SECRET = made.ACCESS_KEY_ID, made.SECRET_ACCESS_KEY
HOOK = "https://hooks.slack.com/" + "services/T01ABCDEF/B02GHIJKL/" + KEY
CONNECTIONS = [
    'psycopg2.connect(host="db.acme.io", user="app", password="kT7-vQ2xw!9")',
    'pymysql.connect(host=HOST, user="app", password="Passw0rd!2024", db="shop")',
    'pymysql.connect(host=HOST, user="app", passwd="hunter2-prod", db="shop")',
    'pymysql.connect("db.acme.io", "app", "admin123!", "shop")',
    'MySQLdb.connect("db.acme.io", "app", "Sommer2024", "shop")',
    'mysql.connector.connect(host=HOST, username="app", password="letmein!")',
    'pymssql.connect(server=HOST, user="sa", password="Welcome1")',
    'snowflake.connector.connect(account="acme", user="etl", password="snowman-2023")',
    'redshift_connector.connect(host=HOST, user="awsuser", password="Redshift#1")',
    'redis.Redis(host="cache.acme.io", port=6379, password="kT7vQ2xw!9")',
    'ftplib.FTP("ftp.acme.io", "upload", "up-l0ad!")',
    'ssh.connect(hostname="sftp.acme.io", username="feed", password="feed-me-2020")',
    'requests.get(URL, auth=("reports", "kT7-vQ2xw!9"))',
    'httpx.Client(auth=("reports", "hunter2-prod"))',
    'requests.get(URL, auth=HTTPBasicAuth("reports", "hunter2-prod"))',
    'OpenSearch(hosts=[HOST], http_auth=("admin", "Admin123!"))',
    'mail.login("reports@acme.io", "Gu3ss-what")',
    'psycopg2.connect("host=db.acme.io dbname=shop user=app password=kT7vQ2xw")',
    'pyodbc.connect("Driver={ODBC};Server=db.acme.io;UID=app;PWD=kT7vQ2xw9;")',
    'create_engine("postgresql+psycopg2://app:kT7vQ2xw@db.acme.io:5432/shop")',
    'create_engine(f"postgresql://app:kT7vQ2xw@{HOST}:5432/{NAME}")',
    "create_engine(f\"mysql+pymysql://app:kT7vQ2xw@{os.environ['HOST']}/shop\")",
    'MongoClient("mongodb+srv://app:kT7vQ2xw@cluster0.a1b2c.mongodb.net/shop")',
    'spark.read.jdbc("jdbc:postgresql://db.acme.io/shop?user=app&password=kT7vQ2xw")',
    'boto3.client("s3", verify=True, api_token="' + KEY + '")',
]
NAMES = [
    f'API_KEY = "{KEY}"',
    f'api_key: str = "{KEY}"',
    f'class Config:\n    SECRET_KEY = "{KEY}"',
    f'class Config:\n    def __init__(self):\n        self.client_secret = "{KEY}"',
    f'def fetch(url, token="{KEY}"): ...',
    f'def fetch(url, *, api_key: str = "{KEY}"): ...',
    f'TOKEN = os.environ.get("API_TOKEN", "{KEY}")',
    'DB_PASSWORD = os.getenv("DB_PASSWORD", "kT7-vQ2xw!9")',
    'DB_PASSWORD = os.getenv("DB_PASSWORD", default="kT7-vQ2xw!9")',
    'password = os.environ.get("DB_PASSWORD") or "kT7-vQ2xw!9"',
    'user, password = "app", "kT7-vQ2xw!9"',
    'settings = {"user": "app", "password": "kT7-vQ2xw!9"}',
    'settings["password"] = "kT7-vQ2xw!9"',
    'settings = dict(user="app", password="kT7-vQ2xw!9")',
    'os.environ["DB_PASSWORD"] = "kT7-vQ2xw!9"',
    f'API_KEY = ("{LONG[:HALF]}"\n           "{LONG[HALF:]}")',
    f'API_KEY = "{LONG[:HALF]}" + "{LONG[HALF:]}"',
    f'API_KEY = (\n    "{KEY}"\n)',
    f'if (api_key := "{KEY}"): ...',
    f"API_KEY = r'{KEY}'",
    f'API_KEY = """{KEY}"""',
    'CONFIG = json.loads(\'{"db": {"user": "app", "password": "kT7-vQ2xw!9"}}\')',
    'CONFIG = \'{"hosts": [{"db_password": "kT7-vQ2xw!9"}]}\'',
    f'JWT_SECRET = "{KEY}"',
    'jwt.encode(claims, "kT7-vQ2xw!9", algorithm="HS256")',
    f'jwt.decode(token, "{KEY}", algorithms=["HS256"])',
    f'hmac.new(b"{KEY}", body, "sha256")',
    f'hmac.new("{KEY}".encode(), body, "sha256")',
    f'SECRET_KEY = "{KEY}".encode()',
    f'if event["headers"]["x-api-key"] == "{KEY}": ...',
    f'if event["headers"].get("x-api-key") != "{KEY}": ...',
    f'ok = hmac.compare_digest(token, "{KEY}")',
    'if password == "kT7-vQ2xw!9": ...',
]
SENT = [
    f'requests.get(URL, headers={{"Authorization": "Bearer {KEY}"}})',
    f'requests.get(URL, headers={{"Authorization": "Bearer {HEX}"}})',
    f'requests.get(URL, headers={{"authorization": "Basic {BASIC}"}})',
    f'headers["Authorization"] = "token {KEY}"',
    f'request.add_header("Authorization", "Bearer {KEY}")',
    f'requests.get(URL, headers={{"x-api-key": "{KEY}"}})',
    f'requests.get("https://api.acme.io/v1/rates?base=EUR&api_key={KEY}")',
    f'requests.get("https://api.acme.io/v2/weather?q=Rome&appid={made.letters(made.HEX, 32)}")',
    f'requests.get("https://api.acme.io/v2/stops?key={made.letters(made.HEX, 32)}", params=stop)',
    f'urlopen("{HOOK}")',
    f'KEY = """{PEM}"""',
    f"KEY = {PEM!r}",
    f'AUTH = {{"token": "{made.TOKENS["github-token"]}"}}',
    f'tokens = ["{made.TOKENS["slack-token"]}"]',
    f'stripe.api_key = "{made.TOKENS["stripe-key"]}"',
    f'key = "{made.TOKENS["stripe-key"][:12]}" "{made.TOKENS["stripe-key"][12:]}"',
]
AWS = [
    f'boto3.client("s3", aws_access_key_id="{AWS_ID}", aws_secret_access_key="{AWS_SECRET}")',
    f'boto3.client("s3", "eu-west-1", None, True, None, None, "{AWS_ID}", "{AWS_SECRET}")',
    f'boto3.Session("{AWS_ID}", "{AWS_SECRET}")',
    f'boto3.session.Session(aws_access_key_id="{AWS_ID}")',
    f'os.environ["AWS_SECRET_ACCESS_KEY"] = "{AWS_SECRET}"',
    f'config = {{"aws_secret_access_key": "{AWS_SECRET}"}}\nboto3.client("s3", **config)',
    f'config = {{"aws_access_key_id": "{AWS_ID}"}}\nboto3.client("s3", **config)',
    f'ACCESS_KEY = "{AWS_ID}"',
    f'AWS_SECRET_ACCESS_KEY = os.getenv("AWS_SECRET_ACCESS_KEY", "{AWS_SECRET}")',
    f'os.environ.update({{"AWS_ACCESS_KEY_ID": "{AWS_ID}"}})',
    f'os.environ.setdefault("AWS_SECRET_ACCESS_KEY", "{AWS_SECRET}")',
    f'aioboto3.Session(aws_secret_access_key="{AWS_SECRET}")',
]
IMPORTS = (
    "import ftplib, hmac, httpx, json, jwt, os, MySQLdb, pymysql, requests, aioboto3, boto3\n"
    "from requests.auth import HTTPBasicAuth\n"
)
