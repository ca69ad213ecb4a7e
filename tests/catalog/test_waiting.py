"""What the catalogue says of calls that wait, compared with what the SDK knows."""

from __future__ import annotations

import botocore.session  # type: ignore[import-untyped]
import pytest
from botocore import xform_name

from lamlint.catalog.waiting import waiting

SERVICES = ("bedrock-runtime", "bedrock-agent-runtime", "bedrock-agentcore")
CLIENT = "boto3.client."


def test_every_call_of_a_client_is_one_of_the_sdk() -> None:
    session = botocore.session.get_session()
    models = (session.get_service_model(name) for name in SERVICES)
    known = {xform_name(name) for model in models for name in model.operation_names}
    named = {one.removeprefix(CLIENT) for one in waiting().calls if one.startswith(CLIENT)}
    assert named <= known


@pytest.mark.parametrize(
    "name",
    [
        "openai.OpenAI.chat.completions.create",
        "openai.beta.chat.completions.parse",
        "anthropic.AsyncAnthropic.messages.create",
        "litellm.completion",
        "google.genai.Client.models.generate_content",
        "langchain_aws.ChatBedrock.invoke",
        "strands.Agent.__call__",
    ],
)
def test_what_asks_a_model_for_text_is_long(name: str) -> None:
    assert waiting().is_long(name)


@pytest.mark.parametrize(
    "name",
    [
        "openai.OpenAI.embeddings.create",
        "openai.OpenAI.moderations.create",
        "anthropic.Anthropic.messages.count_tokens",
        "google.cloud.storage.Client.bucket",
        "twilio.rest.Client.messages.create",
        "boto3.client.apply_guardrail",
    ],
)
def test_what_counts_or_embeds_is_not(name: str) -> None:
    assert not waiting().is_long(name)
