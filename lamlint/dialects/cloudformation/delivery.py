"""What becomes of events that a rule, a schedule or a subscription cannot hand over."""

from __future__ import annotations

from lamlint.dialects.cloudformation.polling import made_by_sam
from lamlint.dialects.properties import Properties
from lamlint.model import Delivery


def delivery(given: Properties) -> Delivery:
    """What the target of a rule or of a schedule says of it."""
    arn = given.text("DeadLetterConfig", "Arn")
    return Delivery(
        retries=given.number("RetryPolicy", "MaximumRetryAttempts"),
        maximum_age=given.number("RetryPolicy", "MaximumEventAgeInSeconds"),
        dead_letter=made_by_sam(given, arn, "DeadLetterConfig"),
    )


def of_subscription(given: Properties) -> Delivery:
    """What a subscription to a topic says of it; retries are the topic's."""
    return Delivery(
        retries=given.number("RetryPolicy", "MaximumRetryAttempts"),
        maximum_age=given.number("RetryPolicy", "MaximumEventAgeInSeconds"),
        dead_letter=given.text("RedrivePolicy", "deadLetterTargetArn"),
    )
