"""A file that is clearly meant to be a template cannot be read.

It declares resources of Lambda, but it is no valid YAML, JSON or HCL.

It is information, told once for a project, where placeholders are why (`$$NAME$$`,
`@NAME@`, `__NAME__`): something fills them in before the files are deployed, so there is
nothing to mend, but what they declare is not checked. Let lamlint check what they are
filled in to. What is written for a tool of templates (`{% if … %}`, `{{ name }}`,
`<%= name %>`, `%NAME%`) stands under "Not read" alone.
It is a warning where the template can be read, but a key stands twice in one of its
mappings (`Globals`, `Parameters`, `Resources`, a resource or its `Properties`, the
variables of an environment): CloudFormation takes the last one without a word, so what
only the first one sets has no effect. What follows from that (no timeout, a variable or
a name that is missing) is told by this finding alone.
Templates of cookiecutter and those in the folders of tests are not reported.

## Why this matters
CloudFormation refuses the template with the same error, and until it is mended
no function in it is checked: all findings about it are missing from the report.

## Example
```yaml title="template.yaml"
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.handler
     Runtime: python3.13
```

## Use instead
```yaml title="template.yaml"
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.handler
      Runtime: python3.13
      InlineCode: |
        def handler(event, context):
            return event
```

## Fix safety
There is no fix: only its author knows what the text was meant to say.

## References
- https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html
"""

from lamlint.rule import ERROR, engine_rule

check = engine_rule(severity=ERROR, since="0.1.0", module=__name__)
