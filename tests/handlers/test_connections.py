"""Constructions as people write them, and what only looks like one on each invocation.

A case is a module; `# here` ends the lines that are to be reported.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from datetime import date

import pytest

from lamlint import check, project
from lamlint.catalog import Catalog
from lamlint.files import Overlay
from lamlint.fix import Reading, Repair, repair
from lamlint.text import Safety, Source
from tests.checking import rules
from tests.memory import MemoryTree

RULE = "connection-in-handler"

BUILT = """
### boto3 client
import boto3
def handler(event, context):
    s3 = boto3.client("s3")  # here
    return s3.list_buckets()

### keyword service
import boto3
def handler(event, context):
    s3 = boto3.client(service_name="s3", region_name="eu-west-1")  # here
    return s3.list_buckets()

### resource chained
from boto3 import resource
def handler(event, context):
    return resource("dynamodb").Table("t").scan()  # here

### session client
from boto3.session import Session
def handler(event, context):
    return Session(profile_name=None).client("sns").publish(Message="x")  # here

### helper function
import boto3
def get_client(name):
    return boto3.client(name)  # here
def handler(event, context):
    return get_client("sqs").list_queues()

### constructor of a class
import boto3
class Repository:
    def __init__(self, table):
        self.table = boto3.resource("dynamodb").Table(table)  # here
    def get(self, key):
        return self.table.get_item(Key={"id": key})
def handler(event, context):
    return Repository("orders").get(event["id"])

### class method
import boto3
class Store:
    def __init__(self, client):
        self.client = client
    @classmethod
    def create(cls):
        return cls(boto3.client("s3"))  # here
def handler(event, context):
    return Store.create().client.list_buckets()

### property of an object of the invocation
import boto3
class Store:
    @property
    def client(self):
        return boto3.client("s3")  # here
def handler(event, context):
    return Store().client.list_buckets()

### property of an object of the module
import boto3
class Store:
    @property
    def client(self):
        return boto3.client("s3")  # here
store = Store()
def handler(event, context):
    return store.client.list_buckets()

### static method
import boto3
class Store:
    @staticmethod
    def client():
        return boto3.client("s3")  # here
def handler(event, context):
    return Store.client().list_buckets()

### base class
import boto3
class Base:
    def __init__(self):
        self.s3 = boto3.client("s3")  # here
class Derived(Base):
    def __init__(self):
        super().__init__()
def handler(event, context):
    return Derived().s3.list_buckets()

### default factory of a dataclass
import boto3
from dataclasses import dataclass, field
@dataclass
class Store:
    name: str
    s3: object = field(default_factory=lambda: boto3.client("s3"))  # here
def handler(event, context):
    return Store("a").s3.list_buckets()

### after the initialisation of a dataclass
import boto3
from dataclasses import dataclass
@dataclass
class Store:
    name: str
    def __post_init__(self):
        self.s3 = boto3.client("s3")  # here
def handler(event, context):
    return Store("a").s3.list_buckets()

### closure
import boto3
def handler(event, context):
    def send(message):
        boto3.client("sns").publish(Message=message)  # here
    for record in event["Records"]:
        send(record["body"])

### decorator
import functools
import boto3
def audited(function):
    @functools.wraps(function)
    def inner(event, context):
        boto3.client("events").put_events(Entries=[])  # here
        return function(event, context)
    return inner
@audited
def handler(event, context):
    return 1

### decorator with arguments
import functools
import boto3
def audited(bus):
    def decorate(function):
        @functools.wraps(function)
        def inner(event, context):
            boto3.client("events").put_events(Entries=[{"EventBusName": bus}])  # here
            return function(event, context)
        return inner
    return decorate
@audited("main")
def handler(event, context):
    return 1

### context manager
import contextlib
import psycopg2
@contextlib.contextmanager
def connected():
    connection = psycopg2.connect("dbname=shop")  # here
    try:
        yield connection
    finally:
        connection.close()
def handler(event, context):
    with connected() as connection:
        return connection.cursor().execute("select 1")

### class as a context manager
import pymysql
class Database:
    def __enter__(self):
        self.connection = pymysql.connect(host="db", user="u", database="d")  # here
        return self.connection
    def __exit__(self, *error):
        self.connection.close()
def handler(event, context):
    with Database() as connection:
        return connection.cursor()

### with block
import psycopg
def handler(event, context):
    with psycopg.connect("dbname=shop") as connection:  # here
        return connection.execute("select 1").fetchone()

### conditional
import boto3
def handler(event, context):
    if event.get("notify"):
        boto3.client("sns").publish(Message="x")  # here

### conditional expression
import boto3
def handler(event, context):
    queue = boto3.client("sqs") if event.get("queued") else None  # here
    return queue

### comprehension
import boto3
def handler(event, context):
    return [boto3.client("sqs").send_message(MessageBody=r["body"]) for r in event["Records"]]  # here

### loop
import boto3
def handler(event, context):
    for record in event["Records"]:
        table = boto3.resource("dynamodb").Table("t")  # here
        table.put_item(Item=record)

### lambda expression
import boto3
def handler(event, context):
    get = lambda: boto3.client("s3")  # here
    return get().list_buckets()

### mapped
import boto3
def send(record):
    return boto3.client("sqs").send_message(MessageBody=record["body"])  # here
def handler(event, context):
    return list(map(send, event["Records"]))

### thread pool
import boto3
from concurrent.futures import ThreadPoolExecutor
def send(record):
    return boto3.client("sqs").send_message(MessageBody=record["body"])  # here
def handler(event, context):
    with ThreadPoolExecutor() as pool:
        return list(pool.map(send, event["Records"]))

### try at first
import boto3
def handler(event, context):
    try:
        s3 = boto3.client("s3")  # here
        return s3.list_buckets()
    except Exception:
        return None

### given to a function
import boto3
def save(client, body):
    client.put_object(Bucket="b", Key="k", Body=body)
def handler(event, context):
    save(boto3.client("s3"), event["body"])  # here

### kept in the event's object only
import boto3
class App:
    def __init__(self, event):
        self.event = event
        self.s3 = boto3.client("s3")  # here
    def run(self):
        return self.s3.list_buckets()
def handler(event, context):
    return App(event).run()

### SQLAlchemy
import os
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker
def handler(event, context):
    engine = create_engine(os.environ["URL"])  # here
    with sessionmaker(bind=engine)() as session:
        return session.execute("select 1").scalar()

### MySQL connector
import mysql.connector
def handler(event, context):
    connection = mysql.connector.connect(host="h", user="u", database="d")  # here
    return connection.cursor()

### SQL Server
import pyodbc
def handler(event, context):
    connection = pyodbc.connect("DSN=shop")  # here
    return connection.cursor()

### Redis
import redis
def handler(event, context):
    cache = redis.Redis(host="cache", port=6379)  # here
    return cache.get(event["key"])

### Redis by URL
import os
import redis
def handler(event, context):
    cache = redis.from_url(os.environ["REDIS_URL"])  # here
    return cache.get(event["key"])

### MongoDB
import os
from pymongo import MongoClient
def handler(event, context):
    return MongoClient(os.environ["MONGO"])["shop"]["orders"].find_one()  # here

### Elasticsearch
from elasticsearch import Elasticsearch
def handler(event, context):
    return Elasticsearch("https://search").search(index="orders")  # here

### OpenSearch
from opensearchpy import OpenSearch, RequestsHttpConnection
def handler(event, context):
    search = OpenSearch(  # here
        hosts=[{"host": "search", "port": 443}], connection_class=RequestsHttpConnection
    )
    return search.search(index="orders")

### requests session
import requests
def handler(event, context):
    session = requests.Session()  # here
    return session.get("https://example.org", timeout=3).json()

### requests session in with
import requests
def handler(event, context):
    with requests.Session() as session:  # here
        return session.get("https://example.org", timeout=3).json()

### httpx
import httpx
def handler(event, context):
    with httpx.Client(timeout=3) as client:  # here
        return client.get("https://example.org").json()

### urllib3
import urllib3
def handler(event, context):
    http = urllib3.PoolManager()  # here
    return http.request("GET", "https://example.org").data

### gRPC
import grpc
import shop_pb2_grpc
def handler(event, context):
    with grpc.insecure_channel("shop:50051") as channel:  # here
        return shop_pb2_grpc.ShopStub(channel).Get()

### Kafka
from kafka import KafkaProducer
def handler(event, context):
    producer = KafkaProducer(bootstrap_servers=["broker:9092"])  # here
    producer.send("orders", b"x")
    producer.flush()

### Confluent
from confluent_kafka import Producer
def handler(event, context):
    producer = Producer({"bootstrap.servers": "broker:9092"})  # here
    producer.produce("orders", b"x")
    producer.flush()

### OpenAI
import os
from openai import OpenAI
def handler(event, context):
    client = OpenAI(api_key=os.environ["OPENAI_API_KEY"])  # here
    return client.responses.create(model="m", input=event["text"])

### Anthropic
import anthropic
def handler(event, context):
    client = anthropic.Anthropic()  # here
    return client.messages.create(model="m", max_tokens=9, messages=[])

### Stripe
import os
import stripe
def handler(event, context):
    client = stripe.StripeClient(os.environ["STRIPE"])  # here
    return client.customers.list()

### Slack
import os
from slack_sdk import WebClient
def handler(event, context):
    return WebClient(token=os.environ["SLACK"]).chat_postMessage(channel="c", text="t")  # here

### botocore
import botocore.session
def handler(event, context):
    session = botocore.session.get_session()  # here
    return session.create_client("s3").list_buckets()  # here

### imported in the function
def handler(event, context):
    import boto3
    s3 = boto3.client("s3")  # here
    return s3.list_buckets()

### partial
import functools
import boto3
make = functools.partial(boto3.client, region_name="eu-west-1")
def handler(event, context):
    return make("s3").list_buckets()  # here

### walrus
import boto3
def handler(event, context):
    if (s3 := boto3.client("s3")) is not None:  # here
        return s3.list_buckets()

### several targets
import boto3
def handler(event, context):
    s3, sqs = boto3.client("s3"), boto3.client("sqs")  # here # here
    return s3.list_buckets(), sqs.list_queues()

### dict of clients
import boto3
def handler(event, context):
    clients = {"s3": boto3.client("s3"), "sqs": boto3.client("sqs")}  # here # here
    return clients["s3"].list_buckets()

### default factory by name
import boto3
from dataclasses import dataclass, field
def make():
    return boto3.client("s3")  # here
@dataclass
class Store:
    s3: object = field(default_factory=make)
def handler(event, context):
    return Store().s3.list_buckets()

### factory of a class by a dict
import boto3
class Local:
    def __init__(self):
        self.path = "/tmp"
class Remote:
    def __init__(self):
        self.s3 = boto3.client("s3")  # here
KINDS = {"local": Local, "remote": Remote}
def handler(event, context):
    return KINDS[event["kind"]]()

### functions in a dict
import boto3
def list_buckets(event):
    return boto3.client("s3").list_buckets()  # here
ACTIONS = {"list": list_buckets}
def handler(event, context):
    return ACTIONS[event["action"]](event)

### functions in a dict by get
import boto3
def list_buckets(event):
    return boto3.client("s3").list_buckets()  # here
ACTIONS = {"list": list_buckets}
def handler(event, context):
    action = ACTIONS.get(event["action"])
    return action(event)

### inherited method
import boto3
class Base:
    def client(self):
        return boto3.client("s3")  # here
class Derived(Base):
    pass
def handler(event, context):
    return Derived().client().list_buckets()

### method of a module's object
import boto3
class Service:
    def run(self, event):
        table = boto3.resource("dynamodb").Table("t")  # here
        return table.get_item(Key=event)
service = Service()
def handler(event, context):
    return service.run(event)

### bound method as the handler
import boto3
class App:
    def handle(self, event, context):
        return boto3.client("s3").list_buckets()  # here
app = App()
def handler(event, context):
    return app.handle(event, context)

### generator
import boto3
def pages():
    s3 = boto3.client("s3")  # here
    yield from s3.get_paginator("list_objects_v2").paginate(Bucket="b")
def handler(event, context):
    return sum(1 for page in pages())

### getattr by name
import boto3
def handler(event, context):
    make = getattr(boto3, "client")
    return make("s3").list_buckets()  # here

### alias
import boto3
make = boto3.client
def handler(event, context):
    return make("s3").list_buckets()  # here

### ExitStack
import contextlib
import httpx
def handler(event, context):
    with contextlib.ExitStack() as stack:
        client = stack.enter_context(httpx.Client())  # here
        return client.get("https://example.org").text

### closing
from contextlib import closing
import psycopg2
def handler(event, context):
    with closing(psycopg2.connect("dbname=shop")) as connection:  # here
        return connection.cursor()

### Powertools resolver
import boto3
from aws_lambda_powertools.event_handler import APIGatewayRestResolver
app = APIGatewayRestResolver()
@app.get("/orders")
def orders():
    return boto3.resource("dynamodb").Table("t").scan()["Items"]  # here
def handler(event, context):
    return app.resolve(event, context)

### Powertools batch
import boto3
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
processor = BatchProcessor(event_type=EventType.SQS)
def record_handler(record):
    boto3.client("sns").publish(Message=record.body)  # here
def handler(event, context):
    return process_partial_response(
        event=event, record_handler=record_handler, processor=processor, context=context
    )

### Powertools logger in front
import boto3
from aws_lambda_powertools import Logger, Tracer
logger = Logger()
tracer = Tracer()
@logger.inject_lambda_context
@tracer.capture_lambda_handler
def handler(event, context):
    return boto3.client("s3").list_buckets()  # here

### middleware
import boto3
from aws_lambda_powertools.middleware_factory import lambda_handler_decorator
@lambda_handler_decorator
def audited(handler, event, context):
    boto3.client("events").put_events(Entries=[])  # here
    return handler(event, context)
@audited
def handler(event, context):
    return 1

### assumed role of the constants of the module
import boto3
def handler(event, context):
    sts = boto3.client("sts")  # here
    return sts.get_caller_identity()

### the cache is of the invocation
import boto3
def handler(event, context):
    clients = {}
    for record in event["Records"]:
        name = "s3"
        if name not in clients:
            clients[name] = boto3.client(name)  # here

### match
import boto3
def handler(event, context):
    match event["kind"]:
        case "s3":
            return boto3.client("s3").list_buckets()  # here
        case _:
            return None

### finally
import psycopg2
def handler(event, context):
    connection = None
    try:
        connection = psycopg2.connect("dbname=shop")  # here
        return connection.cursor()
    finally:
        if connection:
            connection.close()

### nothing is given after all
import boto3
class Store:
    def __init__(self, s3=None):
        self.s3 = s3 or boto3.client("s3")  # here
def handler(event, context):
    return Store().s3.list_buckets()

### None is handed on
import boto3
class Store:
    def __init__(self, s3=None):
        self.s3 = s3 or boto3.client("s3")  # here
class App:
    def __init__(self, s3=None):
        self.store = Store(s3)
def handler(event, context):
    return App().store.s3.list_buckets()

### given by one of two
import boto3
S3 = boto3.client("s3")
def save(body, client=None):
    if client is None:
        client = boto3.client("s3")  # here
    client.put_object(Bucket="b", Key="k", Body=body)
def handler(event, context):
    save(event["body"], client=S3)
    save(event["body"])

### a switch of the event
import boto3
def save(body, dry=False):
    if not dry:
        boto3.client("s3").put_object(Bucket="b", Key="k", Body=body)  # here
def handler(event, context):
    save(event["body"], dry=event.get("dry"))

### asyncio with a loop that is kept
import asyncio
import aioboto3
loop = asyncio.new_event_loop()
async def work(event):
    async with aioboto3.Session().client("s3") as s3:  # here
        return await s3.list_buckets()
def helper():
    import boto3
    return boto3.client("s3")  # here
def handler(event, context):
    helper()
    return loop.run_until_complete(work(event))

### asynchronous code that uses boto3
import asyncio
import boto3
async def work(event):
    return boto3.client("s3").list_buckets()  # here
def handler(event, context):
    return asyncio.run(work(event))

### in a thread of the loop
import asyncio
import boto3
def blocking():
    return boto3.client("s3").list_buckets()  # here
async def work(event):
    return await asyncio.to_thread(blocking)
def handler(event, context):
    return asyncio.run(work(event))

### AppConfig and S3 transfer
import boto3
from boto3.s3.transfer import TransferConfig
def handler(event, context):
    s3 = boto3.client("s3")  # here
    s3.download_file("b", "k", "/tmp/k", Config=TransferConfig())

### Neo4j
import os
from neo4j import GraphDatabase
def handler(event, context):
    driver = GraphDatabase.driver(os.environ["NEO4J"])  # here
    with driver.session() as session:
        return session.run("return 1").single()

### Snowflake
import snowflake.connector
def handler(event, context):
    connection = snowflake.connector.connect(user="u", account="a")  # here
    return connection.cursor()

### Google
from google.cloud import storage
def handler(event, context):
    return storage.Client().bucket("b")  # here

### Twilio
import os
from twilio.rest import Client
def handler(event, context):
    client = Client(os.environ["SID"], os.environ["TOKEN"])  # here
    client.messages.create(to="a", from_="b", body="c")

### Memcached
from pymemcache.client.base import Client
def handler(event, context):
    client = Client(("cache", 11211))  # here
    return client.get("k")

### MQTT
import paho.mqtt.client as mqtt
def handler(event, context):
    client = mqtt.Client()  # here
    client.connect("broker")

### RabbitMQ
import pika
def handler(event, context):
    connection = pika.BlockingConnection(pika.ConnectionParameters("broker"))  # here
    return connection.channel()

### PynamoDB-like connection pool
from psycopg_pool import ConnectionPool
def handler(event, context):
    with ConnectionPool("dbname=shop") as pool:  # here
        with pool.connection() as connection:
            return connection.execute("select 1")

### AWS wrangler session
import awswrangler as wr
import boto3
def handler(event, context):
    session = boto3.Session(region_name="eu-west-1")  # here
    return wr.s3.list_objects("s3://b", boto3_session=session)
"""

SILENT = """
### module level
import boto3
s3 = boto3.client("s3")
def handler(event, context):
    return s3.list_buckets()

### global and None
import boto3
client = None
def get():
    global client
    if client is None:
        client = boto3.client("s3")
    return client
def handler(event, context):
    return get().list_buckets()

### global and not
import boto3
client = None
def handler(event, context):
    global client
    if not client:
        client = boto3.client("s3")
    return client.list_buckets()

### early return
import boto3
_client = None
def get():
    global _client
    if _client is not None:
        return _client
    _client = boto3.client("s3")
    return _client
def handler(event, context):
    return get().list_buckets()

### or
import boto3
_client = None
def get():
    global _client
    _client = _client or boto3.client("s3")
    return _client
def handler(event, context):
    return get().list_buckets()

### lru_cache
from functools import lru_cache
import boto3
@lru_cache(maxsize=None)
def client(name):
    return boto3.client(name)
def handler(event, context):
    return client("s3").list_buckets()

### cache by attribute
import functools
import boto3
@functools.cache
def client():
    return boto3.client("s3")
def handler(event, context):
    return client().list_buckets()

### cachetools
from cachetools import cached, TTLCache
import boto3
@cached(cache=TTLCache(maxsize=1, ttl=60))
def client():
    return boto3.client("s3")
def handler(event, context):
    return client().list_buckets()

### cached property of a module's object
from functools import cached_property
import boto3
class Clients:
    @cached_property
    def s3(self):
        return boto3.client("s3")
clients = Clients()
def handler(event, context):
    return clients.s3.list_buckets()

### lazy property
import boto3
class Clients:
    def __init__(self):
        self._s3 = None
    @property
    def s3(self):
        if self._s3 is None:
            self._s3 = boto3.client("s3")
        return self._s3
clients = Clients()
def handler(event, context):
    return clients.s3.list_buckets()

### singleton
import boto3
class Clients:
    _instance = None
    def __new__(cls):
        if cls._instance is None:
            cls._instance = super().__new__(cls)
            cls._instance.s3 = boto3.client("s3")
        return cls._instance
def handler(event, context):
    return Clients().s3.list_buckets()

### singleton of a class method
import boto3
class Clients:
    _instance = None
    def __init__(self):
        self.s3 = boto3.client("s3")
    @classmethod
    def get(cls):
        if not cls._instance:
            cls._instance = cls()
        return cls._instance
def handler(event, context):
    return Clients.get().s3.list_buckets()

### dict as a cache
import boto3
_clients = {}
def client(name):
    if name not in _clients:
        _clients[name] = boto3.client(name)
    return _clients[name]
def handler(event, context):
    return client("s3").list_buckets()

### dict with get
import boto3
_clients = {}
def client(name):
    found = _clients.get(name)
    if found is None:
        found = _clients[name] = boto3.client(name)
    return found
def handler(event, context):
    return client("s3").list_buckets()

### try KeyError
import boto3
_clients = {}
def client(name):
    try:
        return _clients[name]
    except KeyError:
        _clients[name] = boto3.client(name)
        return _clients[name]
def handler(event, context):
    return client("s3").list_buckets()

### attribute of the function
import boto3
def client():
    if not hasattr(client, "s3"):
        client.s3 = boto3.client("s3")
    return client.s3
def handler(event, context):
    return client().list_buckets()

### in globals
import boto3
def handler(event, context):
    if "s3" not in globals():
        globals()["s3"] = boto3.client("s3")
    return globals()["s3"].list_buckets()

### mutable default
import boto3
def client(cache={}):
    if "s3" not in cache:
        cache["s3"] = boto3.client("s3")
    return cache["s3"]
def handler(event, context):
    return client().list_buckets()

### default argument
import boto3
def save(body, client=boto3.client("s3")):
    client.put_object(Bucket="b", Key="k", Body=body)
def handler(event, context):
    save(event["body"])

### object of the module
import boto3
class Store:
    def __init__(self):
        self.s3 = boto3.client("s3")
store = Store()
def handler(event, context):
    return store.s3.list_buckets()

### class body
import boto3
class Store:
    s3 = boto3.client("s3")
def handler(event, context):
    return Store().s3.list_buckets()

### called at import
import boto3
def make():
    return boto3.client("s3")
s3 = make()
def handler(event, context):
    return s3.list_buckets()

### decorator at import
import boto3
def traced(function):
    client = boto3.client("xray")
    def inner(event, context):
        client.put_trace_segments(TraceSegmentDocuments=[])
        return function(event, context)
    return inner
@traced
def handler(event, context):
    return 1

### partial at module level
import functools
import boto3
def send(client, body):
    return client.send_message(MessageBody=body)
publish = functools.partial(send, boto3.client("sqs"))
def handler(event, context):
    return publish(event["body"])

### region of the event
import boto3
def handler(event, context):
    return boto3.client("s3", region_name=event["region"]).list_buckets()

### region of the event through a helper
import boto3
def client(region):
    return boto3.client("s3", region_name=region)
def handler(event, context):
    region = event.get("region", "eu-west-1")
    return client(region).list_buckets()

### assumed role
import boto3
sts = boto3.client("sts")
def handler(event, context):
    credentials = sts.assume_role(RoleArn="arn", RoleSessionName="s")["Credentials"]
    s3 = boto3.client(
        "s3",
        aws_access_key_id=credentials["AccessKeyId"],
        aws_secret_access_key=credentials["SecretAccessKey"],
        aws_session_token=credentials["SessionToken"],
    )
    return s3.list_buckets()

### assumed role as a session
import boto3
sts = boto3.client("sts")
def session_of(account):
    credentials = sts.assume_role(RoleArn=account, RoleSessionName="s")["Credentials"]
    return boto3.Session(
        aws_access_key_id=credentials["AccessKeyId"],
        aws_secret_access_key=credentials["SecretAccessKey"],
        aws_session_token=credentials["SessionToken"],
    )
def handler(event, context):
    return session_of(event["account"]).client("s3").list_buckets()

### tenant's database
import psycopg2
def handler(event, context):
    tenant = event["requestContext"]["authorizer"]["tenant"]
    connection = psycopg2.connect(host="db", dbname=f"tenant_{tenant}")
    return connection.cursor()

### tenant's token
import requests
def handler(event, context):
    session = requests.Session()
    session.headers.update({"Authorization": event["headers"]["Authorization"]})
    return session.get("https://example.org", timeout=3).json()

### tenant's token on the client
from openai import OpenAI
def handler(event, context):
    return OpenAI(api_key=event["key"]).models.list()

### deadline
import boto3
from botocore.config import Config
def handler(event, context):
    left = context.get_remaining_time_in_millis() / 1000
    return boto3.client("s3", config=Config(read_timeout=left)).list_buckets()

### error branch
import boto3
def handler(event, context):
    try:
        return work(event)
    except Exception as error:
        boto3.client("sns").publish(Message=str(error))
        raise
def work(event):
    return event["a"]

### main block
import boto3
def handler(event, context):
    return 1
if __name__ == "__main__":
    print(boto3.client("s3").list_buckets())

### function of a script
import boto3
def upload():
    boto3.client("s3").upload_file("a", "b", "c")
def handler(event, context):
    return 1
if __name__ == "__main__":
    upload()

### each region
import boto3
REGIONS = ["eu-west-1", "us-east-1"]
def handler(event, context):
    return [boto3.client("ec2", region_name=region).describe_instances() for region in REGIONS]

### each region of a service
import boto3
ec2 = boto3.client("ec2")
def handler(event, context):
    for region in ec2.describe_regions()["Regions"]:
        boto3.client("ec2", region_name=region["RegionName"]).describe_instances()

### own loop
import asyncio
import aioboto3
async def main(event):
    async with aioboto3.Session().client("s3") as s3:
        return await s3.list_buckets()
def handler(event, context):
    return asyncio.run(main(event))

### asynchronous HTTP
import asyncio
import httpx
async def main():
    async with httpx.AsyncClient() as client:
        return (await client.get("https://example.org")).text
def handler(event, context):
    return asyncio.run(main())

### custom resource
import boto3
import cfnresponse
def handler(event, context):
    boto3.client("s3").list_buckets()
    cfnresponse.send(event, context, cfnresponse.SUCCESS, {})

### in memory
import sqlite3
def handler(event, context):
    return sqlite3.connect(":memory:").execute("select 1").fetchone()

### a name that is no library
class boto3:
    @staticmethod
    def client(name):
        return name
def handler(event, context):
    return boto3.client("s3")

### an own function of that name
def client(name):
    return name
def handler(event, context):
    return client("s3")

### not reached
import boto3
def unused():
    return boto3.client("s3")
def handler(event, context):
    return 1

### a constant that is off
import boto3
DEBUG = False
def handler(event, context):
    if DEBUG:
        boto3.client("s3").list_buckets()
    return 1

### handler made by a factory
import boto3
def make():
    s3 = boto3.client("s3")
    def inner(event, context):
        return s3.list_buckets()
    return inner
handler = make()

### warm flag
import boto3
state = {"client": None}
def handler(event, context):
    if state["client"] is None:
        state["client"] = boto3.client("s3")
    return state["client"].list_buckets()

### lock and double check
import threading
import boto3
_lock = threading.Lock()
_client = None
def get():
    global _client
    if _client is None:
        with _lock:
            if _client is None:
                _client = boto3.client("s3")
    return _client
def handler(event, context):
    return get().list_buckets()

### thread local
import threading
import boto3
_local = threading.local()
def get():
    if not hasattr(_local, "s3"):
        _local.s3 = boto3.client("s3")
    return _local.s3
def handler(event, context):
    return get().list_buckets()

### object that caches, built at import, given along
import boto3
class Lazy:
    def __init__(self, name):
        self.name = name
        self.made = None
    def get(self):
        if self.made is None:
            self.made = boto3.client(self.name)
        return self.made
S3 = Lazy("s3")
def work(lazy):
    return lazy.get().list_buckets()
def handler(event, context):
    return work(S3)

### reconnect when lost
import pymysql
connection = None
def get():
    global connection
    if connection is None or not connection.open:
        connection = pymysql.connect(host="db", user="u", database="d")
    return connection
def handler(event, context):
    return get().cursor()

### lambda in a dict of the module
import boto3
CLIENTS = {name: boto3.client(name) for name in ("s3", "sqs")}
def handler(event, context):
    return CLIENTS["s3"].list_buckets()

### lru_cache applied by a call
import functools
import boto3
def _client(name):
    return boto3.client(name)
client = functools.lru_cache(_client)
def handler(event, context):
    return client("s3").list_buckets()

### default factory of a module's object
import boto3
from dataclasses import dataclass, field
@dataclass
class Store:
    s3: object = field(default_factory=lambda: boto3.client("s3"))
store = Store()
def handler(event, context):
    return store.s3.list_buckets()

### field that is given
import boto3
from dataclasses import dataclass, field
s3 = boto3.client("s3")
@dataclass
class Store:
    s3: object = field(default_factory=lambda: boto3.client("s3"))
def handler(event, context):
    return Store(s3=s3).s3.list_buckets()

### injected with a default of None
import boto3
S3 = boto3.client("s3")
class Store:
    def __init__(self, s3=None):
        self.s3 = s3 or boto3.client("s3")
def handler(event, context):
    return Store(S3).s3.list_buckets()

### injected by keyword and tested for None
import boto3
S3 = boto3.client("s3")
def save(body, client=None):
    if client is None:
        client = boto3.client("s3")
    client.put_object(Bucket="b", Key="k", Body=body)
def handler(event, context):
    save(event["body"], client=S3)

### setdefault
import boto3
CLIENTS = {}
def handler(event, context):
    s3 = CLIENTS.get("s3") or CLIENTS.setdefault("s3", boto3.client("s3"))
    return s3.list_buckets()

### defaultdict
import boto3
from collections import defaultdict
CLIENTS = defaultdict(lambda: boto3.client("s3"))
def handler(event, context):
    return CLIENTS["s3"].list_buckets()

### dict with __missing__
import boto3
class Clients(dict):
    def __missing__(self, name):
        self[name] = boto3.client(name)
        return self[name]
CLIENTS = Clients()
def handler(event, context):
    return CLIENTS["s3"].list_buckets()

### getattr of a module
import sys
import boto3
_s3 = None
def __getattr__(name):
    global _s3
    if name == "s3" and _s3 is None:
        _s3 = boto3.client("s3")
    return _s3
def handler(event, context):
    return sys.modules[__name__].s3.list_buckets()

### an attribute by getattr
import boto3
class Clients:
    def __getattr__(self, name):
        client = boto3.client(name)
        setattr(self, name, client)
        return client
clients = Clients()
def handler(event, context):
    return clients.s3.list_buckets()

### borg
import boto3
class Borg:
    _state = {}
    def __init__(self):
        self.__dict__ = self._state
        if not self._state:
            self.s3 = boto3.client("s3")
def handler(event, context):
    return Borg().s3.list_buckets()

### singleton decorator
import boto3
def singleton(cls):
    instances = {}
    def get(*args, **kwargs):
        if cls not in instances:
            instances[cls] = cls(*args, **kwargs)
        return instances[cls]
    return get
@singleton
class Clients:
    def __init__(self):
        self.s3 = boto3.client("s3")
def handler(event, context):
    return Clients().s3.list_buckets()

### cached class
import functools
import boto3
@functools.cache
class Clients:
    def __init__(self):
        self.s3 = boto3.client("s3")
def handler(event, context):
    return Clients().s3.list_buckets()

### memo decorator of its own
import functools
import boto3
def memoize(function):
    results = {}
    @functools.wraps(function)
    def inner(*args):
        if args not in results:
            results[args] = function(*args)
        return results[args]
    return inner
@memoize
def client(name):
    return boto3.client(name)
def handler(event, context):
    return client("s3").list_buckets()

### once decorator
import functools
import boto3
def once(function):
    @functools.wraps(function)
    def inner():
        if not hasattr(inner, "result"):
            inner.result = function()
        return inner.result
    return inner
@once
def client():
    return boto3.client("s3")
def handler(event, context):
    return client().list_buckets()

### nonlocal
import boto3
def lazy():
    made = None
    def get():
        nonlocal made
        if made is None:
            made = boto3.client("s3")
        return made
    return get
get = lazy()
def handler(event, context):
    return get().list_buckets()

### container of dependency_injector
import boto3
from dependency_injector import containers, providers
class Container(containers.DeclarativeContainer):
    s3 = providers.Singleton(boto3.client, "s3")
container = Container()
def handler(event, context):
    return container.s3().list_buckets()

### region of the record
import boto3
def handler(event, context):
    for record in event["Records"]:
        s3 = boto3.client("s3", region_name=record["awsRegion"])
        s3.list_buckets()

### endpoint of the callback
import boto3
def handler(event, context):
    domain = event["requestContext"]["domainName"]
    stage = event["requestContext"]["stage"]
    api = boto3.client("apigatewaymanagementapi", endpoint_url=f"https://{domain}/{stage}")
    api.post_to_connection(ConnectionId="c", Data=b"")

### session of the tenant in a class
import boto3
class Tenant:
    def __init__(self, event):
        self.token = event["token"]
        self.session = boto3.Session(aws_session_token=self.token)
    def s3(self):
        return self.session.client("s3")
def handler(event, context):
    return Tenant(event).s3().list_buckets()

### credentials of a secret are of this moment
import boto3
secrets = boto3.client("secretsmanager")
def handler(event, context):
    key = secrets.get_secret_value(SecretId=event["tenant"])["SecretString"]
    return boto3.client("s3", aws_access_key_id="a", aws_secret_access_key=key).list_buckets()

### failure of a part
import boto3
def handler(event, context):
    result = event.get("x")
    if result is None:
        try:
            return 1
        except ValueError:
            sns = boto3.client("sns")
            sns.publish(Message="x")
            raise

### only in a local test
import os
import boto3
s3 = boto3.client("s3")
def handler(event, context):
    return s3.list_buckets()
def test_handler():
    boto3.client("s3").create_bucket(Bucket="b")
    handler({}, None)

### type annotation only
import boto3
s3 = boto3.client("s3")
def work(client: "boto3.client"):
    return client.list_buckets()
def handler(event, context):
    return work(s3)
"""


def cases(text: str) -> dict[str, str]:
    """The modules by their titles."""
    parts = re.split(r"^### (.*)\n", text, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def reported(text: str) -> list[int]:
    """The lines of a module on which the rule finds something."""
    tree = MemoryTree({"app.py": text, "lamlint.toml": ""})
    built = project.build(tree, (), Catalog(), date(2026, 11, 24))
    source = tree.read("app.py")
    assert isinstance(source, Source)
    found = check.check(built, [rules()[RULE]])
    assert {each.rule for each in found} <= {RULE}, found
    return sorted(source.position(each.span.start).line for each in found)


def mended(text: str) -> Repair:
    """What fixing a module makes of it."""
    tree = MemoryTree({"app.py": text, "lamlint.toml": ""})

    def read(texts: Mapping[str, str]) -> Reading:
        built = project.build(Overlay(tree, texts), (), Catalog(), date(2026, 11, 24))
        return Reading(built, check.check(built, [rules()[RULE]]))

    return repair(read, Safety.UNSAFE)


def expected(text: str) -> list[int]:
    return [n for n, line in enumerate(text.splitlines(), 1) for _ in range(line.count("# here"))]


@pytest.mark.parametrize("text", cases(BUILT).values(), ids=cases(BUILT))
def test_what_each_invocation_builds_is_reported(text: str) -> None:
    assert reported(textwrap.dedent(text)) == expected(text) != []


@pytest.mark.parametrize("text", cases(BUILT).values(), ids=cases(BUILT))
def test_fixing_leaves_only_what_cannot_be_fixed(text: str) -> None:
    done = mended(text)
    compile(done.texts.get("app.py", text), "app.py", "exec")
    assert [finding.fix for finding in done.reading.findings if finding.fix] == []
    assert len(done.applied) + len(done.reading.findings) == len(expected(text))
    assert not done.undone


@pytest.mark.parametrize("text", cases(SILENT).values(), ids=cases(SILENT))
def test_what_is_kept_or_of_the_invocation_is_not(text: str) -> None:
    assert reported(textwrap.dedent(text)) == []
