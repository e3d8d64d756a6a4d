"""What a user of the module relies on beside its numbers."""

import pickle
import threading
from pathlib import Path

import numpy
import pandas
import polars
import pyarrow
import pytest
import yangjae

TOY = "scenarios/toy"


@pytest.fixture(scope="module")
def toy():
    return yangjae.Scenario.load(TOY)


@pytest.fixture(scope="module")
def run(toy):
    return toy.run(replications=12, seed=1)


def test_frames_of_every_kind_hold_the_same(run):
    for name, table in run.tables.items():
        columns = table.to_dict()
        arrow = pyarrow.table(table)
        assert arrow.to_pydict() == columns, name
        assert polars.DataFrame(table).to_dict(as_series=False) == columns
        assert table.to_polars().equals(polars.DataFrame(table))
        frame = table.to_pandas()
        assert list(frame.columns) == table.columns and len(frame) == len(table)
        for column in table.columns:
            values = [None if pandas.isna(value) else value for value in frame[column].tolist()]
            assert values == columns[column], (name, column)
        assert arrow.schema.field(0).metadata[b"meaning"].decode() == table.about(table.columns[0]).meaning
        about = table.about().to_dict()
        assert list(about) == ["column", "kind", "unit", "meaning"] and about["column"] == table.columns
        assert about["meaning"] == [table.about(column).meaning for column in table.columns] and all(about["meaning"])


def test_numbers_are_numbers_and_units_are_told(run):
    frame = run.comparison.to_pandas()
    assert frame["difference"].dtype == numpy.float64 and frame["year"].dtype == numpy.int64
    assert frame.attrs["units"]["year"] == "year"
    assert run.cost_benefit.about("policy").unit == ""
    assert run.money == "KRW m"


def test_threads_and_calls_do_not_change_a_value(toy, run):
    one = toy.run(replications=12, seed=1, threads=1)
    assert one.yearly.to_dict() == run.yearly.to_dict() == toy.run(replications=12, seed=1).yearly.to_dict()
    assert toy.run(replications=12, seed=2).yearly.to_dict() != run.yearly.to_dict()


def test_single_simulations_are_those_of_the_run(toy):
    same = yangjae.Scenario.load(TOY).run(replications=6).replication_values().where(replication=5, policy="hub")
    one = toy.simulate_one("hub", 5)
    assert len(same) > 100
    for row in same:
        found = one.value(row["metric"], row["place"], row["year"])
        # The share of sales taken from others is one of the comparison with the twin.
        if row["metric"] not in TWIN:
            assert found == row["value"], row


# Metrics that compare a simulation with its twin, which a single one lacks.
TWIN = set()


def test_parameters_of_single_simulations_are_those_of_the_scenario(toy):
    changed = toy.with_parameters(wage=60.0, founder_rate=30.0)
    run = changed.run(replications=3)
    for replication in range(3):
        found = toy.evaluate("hub", replication, parameters={"wage": 60.0, "founder_rate": 30.0})
        for outcome, value in found.items():
            rows = run.outcomes.where(policy="hub", replication=replication, outcome=outcome)
            assert [row["value"] for row in rows] == [value]


def test_strings_pickles_and_folders_are_the_same_scenario(toy):
    texts = {str(path.relative_to(TOY)): path.read_text() for path in Path(TOY).rglob("*.*")}
    again = yangjae.Scenario.from_strings(texts, name="toy")
    assert again.run(replications=3).yearly.to_dict() == toy.run(replications=3).yearly.to_dict()
    changed = toy.with_policy(of="hub", scale={"hub": 0.5}).with_parameters(wage=55)
    back = pickle.loads(pickle.dumps(changed))
    assert back.added == changed.added and back.parameters.to_dict() == changed.parameters.to_dict()


def test_alternatives_make_a_policy_each_and_a_name_is_taken(toy):
    several = toy.with_policy(of="hub", delay={"hub": ["1y", "2y"]})
    assert several.added == ["hub--hub-delay-1y", "hub--hub-delay-2y"]
    assert toy.with_policy(of="hub", scale={"hub": 2}, name="large").policies["policy"] == ["baseline", "hub", "large"]
    assert toy.policies["policy"] == ["baseline", "hub"]


def test_errors_say_where_and_what_to_do(toy, tmp_path):
    with pytest.raises(yangjae.ScenarioError) as told:
        toy.with_policy("title = 'A hub'\nextends = 'hubb'\n", name="later")
    error = told.value
    assert (error.file, error.line) == ("scenarios/toy/policies/later.toml", 2)
    assert error.column and "hub" in error.remedy and "1 problem" in str(error)
    assert pickle.loads(pickle.dumps(error)).problems == error.problems
    for wrong, words in [
        (lambda: toy.run(policies="hubb"), "no policy `hubb`"),
        (lambda: toy.run(replications=0), "it takes 1 to"),
        (lambda: toy.run(outcomes="job@city"), "did you mean `jobs`"),
        (lambda: toy.evaluate("hub", 0, "jobs@nowhere"), "known at"),
        (lambda: toy.evaluate("hub", 0, parameters={"wag": 3}), "did you mean `wage`"),
        (lambda: toy.evaluate("hub", 0, parameters={"wage": -1}), "it takes"),
        (lambda: toy.with_policy(of="hub", delay={"hubb": "1y"}), "hubb"),
        (lambda: toy.with_policy(of="hub", delay={"hub": "soon"}), "soon"),
        (lambda: toy.with_policy(), "no change"),
        (lambda: toy.with_policy("title = 'x'", name="a/b"), "no name of a policy"),
        (lambda: toy.search(), "budget"),
        (lambda: toy.run(replications=4).decide({"net_jobs": 2}), r'decide\("2\*net_jobs"\), or .* `targets`'),
        (lambda: toy.run(replications=4).decide("0*net_jobs"), "expected an outcome"),
        (lambda: toy.search(budget="much"), "much"),
    ]:
        with pytest.raises(yangjae.RequestError, match=words):
            wrong()
    with pytest.raises(yangjae.ScenarioError, match="did you mean `wage`"):
        toy.with_parameters(wag=3)
    with pytest.raises(yangjae.YangjaeError, match="manifest"):
        yangjae.Run.open(tmp_path)
    with pytest.raises(AttributeError, match="nothing"):
        toy.run(replications=2).nothing


def test_a_run_folder_is_kept_unless_it_is_to_be_replaced(toy, run, tmp_path):
    run.save(tmp_path / "kept")
    with pytest.raises(yangjae.RequestError, match="kept"):
        run.save(tmp_path / "kept")
    assert run.save(tmp_path / "kept", replace=True) == tmp_path / "kept"


def test_progress_is_told_and_its_exception_stops_the_run(toy):
    told = []
    toy.run(replications=5, progress=lambda done, of: told.append((done, of)))
    assert told[-1] == (5, 5) and told == sorted(told)

    def enough(done, of):
        if done > 0:
            raise LookupError(done)

    with pytest.raises(LookupError):
        toy.run(replications=1_000_000, progress=enough)


def test_other_threads_go_on_meanwhile(toy):
    count, going = [0], threading.Event()

    def work():
        while not going.is_set():
            count[0] += 1

    before = []
    thread = threading.Thread(target=work)
    thread.start()
    try:
        toy.run(replications=3_000, progress=lambda done, of: before.append(count[0]))
    finally:
        going.set()
        thread.join()
    assert before[-1] > before[0]


def test_several_threads_of_python_share_a_scenario(toy):
    expected = [toy.evaluate("hub", replication) for replication in range(8)]
    found = [None] * 8

    def work(replication):
        found[replication] = toy.evaluate("hub", replication)

    threads = [threading.Thread(target=work, args=(replication,)) for replication in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == expected
