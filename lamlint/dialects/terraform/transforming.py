"""The functions that a delivery stream of Firehose has its records changed by."""

from __future__ import annotations

from collections.abc import Iterator

from lamlint.dialects.properties import Properties
from lamlint.dialects.qualified import invoked
from lamlint.model import Value

_ENDS = (
    "elasticsearch_configuration",
    "extended_s3_configuration",
    "http_endpoint_configuration",
    "opensearch_configuration",
    "opensearchserverless_configuration",
    "redshift_configuration",
    "snowflake_configuration",
    "splunk_configuration",
)
"""Where a stream delivers: each may change what it is given."""


def transforming(given: Properties) -> Iterator[Value[str]]:
    """What is named as the function of a processor, whatever the end of the stream is."""
    for end in _ENDS:
        for processor in given.mappings(end, "processing_configuration", "processors"):
            for parameter in processor.mappings("parameters"):
                if parameter.text("parameter_name").is_in(("LambdaArn",)):
                    yield invoked(parameter, "parameter_value")
