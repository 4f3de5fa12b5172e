"""python3 test_plumb.py SAMPLES PLUMB..: compares Python's numbers with those of the command, bit by bit."""

import json
import subprocess
import sys
import tempfile
import threading
import unittest

import numpy
import pandas

import plumb

SAMPLES, COMMAND = sys.argv[1], sys.argv[2:]


def command(*words):
    run = subprocess.run([*COMMAND, *words], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return run.stdout


def without_rest(told):
    """All numbers of a document; not what the command says of its file."""
    return {name: value for name, value in told.items() if name not in ("findings", "inputsNamed")}


def energy():
    return pandas.read_csv(SAMPLES + "/energy.csv")


class Fits(unittest.TestCase):
    inputs, targets = ["wall_area", "glazing_area", "height"], ["heating_load", "cooling_load"]

    @classmethod
    def setUpClass(cls):
        cls.frame = energy()[cls.inputs + cls.targets]  # alone: the command looks for groups in other columns
        cls.folder = tempfile.TemporaryDirectory()
        cls.frame.to_csv(cls.folder.name + "/rows.csv", index=False)
        cls.words = ("fit", cls.folder.name + "/rows.csv", "--target", ",".join(cls.targets), "--numbers", "double")
        cls.fit = plumb.fit(cls.frame, target=cls.targets)
        cls.told = json.loads(command(*cls.words, "--json"))

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_all_numbers_are_the_commands(self):
        self.maxDiff = None
        self.assertEqual(without_rest(self.told), without_rest(self.fit.to_dict()))

    def test_findings_are_the_commands(self):
        self.assertLessEqual({finding["code"] for finding in self.fit.findings},
                             {finding["code"] for finding in self.told["findings"]})

    def test_tables_are_the_commands(self):
        rows = [line for line in command(*self.words).split("\n") if line.startswith(("    ", "  (bias)"))]
        self.assertTrue(set(line for line in rows if "bias" in line)
                        <= set(self.fit.summary(width=100).split("\n")))

    def test_coefficients_are_a_frame_of_the_same_numbers(self):
        frame = self.fit.coefficients
        self.assertEqual(list(frame.columns),
                         ["target", "input", "estimate", "std_error", "low", "high", "p_value"])
        self.assertEqual(list(frame.input), (self.inputs + ["(bias)"]) * 2)
        first = frame.iloc[0]
        self.assertEqual(first.estimate, self.told["weights"][0][0])
        self.assertEqual(first.std_error, self.told["standardErrors"]["weights"][0][0])
        self.assertEqual([first.low, first.high], self.told["confidence"]["weights"][0][0])

    def test_arrays_of_any_strides_give_the_same(self):
        x, y = self.frame[self.inputs].to_numpy(), self.frame[self.targets].to_numpy()
        wide = numpy.zeros((2 * len(x), 7))
        wide[::2, 1:4] = x
        for given in (numpy.ascontiguousarray(x), numpy.asfortranarray(x), wide[::2, 1:4], x[::-1][::-1]):
            self.assertEqual(plumb.fit(given, y).weights.tolist(), self.fit.weights.tolist())

    def test_rows_are_not_copied(self):
        column = numpy.arange(10.0)
        self.assertIs(plumb._doubles(column, "x"), column)

    def test_undetermined_weights_are_nan_in_python(self):
        frame = pandas.DataFrame({"a": [1.0, 2, 3, 5], "b": [2.0, 4, 6, 10], "y": [1.0, 2, 2, 4]})
        fit = plumb.fit(frame, target="y")
        self.assertTrue(numpy.isnan(fit.weights).all())
        self.assertTrue(fit.coefficients.estimate[:2].isna().all())
        self.assertFalse(numpy.isnan(fit.bias).any())

    def test_html_is_shown_apart_from_the_notebook(self):
        shown = self.fit._repr_html_()
        self.assertTrue(shown.startswith("<iframe sandbox"))
        self.assertIn("&lt;!doctype html&gt;", shown)
        self.assertIn("residuals", self.fit.to_html())

    def test_predictions_are_the_maps(self):
        predicted = self.fit.predict(self.frame)
        self.assertEqual(predicted.shape, (len(self.frame), 2))
        self.assertLess(abs(predicted - self.frame[self.targets]).to_numpy().mean(), 10)


class Explanations(unittest.TestCase):
    def test_all_numbers_are_the_commands(self):
        w, b = [[0.1, 20.0]], [-15.0]
        frame = energy()
        frame = frame[["wall_area", "glazing_area", "heating_load"]]
        explained = plumb.explain(frame, "heating_load", w, b, pictures=False)
        with tempfile.TemporaryDirectory() as folder:
            frame.to_csv(folder + "/rows.csv", index=False)
            with open(folder + "/model.json", "w", encoding="utf-8") as file:
                json.dump({"inputs": list(frame.columns[:2]), "targets": ["heating_load"], "weights": w, "bias": b},
                          file)
            told = json.loads(command("explain", folder + "/model.json", folder + "/rows.csv", "--numbers", "double",
                                      "--json"))
        mine = explained.to_dict()
        for name in ("gap", "causes", "convergence", "limit", "standardErrors", "digits", "rowTests", "evidence"):
            if name != "evidence" or mine["originEvidence"] == told["originEvidence"]:
                self.assertEqual(told[name], mine[name], name)
        self.assertIn("not the best fit", explained.summary())
        self.assertTrue(explained.next and explained.verdict and explained.causes)


class Training(unittest.TestCase):
    def test_learned_map_is_the_commands(self):
        random = numpy.random.default_rng(1)
        x = random.integers(-8, 8, (40, 2)) / 4
        frame = pandas.DataFrame({"a": x[:, 0], "b": x[:, 1], "y": x @ [1.5, -2] + random.integers(-4, 5, 40) / 8})
        with tempfile.TemporaryDirectory() as folder:
            frame.to_csv(folder + "/rows.csv", index=False)
            told = json.loads(command("train", folder + "/rows.csv", "--target", "y", "--numbers", "double",
                                      "--learning-rate", "0.05", "--steps", "25", "--init", "zero",
                                      "--json"))
        weights, bias = plumb.fit(frame, target="y").train(learning_rate=0.05, steps=25)
        self.assertEqual(told["learned"], {"weights": weights.tolist(), "bias": bias.tolist()})


class Sums(unittest.TestCase):
    def test_parts_in_any_order_give_the_same_bits(self):
        random = numpy.random.default_rng(2)
        x, y = random.normal(size=(500, 3)), random.normal(size=500)
        names = (["a", "b", "c"], ["y"])
        whole = plumb.Moments(*names).add(x, y)
        parts = [plumb.Moments(*names).add(x[i::3], y[i::3]) for i in (2, 0, 1)]
        merged = parts[0].merge(parts[1]).merge(parts[2])
        self.assertEqual(len(merged), 500)
        self.assertEqual(merged.fit().weights.tolist(), whole.fit().weights.tolist())
        whole.add(x[:7], y[:7]).remove(x[:7], y[:7])
        self.assertEqual(merged.fit().weights.tolist(), whole.fit().weights.tolist())
        again = plumb.Moments.from_bytes(whole.to_bytes(), *names)
        self.assertEqual(again.fit().to_dict(), whole.fit().to_dict())

    def test_command_fits_saved_moments(self):
        random = numpy.random.default_rng(3)
        moments = plumb.Moments(["a", "b"], ["y"]).add(random.normal(size=(50, 2)), random.normal(size=50))
        with tempfile.NamedTemporaryFile(suffix=".moments") as file:
            file.write(moments.to_bytes())
            file.flush()
            told = json.loads(command("fit", file.name, "--target", "y", "--json"))
        self.assertEqual(told["weights"], moments.fit().weights.tolist())

    def test_threads_have_errors_and_moments_of_their_own(self):
        random = numpy.random.default_rng(4)
        x, y = random.normal(size=(2000, 4)), random.normal(size=2000)
        found, expected = [], plumb.fit(x, y).weights.tolist()

        def work():
            for _ in range(3):
                found.append(plumb.fit(x, y, pictures=False).weights.tolist())
                try:
                    plumb.fit(x, y, ridge=-1)
                except plumb.PlumbError as error:
                    found.append("ridge" in str(error))

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len(found), 24)
        self.assertTrue(all(item in (expected, True) for item in found))


class Refusals(unittest.TestCase):
    def refused(self, kind, words, work):
        with self.assertRaises(kind) as caught:
            work()
        self.assertIn(words, str(caught.exception))
        return caught.exception

    def test_what_cannot_be_is_refused_in_words(self):
        x, y = numpy.arange(12.0).reshape(6, 2), numpy.arange(6.0)
        broken = x.copy()
        broken[3, 1] = numpy.nan
        self.assertEqual(self.refused(plumb.PlumbError, "row 4: column 'x2'", lambda: plumb.fit(broken, y)).code, 2)
        self.assertEqual(self.refused(plumb.PlumbError, "ridge", lambda: plumb.fit(x, y, ridge=-1)).code, 1)
        self.refused(ValueError, "different numbers of rows", lambda: plumb.fit(x, y[:5]))
        self.refused(TypeError, "'city' holds no numbers",
                     lambda: plumb.fit(pandas.DataFrame({"city": ["a", "b"], "y": [1.0, 2]}), "y"))
        self.refused(ValueError, "2^53", lambda: plumb.fit(numpy.array([[2**53 + 1], [1]]), [1.0, 2]))
        self.refused(KeyError, "nobody", lambda: plumb.fit(pandas.DataFrame({"x": [1.0], "y": [2.0]}), "nobody"))
        fit = plumb.fit(x, y)
        self.refused(plumb.PlumbError, "no setting 'colour'", lambda: fit.summary(colour=True))
        self.refused(plumb.PlumbError, "no JSON", lambda: plumb.Fit(plumb.Moments(["x"], ["y"]).add([1.0, 2], [1.0, 2]),
                                                                    b"{"))
        self.refused(plumb.PlumbError, "row", lambda: plumb.Moments(["x"], ["y"]).fit())
        self.refused(plumb.PlumbError, "moments", lambda: plumb.Moments.from_bytes(b"PLUMBMOM nonsense", ["x"], ["y"]))
        self.refused(plumb.PlumbError, "expected text, markdown, html or json", lambda: fit._tell("pdf"))
        self.refused(plumb.PlumbError, "learningRate", lambda: fit.train(None, 3))

    def test_a_row_that_is_refused_leaves_the_sums_as_they_were(self):
        moments = plumb.Moments(["x"], ["y"]).add([1.0, 2, 4], [1.0, 2, 3])
        before = moments.to_bytes()
        for act in (moments.add, moments.remove):
            with self.assertRaises(plumb.PlumbError):
                act([1.0, numpy.inf], [1.0, 2])
        self.assertEqual(before, moments.to_bytes())


if __name__ == "__main__":
    result = unittest.TextTestRunner(verbosity=2).run(unittest.defaultTestLoader.loadTestsFromModule(
        sys.modules["__main__"]))
    bad = len(result.failures) + len(result.errors)
    print(f"  succeeded: {result.testsRun - bad - len(result.skipped)}\n  failed: {bad}\n"
          f"  skipped: {len(result.skipped)}")
    sys.exit(bad > 0)
