"""Runs from Python are those of the program: the same bytes in every file, the same values in every table."""

import csv
import filecmp
import os
import subprocess
from pathlib import Path

import pytest
import yangjae

PROGRAM = os.environ["PROGRAM"]
TOY = "scenarios/toy"
YANGJAE = "scenarios/yangjae"


def program(*arguments, **options):
    done = subprocess.run([PROGRAM, *map(str, arguments)], check=True, capture_output=True, text=True, **options)
    return done.stdout


def files(folder):
    found = sorted(path.relative_to(folder) for path in Path(folder).rglob("*") if path.is_file())
    return [path for path in found if path.name != ".lock"]


def assert_same_folder(ours, theirs):
    assert files(ours) == files(theirs)
    _, different, unreadable = filecmp.cmpfiles(ours, theirs, files(ours), shallow=False)
    assert (different, unreadable) == ([], [])


CASES = {
    "toy": (TOY, lambda scenario: scenario, [], {}),
    "parameters": (
        TOY,
        lambda scenario: scenario.with_parameters(wage=55.5, until=2027),
        ["--set", "wage=55.5", "--until", "2027"],
        {},
    ),
    "delay": (
        TOY,
        lambda scenario: scenario.with_policy(of="hub", delay={"hub": "1y"}, scale={"hub": 0.5}),
        ["--delay", "hub=1y", "--scale", "hub=0.5", "--policy", "hub"],
        {"policies": ["hub", "hub--hub-delay-1y--hub-scale-0-5"]},
    ),
    "shipped": (
        YANGJAE,
        lambda scenario: scenario.with_parameters(until=2024),
        ["--until", "2024", "--policy", "campus", "--outcome", "jobs@city@2022", "--groups", "--seed", "7"],
        {"policies": ["campus"], "outcomes": ["jobs@city@2022"], "groups": True, "seed": 7},
    ),
}


@pytest.fixture(scope="module", params=CASES)
def both(request, tmp_path_factory):
    """The same run from Python and from the program, and the folder of the latter."""
    scenario, change, options, keywords = CASES[request.param]
    theirs = tmp_path_factory.mktemp(request.param) / "theirs"
    program("run", scenario, *options, "--replications", 6, "--quiet", "--output", theirs)
    run = change(yangjae.Scenario.load(scenario)).run(replications=6, **keywords)
    return run, theirs


def test_every_file_has_the_same_bytes(both, tmp_path):
    run, theirs = both
    assert_same_folder(run.save(tmp_path / "ours"), theirs)


def test_every_table_has_the_values_of_its_csv(both):
    run, theirs = both
    written = {str(path.relative_to(theirs))[:-4] for path in theirs.rglob("*.csv") if "blocks" not in path.parts}
    assert set(run.tables) == written - {name for name in written if name.startswith("inputs/")}
    for name, table in run.tables.items():
        with open(theirs / f"{name}.csv", newline="", encoding="utf-8") as file:
            header, *rows = csv.reader(file)
        assert table.columns == header
        columns = list(zip(*rows)) or [()] * len(header)
        for column, texts in zip(header, columns, strict=True):
            kind = table.about(column).kind
            read = {"number": float, "whole": int, "yesno": {"yes": True, "no": False}.get, "text": str}[kind]
            values = table[column]
            expected = [
                None if text == "" and value is None else read(text)
                for text, value in zip(texts, values, strict=True)
            ]
            assert values == expected, (name, column)


def test_an_opened_folder_has_the_same_tables_and_decision(both, tmp_path):
    run, theirs = both
    opened = yangjae.Run.open(theirs)
    assert list(opened.tables) == list(run.tables)
    assert all(opened.tables[name].to_dict() == run.tables[name].to_dict() for name in run.tables)
    program("decide", theirs, "--quiet")
    decided = yangjae.read_tables(theirs)
    for name, table in run.decide().tables.items():
        assert table.to_dict() == decided[f"decision/{name}"].to_dict(), name
    assert str(run.decide()) == str(opened.decide())


def test_a_future_is_that_of_the_program(tmp_path):
    program("run", YANGJAE, "--until", 2024, "--policy", "campus", "--future", "funding-winter", "--replications", 4,
            "--quiet", "--output", tmp_path / "theirs")
    scenario = yangjae.Scenario.load(YANGJAE).with_parameters(until=2024)
    assert "funding-winter" in scenario.futures
    run = scenario.in_future("funding-winter").run(policies="campus", replications=4)
    assert_same_folder(run.save(tmp_path / "ours"), tmp_path / "theirs/futures/funding-winter")


def test_a_search_finds_what_the_program_finds(tmp_path):
    options = ["--budget-total", "5bn", "--effort", 300, "--replications", 20, "--seed", 3]
    program("search", TOY, *options, "--quiet", "--output", tmp_path / "theirs")
    theirs = yangjae.read_tables(tmp_path / "theirs")
    found = yangjae.Scenario.load(TOY).search(budget_total="5bn", effort=300, replications=20, seed=3)
    assert found.archive.to_dict() == theirs["archive"].to_dict()
    # A scenario that no folder holds is searched as one that a folder holds.
    texts = {str(path.relative_to(TOY)): path.read_text() for path in Path(TOY).rglob("*.*")}
    again = yangjae.Scenario.from_strings(texts, name="toy")
    again = again.search(budget_total="5bn", effort=300, replications=20, seed=3)
    assert again.archive.to_dict() == theirs["archive"].to_dict()
    name, text = next(iter(found.policies.items()))
    assert name in yangjae.Scenario.load(TOY).with_policy(text, name=name).policies["policy"]


def test_events_are_those_of_replay():
    theirs = list(csv.DictReader(program("replay", TOY, "--policy", "hub", "--replication", 3, "--csv").splitlines()))
    ours = yangjae.Scenario.load(TOY).replay("hub", 3)
    assert ours.columns == list(theirs[0])
    assert [str(value) for value in ours["event"]] == [row["event"] for row in theirs]
    assert ours["amount"] == [float(row["amount"]) if row["amount"] else None for row in theirs]


def test_the_command_line_of_the_wheel_is_the_program(tmp_path):
    import sys

    entry = Path(sys.executable).parent / "yangjae"
    for arguments in [["--version"], ["explain", TOY, "wage"], ["check", TOY]]:
        ours = subprocess.run([entry, *arguments], check=True, capture_output=True, text=True)
        assert ours.stdout == program(*arguments)
    wrong = subprocess.run([entry, "run", TOY, "--policy", "hubb"], capture_output=True, text=True)
    assert (wrong.returncode, "hubb" in wrong.stderr) == (2, True)
