"""The command line: one file a command, imported when the command is called.

Exit codes: 0 done, 1 done but the answer is no (a gate not passed, records missing), 2 bad input.
"""

from __future__ import annotations

import importlib
import io
import sys
from typing import TYPE_CHECKING

import click

from bridle import __version__

if TYPE_CHECKING:
    from bridle.errors import BridleError

# command -> (one line of help, in the order in which a newcomer meets them)
COMMANDS: dict[str, str] = {
    "run": "Ask models the items of a benchmark; resumes what is missing.",
    "merge": "Put the shards of a study together, from several machines.",
    "export": "Write a study's open requests as files for a provider's batch.",
    "import": "Take the results of a batch into the study that asked.",
    "probe": "Run a probe: decay, recall, know, …; and say what it found.",
    "profile": "Print the listening profile of a model from its probes.",
    "horizon": "Find the turns, rules or steps up to which a model is obedient.",
    "price": "Tell what an obedient and correct answer costs, by model and arm.",
    "score": "Grade responses that something else generated.",
    "report": "Print the summary of a study and write its page.",
    "view": "Show the page of a study in a browser, with every sample.",
    "figures": "Write the charts of a study as files: SVG, PNG, PDF, Vega-Lite.",
    "compare": "Compare two models, arms, studies or logs on the same items.",
    "watch": "Watch a training run over its checkpoints: what rises, falls, turns.",
    "forecast": "Forecast what optimising a reward does to every other outcome.",
    "why": "Say in sentences why a model fails: causes, their shares, what helps.",
    "show": "List responses by what is wrong with them; print one whole.",
    "explain": "Check a text against constraints and mark what breaks them.",
    "list": "List constraints, benchmarks, problems, arms and models.",
    "sample": "Look at some items of a benchmark before anything is asked.",
    "manifest": "What makes the items of a study again, to the byte.",
    "init": "Write a commented file with rules of your own to start from.",
    "audit": "Find the rows of a benchmark that nobody can satisfy.",
    "serve": "Offer the embedded model as an OpenAI-compatible server.",
}

MODULES = {"import": "import_"}  # where a command's name cannot be a module's


def _plugin() -> click.Option:
    """`--plugin`, which every command takes: loaded before the other options are read."""

    def use(ctx: click.Context, param: click.Parameter, names: tuple[str, ...]) -> None:
        from bridle import plugins

        for name in names:
            plugins.use(name)

    return click.Option(
        ["--plugin"],
        multiple=True,
        metavar="MODULE",
        is_eager=True,
        expose_value=False,
        callback=use,
        help="A module or .py file with constraints, arms, outcomes or benchmarks. Repeatable.",
    )


class LazyGroup(click.Group):
    """Knows every command's name and help line without importing it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(
            f"bridle.cli.{MODULES.get(cmd_name, cmd_name)}"
        ).command
        if not any(param.name == "plugin" for param in command.params):
            command.params.append(_plugin())
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(self, ctx: click.Context, args: list[str]):
        if args and args[0] not in COMMANDS:
            from bridle.errors import nearest

            near = nearest(args[0], COMMANDS)
            ctx.fail(
                f"There is no command {args[0]!r}."
                + (f" Did you mean {near!r}?" if near else " Try: bridle --help")
            )
        return super().resolve_command(ctx, args)


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="bridle")
def bridle() -> None:
    """Measure whether a reasoning model still listens.

    Start with: bridle run --out demo --benchmark crossed --limit 20, then: bridle report demo
    """


def main() -> None:
    from bridle.cli.terminal import prepare, say
    from bridle.errors import BridleError

    prepare()
    try:
        sys.exit(bridle(prog_name="bridle", standalone_mode=False))
    except click.ClickException as error:  # quotes what was typed, or what a glob put there
        told = io.StringIO()
        error.show(file=told)
        say(told.getvalue().rstrip("\n"), err=True)
        sys.exit(error.exit_code)
    except click.Abort:
        say("Aborted!", err=True)
        sys.exit(1)
    except BridleError as error:
        say(f"bridle: {error}", err=True)
        sys.exit(2)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        say(f"bridle: {_of_the_system(error)}", err=True)
        sys.exit(2)


def _of_the_system(error: OSError) -> BridleError:
    """What the system refused, where no command expected it: a name that is too long, a full disk."""
    from bridle.errors import BridleError
    from bridle.report.untrusted import line

    named = "" if error.filename is None else f"{line(str(error.filename), most=120)}: "
    return BridleError(
        f"{named}{error.strerror or error}.",
        expected="names that this system takes, and files and folders that this account may use",
    )
