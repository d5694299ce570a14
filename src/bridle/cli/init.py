"""bridle init: a commented file of rules to start from."""

from __future__ import annotations

from pathlib import Path

import click

from bridle.cli.terminal import say

EXAMPLE = """\
# Your own prompts and rules. Look at them, then ask a model:
#   bridle sample {name}
#   bridle run --benchmark {name} --model organism --out mine
#   bridle report mine

# Optional, for every item: a system message, and rules that always hold.
# system: You are a careful assistant.
# constraints: [no_comma]

items:
  # A question with its answer is asked in bridle's wording ("Put your final answer within \\\\boxed{{}}.").
  - id: shells
    question: Mia has 12 shells. She finds 7 more. How many shells does Mia have?
    answer: "19"
    constraints:
      - no_comma                      # a rule by its name: bridle list constraints
      - words: {{at_most: 60}}          # with parameters: bridle list constraints words
      - end_phrase:
          phrase: That is all.
          say: Close with the sentence "That is all."   # your own wording of the rule

  # A prompt is sent as it stands; the rules go where {{constraints}} is, else to the end.
  - id: apples
    prompt: |
      Leo has 5 bags with 4 apples each. {{constraints}}
      How many apples does Leo have? Put your final answer within \\boxed{{}}.
    answer: "20"
    constraints:
      - sentences: {{at_most: 5}}

  # Several turns: the model answers after each user message. The rules hold from the turn that says them.
  - id: turns
    messages:
      - role: user
        content: Ben has 30 stamps and gives away 12. How many are left? {{constraints}}
      - role: user
        content: Then he buys 5 more. How many stamps does he have now?
    answer: "23"                      # of the last turn
    constraints: [no_comma]
"""


@click.command("init")
@click.argument("path", type=click.Path(path_type=Path), default="my_rules.yaml")
def command(path: Path) -> None:
    """Write a commented example of a file with your own prompts and rules; it runs as it is.

    \b
    bridle init my_rules.yaml
    """
    from bridle.errors import BridleError

    if path.suffix not in (".yaml", ".yml"):
        raise BridleError(f"{path} is no name for it.", expected="a name that ends in .yaml")
    text = EXAMPLE.format(name=path).replace("\\\\boxed", "\\boxed")
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise BridleError(f"{path} is there already.", hint="another name") from error
    say(f"Written: {path}. Look at it: bridle sample {path}")
