r"""MathIF: 420 mathematical questions under one, two or three constraints (arXiv 2505.14810).

    load(data="…/mathif").items[0]
    -> Item(id="gsm8k_single:1", prompt="<question>Let's think step by step and output the final
       answer within \boxed{}.<constraints>", bare_prompt="… the same without the last part", …)

The rows come from the authors' data set on the Hugging Face hub, or from a folder with the same
files. Both are held by the checksums below. A folder of modified rows is accepted when it says so
itself: a file `SHA256SUMS` in it (`sha256sum *.jsonl > SHA256SUMS`) lists what belongs to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bridle.benchmarks.base import Benchmark, Decoding
from bridle.benchmarks.files.hub import Pinned, fetch, sha256
from bridle.benchmarks.item import Item, PeerConstraint
from bridle.benchmarks.order import first, spread
from bridle.benchmarks.rows import Row, gather, lines_of
from bridle.constraints import Constraint, from_peer
from bridle.errors import ConstraintError, DataError
from bridle.problems.base import Problem

# The files are those of commit 66acb2b ("Upload 15 files"), the head of the data set's only branch.
# The hub wants full commit ids, which that page does not show; so the branch is asked for, and the
# checksums hold every byte: should the branch move on, loading says so instead of mixing versions.
PINNED = Pinned(
    repo="TingchenFu/MathIF",
    revision="main",
    files={
        "gsm8k_single.jsonl": "ee426d6a292bd069feccd59a783f4be4d10e3c7eb31c0e224bf5e07c594a724d",
        "math500_double.jsonl": "cc9ecf3c1c63d93e39f3df78434cf608f5456a41c7e570fd360232a264d27a9a",
        "minerva_triple.jsonl": "00c956a7f7dc69aa5d7c1b37b4f2e9dd88ca31878a632b1ee1baeaa48563ba7b",
        "olympiad_single.jsonl": "dfd941b3ebaff79c37dc58a468e5d9c2633b0ba0ff56e06635140dfc9a00e89c",
        "aime_double.jsonl": "3edbf98cf2943f5a8d6329d49c4e22d93ea36eb9a85e5459840819419ec0f2f4",
        "gsm8k_triple.jsonl": "c9f30745ea0f7ec5de2c8f6bf556f9ee219ef80b20692486b890f91f9a903e6e",
        "math500_single.jsonl": "48d5e6f80cad203b775ae8982fdef4f3f407fc758234ee621710034ac13c8fea",
        "minerva_double.jsonl": "a3b6329b60b2c74c139cd87e9f19b7c3416c6ac08c8a8da41a5af7adc8ec4592",
        "olympiad_triple.jsonl": "ce72761ed4e9a5cffc3b1dbb475ded6ec60a61074c3519a98943688062680d60",
        "aime_single.jsonl": "58411bdf573234048daa0f1ff7eec56970c4dd3ce0280c745015b70be85c3327",
        "gsm8k_double.jsonl": "6d999ec23fe3841f2139e952bef449532708119f8da968cf3b2ddba6e94f3117",
        "math500_triple.jsonl": "ca290606906a05cde4670be3c0d2b4c9c3ab70788e63eeac32074ca723baecf8",
        "minerva_single.jsonl": "4ceb0e3be9407b5ed787861bd81f07df8687bb9dffa2d420e9c0d74ba3f47b21",
        "olympiad_double.jsonl": "ba2fc5915c14f9e6f154b16b3555600943545578a7012658186845bb3734f150",
        "aime_triple.jsonl": "82a9999306af448dca8dff7cb0b5ed02fe39dc4b4d14bcbe532ef7fdfea13517",
    },
)
SUMS = "SHA256SUMS"
ANSWER_FORMAT = "Let's think step by step and output the final answer within \\boxed{}."
DECODING = Decoding(temperature=1.0, top_p=0.95, max_tokens=16384)  # the paper's


def load(
    *,
    data: Path | str | None = None,
    limit: int | None = None,
    pinned: Pinned = PINNED,
    endpoint: str | None = None,
    cache: Path | None = None,
) -> Benchmark:
    """The rows as items, spread evenly over sources and levels; nothing in it is random.

    `data` is a folder with the 15 files; without it they are downloaded from the hub at `endpoint`
    (HF_ENDPOINT, huggingface.co) into `cache`.

    Raises:
        DataError: a file is missing, unreadable or not the pinned one, or none of its rows can be
            read; the hub cannot be reached.
    """
    modified = False
    if data is None:
        paths = {name: fetch(pinned, name, endpoint=endpoint, cache=cache) for name in pinned.files}
        sums = dict(pinned.files)
    else:
        folder = Path(data)
        sums = dict(pinned.files)
        if (folder / SUMS).is_file():
            sums = read_sums(folder / SUMS)
            modified = any(pinned.files.get(name) != digest for name, digest in sums.items())
        paths = check_folder(folder, sums)
    files = [gather(lines_of(paths[name]), _item, name) for name in sums]
    return Benchmark(
        name="mathif",
        items=first(spread([items for items, _ in files]), limit),
        decoding=DECODING,
        provenance={
            "repo": pinned.repo,
            "revision": pinned.revision,
            "sha256": sums,
            "modified": modified,
        },
        bad_rows=tuple(error for _, bad in files for error in bad),
    )


def prompts(question: str, descriptions: list[str]) -> tuple[str, str]:
    """The upstream prompt to the character, with and without the constraints."""
    bare = question + ANSWER_FORMAT
    return bare + " ".join(descriptions), bare


def read_sums(path: Path) -> dict[str, str]:
    """A file as `sha256sum` writes it: name to checksum.

    Raises:
        DataError: a line is not a checksum and the name of a file.
    """
    sums: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        digest, _, name = line.strip().partition(" ")
        name = name.strip().removeprefix("*").removeprefix("./")
        if len(digest) != 64 or not name or Path(name).name != name:
            raise DataError(
                f"{path}, line {number}: not a checksum and a file name.",
                hint=f"cd {path.parent} && sha256sum *.jsonl > {SUMS}",
            )
        sums[name] = digest.lower()
    if not sums:
        raise DataError(
            f"{path} lists no file.", hint=f"cd {path.parent} && sha256sum *.jsonl > {SUMS}"
        )
    return sums


def check_folder(folder: Path, sums: Mapping[str, str]) -> dict[str, Path]:
    """The paths of the files, each with its checksum proved.

    Raises:
        DataError: no folder, files missing, a checksum that differs.
    """
    names = f"{', '.join(list(sums)[:2])}, … ({len(sums)} files)"
    if not folder.is_dir():
        raise DataError(f"{folder} is not a folder.", expected=f"a folder with {names}")
    missing = [name for name in sums if not (folder / name).is_file()]
    if len(missing) == len(sums):
        inner = next((f.parent for f in sorted(folder.glob("*/*.jsonl")) if f.name in sums), None)
        raise DataError(
            f"{folder} holds none of the files.",
            expected=names,
            hint=f"--data {inner}" if inner else "leave --data out to download them",
        )
    if missing:
        raise DataError(
            f"{folder} lacks {', '.join(missing)}.",
            expected=names,
            hint="leave --data out to download the files",
        )
    for name, wanted in sums.items():
        found = sha256(folder / name)
        if found != wanted:
            raise DataError(
                f"{folder / name} is not the published file.",
                expected=f"sha256 {wanted}, but it is {found}",
                hint="leave --data out to download it; or, if the change is yours: "
                f"cd {folder} && sha256sum *.jsonl > {SUMS}",
            )
    return {name: folder / name for name in sums}


def _item(row: Row) -> Item:
    stem = row.file.removesuffix(".jsonl")
    source, _, level = stem.rpartition("_")
    question, answer = row.text("question"), row.text("answer")
    descriptions, names = row.texts("constraint_desc"), row.texts("constraint_name")
    arguments = row.objects("constraint_args")
    if not len(descriptions) == len(names) == len(arguments):
        raise row.bad("constraint_name", "as many names as descriptions and arguments")
    given = list(zip(names, arguments, descriptions, strict=True))
    prompt, bare = prompts(question, descriptions)
    key = f"{stem}:{row.line}"
    return Item(
        id=key,
        problem=Problem(id=key, question=question, answer=answer, source=source or stem),
        constraints=tuple(_constraint(row, name, args) for name, args, _ in given),
        prompt=prompt,
        bare_prompt=bare,
        benchmark="mathif",
        group=level,
        peer=tuple(PeerConstraint(name, args, text) for name, args, text in given),
        metadata={"row": row.values.get("id"), "source": row.values.get("source")},
    )


def _constraint(row: Row, name: str, arguments: dict[str, object]) -> Constraint:
    try:
        return from_peer(name, arguments, benchmark="mathif")
    except ConstraintError as error:
        raise DataError(
            f"{row.where}: {error.what}", expected=error.expected, hint=error.hint
        ) from error
