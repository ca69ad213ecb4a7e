"""A small project in which secrets stand."""

from __future__ import annotations

from tests.secrets.in_files import template

FUNCTION = (
    "  F:\n    Type: AWS::Serverless::Function\n    Properties:\n"
    "      {Runtime: python3.13, Handler: app.handler, CodeUri: src/}\n"
)
PROJECT = {
    "template.yaml": template(FUNCTION),
    "src/app.py": "def handler(event, context): ...\n",
}
