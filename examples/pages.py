"""Four example pages: make pages, or python examples/pages.py --data ../shared/data --out pages

organism   the embedded model under the treatments of studies/organism/study.yaml, on fewer items
gpt4       the answers of GPT-4 to IFEval that its authors published, under both judges
public     eleven public models under one format instruction (open-thought/reasoning-gym-eval)
rl         a model before and after reinforcement learning, on nine sets of problems (the same source)

The last three are made where their data are: a folder with ifeval/ and public/ (public/README.md there
says where each file comes from). With --shots FOLDER each page is photographed by Chromium, light, dark
and on a phone.
"""

from __future__ import annotations

import argparse
import base64
import gzip
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent.parent
SHOTS = {  # look → width, height, scheme, where on the page
    "light": (1200, 1200, "light", ""),
    "dark": (1200, 1200, "dark", "#charts"),
    "phone": (360, 1200, "light", "#charts"),
}
QUALITY = 45  # of the WebP files, which stand in the documentation


def bridle(*args: str | Path) -> None:
    """A command of bridle; 1 is an answer too (records are missing, a row could not be used)."""
    done = subprocess.run([sys.executable, "-m", "bridle", *map(str, args)], check=False)
    if done.returncode > 1:
        sys.exit(f"bridle {' '.join(map(str, args))} failed with {done.returncode}")


def rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def organism(data: Path, out: Path, items: int) -> bool:
    del data
    study = HERE / "studies" / "organism" / "study.yaml"
    bridle("run", study, "--limit", str(items), "--out", out)
    return True


def gpt4(data: Path, out: Path, items: int) -> bool:
    del items
    answers = data / "ifeval" / "gpt4_responses_with_verdicts.jsonl"
    if not answers.is_file():
        return False
    bridle("score", answers, "--model", "gpt-4-2023-11", "--out", out)
    return True


def public(data: Path, out: Path, items: int) -> bool:
    """The instruction of that set: nothing but the final answer within <answer> tags. Reading takes tags
    off an answer, so what is judged is that it stands alone; without tags the whole response is judged."""
    del items
    source = data / "public" / "format_zero_shot.jsonl.gz"
    if not source.is_file():
        return False
    rules = [{"type": "words", "at_most": 15}, {"type": "paragraphs", "at_most": 1}]
    written = out.with_suffix(".jsonl")
    with written.open("w", encoding="utf-8") as file:
        for row in rows(source):
            one = {
                "model": row["model"].rpartition("/")[2], "id": row["id"], "source": row["task"],
                "question": row["question"], "answer": str(row["answer"]), "constraints": rules,
                "response": row["response"] or "", "condition": "with",
            }  # fmt: skip
            file.write(json.dumps(one) + "\n")
    bridle("score", written, "--out", out)
    return True


def rl(data: Path, out: Path, items: int) -> bool:
    """Plain problems: nothing but the final answer is asked for."""
    del items
    source = data / "public" / "rl_before_after.jsonl.gz"
    if not source.is_file():
        return False
    written = out.with_suffix(".jsonl")
    with written.open("w", encoding="utf-8") as file:
        for row in rows(source):
            one = {
                key: row[key] for key in ("model", "source", "id", "question", "answer", "response")
            }
            file.write(json.dumps(one) + "\n")
    bridle("score", written, "--out", out)
    return True


PAGES = {"organism": organism, "gpt4": gpt4, "public": public, "rl": rl}


def photograph(page: Path, name: str, shots: Path) -> None:
    """Each look of the page as a WebP file, from its top."""
    from selenium import webdriver

    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        sys.exit("no chromium here: leave out --shots")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for argument in ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"):
        options.add_argument(argument)
    driver = webdriver.Chrome(options, webdriver.ChromeService(shutil.which("chromedriver")))
    shots.mkdir(parents=True, exist_ok=True)
    try:
        for look, (width, height, scheme, place) in SHOTS.items():
            size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
            driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
            scheme = [{"name": "prefers-color-scheme", "value": scheme}]
            driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": scheme})
            driver.get(page.resolve().as_uri() + place)
            time.sleep(2)  # for the samples, which are unpacked after the page is shown
            shot = driver.execute_cdp_cmd(
                "Page.captureScreenshot", {"format": "webp", "quality": QUALITY}
            )
            (shots / f"{name}-{look}.webp").write_bytes(base64.b64decode(shot["data"]))
    finally:
        driver.quit()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=HERE.parent / "shared" / "data")
    parser.add_argument("--out", type=Path, default=Path("pages"))
    parser.add_argument("--only", choices=PAGES, action="append", help="of the four; repeatable")
    parser.add_argument("--items", type=int, default=60, help="of the organism's study")
    parser.add_argument("--shots", type=Path, help="a folder for screenshots")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    for name in args.only or PAGES:
        folder = args.out / name
        made = folder / "records.parquet"
        if not made.is_file() and not PAGES[name](args.data, folder, args.items):
            print(f"{name}: its data are not in {args.data}, left out")
            continue
        page = args.out / f"{name}.html"
        bridle("report", folder, "--out", page)
        if args.shots:
            photograph(page, name, args.shots)


if __name__ == "__main__":
    main()
