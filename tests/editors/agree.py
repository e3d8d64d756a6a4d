#!/usr/bin/env python3
"""What a schema refuses, the program refuses too; and a key that the program does not know, the schema refuses.

    agree.py PROGRAM ROOT WORK

Changes one thing at a time in scenarios: adds an unknown key to a table of each kind, and sets a value of each key beyond what
its schema allows. WORK/schema holds the schemas.
"""

import copy
import datetime
import json
import re
import shutil
import subprocess
import sys
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from jsonschema import Draft4Validator, Draft7Validator

PROGRAM, ROOT, WORK = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
KINDS = ["scenario", "district", "parameters", "policy", "future", "language"]
SCHEMAS = {kind: json.loads((WORK / "schema" / f"{kind}.json").read_text()) for kind in KINDS}
for schema in SCHEMAS.values():
    Draft7Validator.check_schema(schema)
    # Draft 4 has no other meaning for any keyword.
    Draft4Validator.check_schema({**schema, "$schema": "http://json-schema.org/draft-04/schema#"})
VALIDATORS = {kind: Draft7Validator(schema) for kind, schema in SCHEMAS.items()}
UNKNOWN = "zzz"
# A policy beside the baseline of each scenario that is changed.
OTHERS = {"mine": "hub", "yangjae": "campus"}


def kind_of(path: str) -> str:
    folder, _, name = path.rpartition("/")
    return {"policies": "policy", "futures": "future"}.get(folder, name.removesuffix(".toml"))


def plain(value):
    """A value of TOML as JSON has it: dates are text."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def written(value) -> str:
    """A value as TOML, in one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {written(inner)}" for key, inner in value.items()) + " }"
    return repr(value)


def tables(schema: dict, value, kind: str, path=()):
    """Each table of a file with the schemas of its keys, by the path to it."""
    if "$ref" in schema:
        schema = SCHEMAS[kind]["definitions"][schema["$ref"].rpartition("/")[2]]
    for inner in schema.get("allOf", []) + [one for one in schema.get("anyOf", []) if "$ref" in one or "type" in one]:
        yield from tables(inner, value, kind, path)
    if isinstance(value, list) and isinstance(schema.get("items"), dict):
        for place, inner in enumerate(value):
            yield from tables(schema["items"], inner, kind, (*path, place))
    if isinstance(value, dict) and ("properties" in schema or "patternProperties" in schema):
        properties = schema.get("properties", {})
        patterns = list(schema.get("patternProperties", {}).values())
        yield path, properties, schema
        for key, inner in value.items():
            of_key = properties.get(key) or (patterns[0] if len(patterns) == 1 else None)
            if of_key is not None:
                yield from tables(of_key, inner, kind, (*path, key))


def beyond(schema: dict):
    """Values that a schema refuses, of the type of those that it takes where there is one."""
    for one in [schema, *schema.get("anyOf", [])]:
        if "enum" in one:
            yield "no such word"
        if one.get("type") in ("number", "integer"):
            if "maximum" in one:
                yield one["maximum"] * 2 + 1
            if "minimum" in one:
                yield one["minimum"] * 2 - 1
        if one.get("type") == "boolean":
            yield 1
        if one.get("type") == "array":
            yield []
        if one.get("format") == "date" or one.get("type") == "object":
            yield 7


def at(value, path):
    for step in path:
        value = value[step]
    return value


def mutations(folder: Path, files: list[str], every: int):
    """Changes of a scenario, each a file with its new content and what was changed."""
    for file in files:
        content = tomllib.loads((folder / file).read_text(encoding="utf-8"))
        kind = kind_of(file)
        assert not list(VALIDATORS[kind].iter_errors(plain(content))), file
        for number, (path, properties, schema) in enumerate(tables(SCHEMAS[kind], content, kind)):
            if number % every and kind == "parameters":
                continue
            # In a table of names it may be one.
            if not any(re.search(pattern, UNKNOWN) for pattern in schema.get("patternProperties", {})):
                changed = copy.deepcopy(content)
                at(changed, path)[UNKNOWN] = 1
                yield file, changed, (*path, UNKNOWN)
            for key, of_key in properties.items():
                if key not in at(content, path):
                    continue
                for value in beyond(of_key):
                    changed = copy.deepcopy(content)
                    at(changed, path)[key] = value
                    yield file, changed, (*path, key, value)


def tried(numbered) -> tuple[bool, bool, str]:
    """Whether the schema and the program refuse a changed scenario."""
    number, folder, (file, content, what) = numbered
    kind = kind_of(file)
    schema_refuses = any(VALIDATORS[kind].iter_errors(plain(content)))
    own = WORK / "changed" / str(number)
    shutil.copytree(folder, own / folder.name, ignore=shutil.ignore_patterns("*.md", "*.png", "facts.csv"))
    text = "".join(f"{json.dumps(str(key))} = {written(value)}\n" for key, value in content.items())
    (own / folder.name / file).write_text(text, encoding="utf-8")
    # Reads and checks the whole scenario, and simulates nothing.
    done = subprocess.run(
        [PROGRAM, "diff", str(own / folder.name), "baseline", OTHERS[folder.name]], capture_output=True, text=True, check=False
    )
    shutil.rmtree(own)
    assert done.returncode in (0, 2), (what, done.stderr)
    return schema_refuses, done.returncode == 2, f"{folder.name}/{file}: {what}"


def main() -> None:
    count = 0
    valid = 0
    for scenario in sorted(ROOT.glob("**/scenario.toml")):
        folder = scenario.parent
        if {"target", "corpus", "published", "output"} & set(folder.relative_to(ROOT).parts):
            continue
        for file in [*folder.glob("*.toml"), *folder.glob("policies/*.toml"), *folder.glob("futures/*.toml")]:
            kind = kind_of(file.relative_to(folder).as_posix())
            content = plain(tomllib.loads(file.read_text(encoding="utf-8")))
            errors = [error.message for error in VALIDATORS[kind].iter_errors(content)]
            assert not errors, (file, errors[:3])
            valid += 1
    print(f"jsonschema: {valid} files of all scenarios in the tree are valid")

    jobs = []
    new, yangjae = WORK / "mine", ROOT / "scenarios" / "yangjae"
    for folder, files, every in [
        (new, ["scenario.toml", "district.toml", "parameters.toml", "policies/hub.toml", "policies/hub-and-zone.toml"], 12),
        (yangjae, ["policies/full-plan.toml", "policies/as-it-happened.toml", "scenario.toml", "district.toml"], 1),
    ]:
        files = [file for file in files if (folder / file).exists()]
        for mutation in mutations(folder, files, every):
            jobs.append((len(jobs), folder, mutation))
    with ThreadPoolExecutor(4) as pool:
        for schema_refuses, program_refuses, what in pool.map(tried, jobs):
            count += 1
            if schema_refuses and not program_refuses:
                sys.exit(f"a schema refuses what the program takes: {what}")
            if what.endswith(f"'{UNKNOWN}')") and not (schema_refuses and program_refuses):
                sys.exit(f"an unknown key is taken: {what} (schema {schema_refuses}, program {program_refuses})")
    assert count > 300, count
    print(f"{count} changed scenarios: what a schema refuses, the program refuses too")


main()
