"""The module in an environment that has nothing else: it runs, and says what a method needs that is not there."""

import yangjae

run = yangjae.Scenario.load("scenarios/toy").run(replications=4)
assert run.outcomes.to_dict()["policy"][0] == "baseline"
assert "<table>" in run.yearly._repr_html_() and "<table>" in run._repr_html_()
assert run.yearly.__arrow_c_stream__() is not None

for need, use in [
    ("pandas", run.yearly.to_pandas),
    ("polars", run.yearly.to_polars),
    ("ema", lambda: __import__("yangjae.ema")),
    ("salib", lambda: __import__("yangjae.salib")),
    ("xarray", lambda: __import__("yangjae.xarray")),
]:
    try:
        use()
    except yangjae.MissingPackageError as error:
        assert f"pip install 'yangjae[{need}]'" in str(error), error
    else:
        raise AssertionError(f"{need} is not missing")
