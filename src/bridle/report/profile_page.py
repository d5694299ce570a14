"""The profile as a page of its own: three columns, sentences, every figure, small multiples."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bridle import outputs
from bridle.analysis.probes.base import Finding
from bridle.analysis.profile import Change, Profile
from bridle.errors import MissingExtra
from bridle.report import assets
from bridle.report.untrusted import line
from bridle.statistics import Estimate
from bridle.version import __version__

SIGNATURE = "<!doctype html><!-- bridle profile -->"
OURS = outputs.Ours(SIGNATURE.encode(), "a profile of bridle")


def write_profile(found: Sequence[Profile], pair: Sequence[Change], path: Path) -> Path:
    """Write the page whole or not at all; an older profile that stands there is replaced.

    Raises:
        DataError: another file stands there, or it cannot be written.
        MissingExtra: vl-convert or jinja2 are not installed.
    """
    outputs.refuse(path, OURS, option="--page")
    return outputs.write(path, render(found, pair), OURS, option="--page")


def render(found: Sequence[Profile], pair: Sequence[Change]) -> str:
    """The HTML of the page."""
    try:
        import jinja2
        import vl_convert  # noqa: F401
    except ImportError as error:
        raise MissingExtra.of("report", "The page (the table alone: without --page)") from error
    from bridle.report.charts.colours import COLOURS_JSON
    from bridle.report.charts.profile import of_profiles

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("bridle.report", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"line": line}
    script = assets.chart_script()
    html = environment.get_template("profile.html").render(
        profiles=found,
        pair=pair,
        told=told,
        charts=of_profiles(found),
        colours=COLOURS_JSON,
        version=__version__,
        policy=assets.policy(connect=False, of=script),
        style=assets.style(),
        script=script,
    )
    return SIGNATURE + html


def told(change: Estimate | str) -> str:
    """A difference as reports print it."""
    return Finding("", "", change).words()
