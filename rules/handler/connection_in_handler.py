"""A client or connection is built on every invocation, instead of once an environment.

## Why this matters

Lambda keeps an execution environment and uses it for one invocation after the
other. What stands at module level is made once, while the environment starts
(with the full CPU, whatever the memory setting); what stands in the handler,
or in anything that the handler calls, is made again and again. A boto3 client
does the TLS handshake anew for its first request, and takes 2 to 8 ms to build,
ten times that at 128 MB; one of a session that is made anew, too, loads its
service's model, which takes about 100 ms; a database connection costs 20 to
100 ms and a process on the server; an SQLAlchemy engine or a Redis client throws its
pool away each time, so that nothing is ever pooled.

Reported is what runs on each invocation: in the handler, in a helper, in a
method of an object built there, in any module of the package, of its layers, or
of a folder of the project that its requirements.txt asks for; in the routes,
dependencies, hooks and middleware of an application that the handler serves
(FastAPI, Flask, Django, Chalice, Powertools, Slack Bolt and others: the README
lists them), and in its startup, which Mangum runs within each call, and not once an
environment (never with `lifespan="off"`). The report shows the way from the handler to the
construction. A `with` block that closes the object at its end is reported too:
closing it is what makes the next invocation connect again.

Not reported are objects that are kept: built at module level, behind `lru_cache`, `global` and a
test for None, a dictionary used as a cache, a cached property of a long-lived object. Nor those
that depend on the invocation: on the event or the context (that may also be put in afterwards:
`session.auth = (event["user"], …)`; or be what something was asked with that then gives it:
`flow.fetch_token(code=event["code"])` ahead of `flow.credentials`, `cursor.execute(sql,
(event["user"],))` ahead of `cursor.fetchone()`), on the credentials of an assumed role (and what is
built in their stead when there is no role to assume), on a token that the invocation asks a service
for or signs itself (what is only read, from Secrets Manager or SSM, is kept; an engine, a pool or a
Redis client with the token of a database, `generate_db_auth_token`, could open no new connection
once it has expired, where one connection lasts beyond it, and an engine that asks for a token in
its event `do_connect` is to be kept), or on `**options` that may hold such. Nor a session of HTTP
that collects the cookies of a login, which the next invocation would find there, or that goes by
headers or a proxy picked at random (`random.choice(AGENTS)`). Nor clients of which a loop makes one
for each region or account, here or in a helper that it calls. Nor asynchronous clients when each
invocation has an event loop of its own (`asyncio.run`): kept, they fail on the second invocation
with "Event loop is closed". Nor sessions, resources and database connections of threads that the
handler starts, as threads cannot share them; clients they can. Nor anything in a branch for errors
(one that raises, or that leaves with an error in the log or the status of one in its answer; or for
answers that refuse, `status_code == 401`, and for an error that is there by its name, `if
event.get("errorMessage")`), behind a test that the configuration of the functions decides
(`PROVIDER: mock`, `URL: ""`, `URL: !Ref Queue`, which is there, whatever it is, or a variable that
is not among theirs; where only some of them run the line, it is told of those), or in tests; nor
sessions that are only asked for credentials, a region or the like, and of which no client is made;
nor API clients that connect for each request, whatever is kept (SendGrid, Slack, Mailchimp); nor
mail and file transfer sessions, which the server drops when they are idle, and SQLite or DuckDB,
which connect to nothing (an engine of `sqlite://`, too); nor what is given that by which it sends
(`client=`, `http_client=`, `connection_pool=`), nor an AWS client whose `endpoint_url` is on the
machine of who tries the code (`http://localhost:4566`).

A session and the clients that one function makes from it are told as one, and
the fix of each client moves both; the place of a session that another function makes is told with
the client. Branches of one choice that make the same
kind of client and give it the same name, or return it, are one finding at the
first of them. What only some invocations build (in a branch, behind a `return`
or a `raise` that is handled, in a function that a branch calls, in one route of many) is told so,
and what a loop builds in each round; one that is on another way than the one told is shown.
A copy of a file, byte for byte, in another folder
(that a script fills and zips) is a place of the same finding, unless a function runs it.
What is built and never used is to be taken out,
and so is what is only written into a text or a log.

How bad it is, is a question of how often one environment runs it. A finding is a
**warning** where something tells that the function runs often:

- a trigger that brings work as it comes: a request (an API, a URL, a load
  balancer, AppSync, Cognito, Alexa, a bot or an agent), a queue, a topic, a stream,
  objects, logs, custom events, calls of an API that CloudTrail records; Lambda@Edge;
  schedules that together run it within an hour of its last run, once a day or more, whenever
  those of a `rate` begin, and are switched on (declared, made by a script of the project by
  `aws events put-rule` or boto3, or those of a workflow of GitHub or a DAG of Airflow that
  invokes it by its name); a state machine that is started so and has
  the function as a task, or that runs it again and again (for each item of a `Map`, or in a
  round of its states); a function that is invoked so and has this one's name, or
  that of such a machine, in a variable, or whose code invokes this one (by a name that it
  puts together, too, `f"app-{stage}-worker"`, where that can be no other of the project); or what
  keeps it warm (provisioned concurrency);
- where no trigger is read, the code: it reads its event as such a trigger
  writes it (`event["Records"]`, `requestContext`, `pathParameters`, `event["body"]`,
  `triggerSource`, …), answers a request (`statusCode` with `headers`), or hands the
  event to what handles batches. Records of SNS alone are no such sign: topics bring alarms,
  too;
- a web framework that serves it, whatever else triggers it.

And it has to be built about as often as the function runs: on each run, or in
one of the alternatives that the event asks for (a route, a dispatch, `if
event["action"] == "list"`; of a request, what a function of the project says of it, too, `if
is_api_key(token)`), or that the configuration chooses for all runs.

In all other cases it is **information**, and the message says which it is:

- *how often the function runs is not known here*: what another program invokes, what is
  deployed by something that lamlint does not read, a schedule whose expression is not known,
  or that often runs it and is or may be switched off, two of which the runs may meet
  (`rate(1 day)`, beside another), events of AWS of which as many come as there are instances,
  jobs, pipelines or findings (`aws.ec2`, `aws.autoscaling`, `aws.batch`), a task of a state
  machine that something of these kinds starts;
- *nothing is known to deploy it*: it lies beside what the functions run whose package is made
  elsewhere, and no template, script, module or page of the project names it (`lambda_function.py`,
  kept beside the `orders.py` that is deployed), or in a folder of its own beside those of several
  that are deployed, or of all of them (`functions-old/`), and nothing names the folder, nor the
  file where each has a name of its own; or a Dockerfile starts it, and the functions or
  ECS tasks that have the image start something else; or it wraps an application
  (`Mangum(app)`) that the project's images serve by uvicorn or gunicorn in ECS or the like,
  while no function is declared and nothing but that speaks of Lambda;
- *how often that is so is not known here*: a branch that stands on the answer of something
  else (`if response["Items"]:`), or what follows where that brought nothing to do (`if not
  messages: return`), or where a cache that outlives the invocation did not have the answer (`if
  cached: return cached`, of Redis, Memcached, or a table that is called a cache);
- *little is lost*: the function nearly always starts cold, or runs so seldom that few of its
  runs find it warm, as all that triggers it is declared, and rare.

Rare are

- a schedule, or a rule of AWS Config that has one: all of them together an hour
  or more apart (as `rate(${n} hours)` and `cron(0 ${n} * * ? *)` are for any number), but for
  less than one run a day on average (two each Saturday, five minutes apart), whether or not they
  are switched on, and by their default where they have one (of a parameter, of
  `os.getenv("WHEN", "rate(1 day)")`);
- a custom resource or a macro of a stack that is deployed, what runs at the deployment
  (`triggers.Trigger` of the CDK, `aws_lambda_invocation`), or the rotation of a secret;
- an alarm of CloudWatch, by itself or by a topic that nothing but alarms is
  seen to publish to;
- a queue that others leave what failed in (a dead-letter queue);
- events on the default bus that are rare by their nature: AWS Health,
  Organizations, Control Tower, changes of alarms, certificates that expire,
  unusual costs; and the calls by which people set up accounts, networks and
  rights, where a rule names them (`eventName: [CreateBucket, AttachRolePolicy]`);
- where nothing else is declared, what answers CloudFormation, or tells CodeDeploy how its
  hook went, in the handler or in what it leads to.

A task of a state machine is as rare as what starts that. A function that invokes itself runs
more often than what triggers it. What a function that
nearly always starts cold builds in some cases only is not reported: nothing is gained, and
all others would pay for the move; and what it builds in the file of its handler, or in one
function of another, is one finding. So it is where nothing is known to deploy the handler.

A loop builds many in one run, and stays a warning, unless its rounds are few and written in the
code: a list, tuple, set or dict (`for name in ("a", "b")`), there, some lines above, in another
module, in a class, or given by a function, to which nothing adds; `range(3)`; `names[:3]`,
`names[-3:]`, `islice(names, 3)`, `random.sample(names, 3)`; a `while n < 3` that counts; the
same in a comprehension, or mapped. A loop that is left once it was built and used
(an attempt that is made again where it fails, a search that ends at its first hit) builds one,
and so does one that looks for one thing by its name (`if tag["Key"] == "owner"`), whose
rounds are handed what was built before (`save(item, store=store)`), or that goes over the
records of events of which each has one (`BatchSize: 1`, SNS).
It is *information* where rounds build one only when some time is nearly over, as what renews a
token does (`if expires - now < MARGIN`; *how often that is so is not known here*).
In a function that seldom runs it is so where only some rounds build one, by a branch that stands on
the answer of something else (*how often that is so is not known here*). In any function it is so
where each round sleeps a second or more, or runs another program (`subprocess.run(["ffmpeg", …])`,
and not `["ls"]`; *little is lost beside what each round of the loop waits for*), if each other way
to it leads past such a loop, too; and for what is built beside what the same invocation waits
for, before it or behind it, in whichever function, on each way to it (*little is lost beside what
it waits for there*): such a loop (`while …: time.sleep(10)`, `for attempt in range(10):
time.sleep(10)`), such a program, a model that writes or draws (Bedrock, OpenAI, Anthropic, Gemini,
LiteLLM, LangChain, Strands; none that embeds), a waiter of the AWS SDK (not one for what may be
there, `object_exists`), one of its clients with a `read_timeout` of more than the usual 60
seconds, a browser (Playwright, Selenium). What only some invocations wait for (in a branch, behind
a `return` that is no error, in a cache's `except`) does not count, nor attempts that sleep only
before the next one.
Durable functions are replayed, and build anew each time. What fails on the second run
(`firebase_admin.initialize_app()`) is an error, however often that is.

It is information, too, where a client sends no request: what is asked of it is
`generate_presigned_url`, `exceptions`, `meta` and the like, by whoever it is handed to or kept
by, or an object keeps it
of which the handler uses other parts only (all of them in one finding). What it
costs is then the building only. And for one connection of `http.client`: the server closes
it while the environment waits, and it does not connect again by itself, so that another client
is what to keep (`urllib3.PoolManager`, `requests.Session`). And in documentation
and examples that no template deploys, and in folders of scripts, or of what is set
aside (`old/`, `deprecated/`), for what only has the signature of a handler.

## Example

```python title="app.py"
import boto3


def handler(event, context):
    table = boto3.resource("dynamodb").Table("orders")
    return table.get_item(Key={"id": event["id"]})["Item"]
```

## Use instead

```python title="app.py"
import boto3

table = boto3.resource("dynamodb").Table("orders")


def handler(event, context):
    return table.get_item(Key={"id": event["id"]})["Item"]
```

What a function makes of its parameters (a region, scopes) is kept for each of them: by
`functools.cache` on a function that does nothing else.

A **database connection** (psycopg, PyMySQL, …) that is kept may have been
closed by the server while the environment slept, and keeps an open transaction
from one invocation to the next. Keep it behind a function that looks whether it
still lives, and commit or roll back before the handler returns; or put RDS
Proxy in front of the database:

```python
connection = None


def connect():
    global connection
    if connection is None:
        connection = pymysql.connect(**SETTINGS, autocommit=True)
    connection.ping(reconnect=True)
    return connection
```

An **asynchronous client** lives in one event loop. Keep the loop with it, and
run each invocation by `loop.run_until_complete(…)`, as Mangum does by itself; or
leave the client where it is. A **Kafka producer** that is kept has to `flush()` before the handler
returns: its thread is frozen with the environment.

With SnapStart, what is made at module level is part of the snapshot: AWS SDK
clients and HTTP pools dial again by themselves, other connections are made
again in a hook of `@register_after_restore`.

## Fix safety

Unsafe: the construction moves to import time. It then runs before the handler's
own error handling, once for all invocations, and counts as part of the cold
start. Tests feel it too: what they set (a region, variables, `mock_aws`, a
patch of `boto3.client`) has to be there before they import the module, or they
replace the module's client instead. Several constructions move together and
keep their order, their comments and their types, and clients made alike become
one; imports and constant values of the function that they are made of move
along; a `with` block that closed the object is opened. There is no fix where
the move could change what the handler returns: where an argument is not
constant, where the name is assigned again, where the object is closed, changed
or handed on in a way that could be seen by the next invocation, where the
variables that it reads are set at run time, where it is one of several of which
a condition chooses, and for connections that have to be looked after
(databases, queues, asynchronous clients). What is never used is taken out where
it stands alone on its line and its arguments do nothing.

## References

- https://docs.aws.amazon.com/lambda/latest/dg/best-practices.html
- https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
- https://docs.aws.amazon.com/lambda/latest/dg/snapstart-best-practices.html
- https://boto3.amazonaws.com/v1/documentation/api/latest/guide/clients.html
"""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.catalog import Constructors
from lamlint.project import Loss, Project, Weighing
from lamlint.python import (
    Built,
    Handler,
    anyway,
    built_anew,
    cause,
    cure,
    is_by_hand,
    is_repeated,
    mending,
    places,
    running,
    surely,
    use_of,
)
from lamlint.rule import ERROR, INFORMATION, WARNING, rule
from lamlint.text import Finding, Loosely, Safety


@rule(severity=WARNING, since="0.1.0", fix=Safety.UNSAFE)
def check(handler: Handler, project: Project) -> Iterator[Finding]:
    """Look at everything that the handler builds on each of its runs."""
    catalog = project.catalog.constructors
    names = catalog.of_rule("connection-in-handler")
    weighing = Weighing(handler, project)
    for built in built_anew(handler, names, catalog, project.is_test):
        loss = weighing.loss(built)
        if loss is not None:
            yield _finding(built, loss, catalog)


def _finding(built: Built, loss: Loss, catalog: Constructors) -> Finding:
    """What is told of a construction, or of those of which a choice takes one."""
    use, what, todo = use_of(built, catalog), anyway(built), cure(built.row)
    alone = is_by_hand(built.row) and not is_repeated(built.branches)
    local = use.local and not (use.none or built.has_makers)
    slack = loss.why and not (use.is_needless or built.fails_again)
    little = bool(use.idle or alone or local or slack)
    of_one_cause, also = cause(built, idle=use.idle, whatever=loss.whatever)
    severity = ERROR if built.fails_again else None
    return Finding(
        f"{what}{todo}",
        built.call.span,
        flow=built.call.flow,
        related=(*places(built), *loss.reasons),
        severity=INFORMATION if little or loss.is_seldom or loss.is_aside else severity,
        subjects=running(built.branches),
        fix=mending(built, use, catalog),
        surely=surely(built, use, loss.why),
        cause=of_one_cause,
        also=also,
        loosely=loss.loosely(what, todo) if little and not use.idle else Loosely(),
    )
