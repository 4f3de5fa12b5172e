"""Plumb in Python: y = W x + b by exact least squares, and what of W and b to trust.

    import plumb
    fit = plumb.fit(frame, target="y")   # a DataFrame of pandas, or arrays: plumb.fit(x, target=y)
    print(fit.summary())                 # what the command 'plumb fit' prints
    fit.coefficients, fit.verdict

Numbers are the same bits as those of the command. Arrays of 64-bit floats are read where they are, whatever their
strides. The library is the file that the environment variable PLUMB_LIBRARY names, or that lies beside this one.
"""

import ctypes
import html
import json
import os
import sys

import numpy

__all__ = ["Explanation", "Fit", "Moments", "PlumbError", "explain", "fit"]

_HERE = os.path.dirname(os.path.abspath(__file__))
_NAME = "Plumb.Native" + {"win32": ".dll", "darwin": ".dylib"}.get(sys.platform, ".so")
_lib = ctypes.CDLL(os.environ.get("PLUMB_LIBRARY") or os.path.join(_HERE, _NAME))
_lib.plumb_last_error.restype = ctypes.c_char_p
_lib.plumb_version.restype = ctypes.c_char_p
_lib.plumb_release.argtypes = [ctypes.c_void_p]
_lib.plumb_free.argtypes = [ctypes.c_void_p]
_lib.plumb_release.restype = _lib.plumb_free.restype = None

__version__ = _lib.plumb_version().decode()


class PlumbError(ValueError):
    """What Plumb refused, and why. `code` is one of those in plumb.h."""

    def __init__(self, code, text):
        super().__init__(text)
        self.code = code


def _call(name, *args):
    code = getattr(_lib, name)(*args)
    if code:
        raise PlumbError(code, _lib.plumb_last_error().decode())


def _text(name, *args):
    place = ctypes.c_void_p()
    _call(name, *args, ctypes.byref(place))
    try:
        return ctypes.string_at(place).decode()
    finally:
        _lib.plumb_free(place)


def _settings(**settings):
    return json.dumps({name: value for name, value in settings.items() if value is not None}).encode()


class _Handle:
    """A handle of the library, ended with this object."""

    def __init__(self):
        self._as_parameter_ = ctypes.c_void_p()

    def __del__(self):
        handle = getattr(self, "_as_parameter_", None)
        if handle:
            _lib.plumb_release(handle)


def _doubles(values, name):
    """The values as 64-bit floats: themselves where they are such, a copy where they are other numbers."""
    array = numpy.asarray(values)
    if array.dtype == numpy.float64:
        return array
    if array.dtype.kind not in "iufb":
        raise TypeError(f"column '{name}' holds no numbers ({array.dtype}); leave it out, or encode it")
    copy = array.astype(numpy.float64)
    if array.dtype.kind in "iu" and not numpy.array_equal(copy.astype(array.dtype), array):
        raise ValueError(f"column '{name}' holds whole numbers beyond 2^53, which no 64-bit float holds")
    return copy


def _columns(table, names=None, letter="x"):
    """The columns of a table and their names; of a DataFrame those that are named, or all."""
    if hasattr(table, "columns"):
        names = list(table.columns) if names is None else names
        missing = [name for name in names if name not in table.columns]
        if missing:
            raise KeyError(f"there is no column '{missing[0]}' among {', '.join(map(str, table.columns))}")
        return [_doubles(table[name], name) for name in names], [str(name) for name in names]
    array = numpy.asarray(table)
    if array.ndim not in (1, 2):
        raise ValueError(f"the array has {array.ndim} dimensions, expected rows, or rows and columns")
    array = _doubles(array.reshape(-1, 1) if array.ndim == 1 else array, letter)
    found = [letter if letter == "y" and array.shape[1] == 1 else f"{letter}{j + 1}" for j in range(array.shape[1])]
    return [array[:, j] for j in range(array.shape[1])], list(names) if names is not None else found


def _pointers(columns):
    """Where each column begins, and its strides; the columns must live as long as these are used."""
    rows = {len(column) for column in columns}
    if len(rows) != 1:
        raise ValueError(f"the columns have different numbers of rows: {sorted(rows)}")
    pointers = (ctypes.c_void_p * len(columns))(*(column.ctypes.data for column in columns))
    strides = (ctypes.c_int64 * len(columns))(*(column.strides[0] for column in columns))
    return ctypes.c_int64(rows.pop()), pointers, strides


class Moments:
    """Exact sums of products of rows: added, merged and taken away in any order, to the same bits."""

    def __init__(self, inputs, targets):
        self.inputs, self.targets = [str(name) for name in inputs], [str(name) for name in targets]
        self._handle = _Handle()
        given = [(ctypes.c_char_p * len(names))(*(name.encode() for name in names))
                 for names in (self.inputs, self.targets)]
        _call("plumb_moments_new", given[0], len(self.inputs), given[1], len(self.targets),
              ctypes.byref(self._handle._as_parameter_))

    def add(self, table, targets=None):
        """Adds rows: a DataFrame with these columns, or two arrays, inputs and targets."""
        _call("plumb_moments_add", self._handle, *_pointers(self._of(table, targets)))
        return self

    def remove(self, table, targets=None):
        """Takes rows away again, exactly."""
        _call("plumb_moments_remove", self._handle, *_pointers(self._of(table, targets)))
        return self

    def merge(self, other):
        """Adds what others hold."""
        _call("plumb_moments_merge", self._handle, other._handle)
        return self

    def __len__(self):
        rows = ctypes.c_int64()
        _call("plumb_moments_rows", self._handle, ctypes.byref(rows))
        return rows.value

    def to_bytes(self):
        """The bytes of a moments file, as 'plumb moments -o' writes them."""
        place, length = ctypes.c_void_p(), ctypes.c_int64()
        _call("plumb_moments_save", self._handle, ctypes.byref(place), ctypes.byref(length))
        try:
            return ctypes.string_at(place, length.value)
        finally:
            _lib.plumb_free(place)

    @classmethod
    def from_bytes(cls, data, inputs, targets):
        """Moments of these names from the bytes of a file."""
        moments = cls(inputs, targets)
        loaded = _Handle()
        _call("plumb_moments_load", data, ctypes.c_int64(len(data)), ctypes.byref(loaded._as_parameter_))
        moments._handle = loaded
        return moments

    def fit(self, bias=True, ridge=0.0, level=0.95):
        """Fits W and b. Outliers, curvature and noise are not looked at: that takes the rows (`plumb.fit`)."""
        return Fit(self, _settings(bias=bias, ridge=ridge, level=level))

    def _of(self, table, targets):
        if targets is None:
            return _columns(table, self.inputs + self.targets)[0]
        return _columns(table, self.inputs)[0] + _columns(targets, self.targets)[0]


class _Told:
    """What can be told as text, HTML and JSON."""

    def _tell(self, form, **settings):
        raise NotImplementedError

    def summary(self, width=80, **settings):
        """The report as text. Settings are those of plumb.h, such as evidence=True."""
        return self._tell("text", width=width, **settings)

    def to_markdown(self, **settings):
        """The report as Markdown."""
        return self._tell("markdown", **settings)

    def to_html(self, **settings):
        """The report as one HTML file with its pictures."""
        return self._tell("html", **settings)

    def to_dict(self):
        """All numbers, as the JSON of the command holds them."""
        if not hasattr(self, "_json"):
            self._json = json.loads(self._tell("json"))
        return self._json

    @property
    def verdict(self):
        """What of W and b to trust, in a sentence or two."""
        return self.to_dict()["verdict"]

    @property
    def findings(self):
        """What to know, each with what to do about it."""
        return self.to_dict()["findings"]

    def __str__(self):
        return self.summary()

    def _repr_html_(self):
        # A page of its own: its style must not reach the notebook's.
        return ('<iframe sandbox style="width: 100%; height: 40em; border: 0" srcdoc="'
                + html.escape(self.to_html()) + '"></iframe>')


class Fit(_Told):
    """The best W and b, and what is known about them."""

    def __init__(self, moments, settings):
        self.inputs, self.targets = moments.inputs, moments.targets
        self._handle = _Handle()
        _call("plumb_fit", moments._handle, settings, ctypes.byref(self._handle._as_parameter_))

    def _look(self, columns, ordered, pictures):
        _call("plumb_fit_look", self._handle, *_pointers(columns), _settings(ordered=ordered, pictures=pictures))
        return self

    def _tell(self, form, **settings):
        return _text("plumb_fit_report", self._handle, form.encode(), _settings(**settings))

    @property
    def weights(self):
        """W, targets x inputs; NaN where the data do not determine it."""
        return numpy.array(self.to_dict()["weights"], dtype=numpy.float64)

    @property
    def bias(self):
        """b, one per target; NaN where the data do not determine it."""
        return numpy.array(self.to_dict()["bias"], dtype=numpy.float64)

    @property
    def coefficients(self):
        """A row per parameter: a DataFrame where pandas is used, else a list of dictionaries."""
        told = self.to_dict()
        places = list(enumerate(self.inputs)) + ([(None, "(bias)")] if told["hasBias"] else [])

        def at(table, t, j):
            value = table["bias"][t] if j is None else table["weights"][t][j]
            return float("nan") if value is None else value

        def bounds(t, j):
            both = told["confidence"]["bias"][t] if j is None else told["confidence"]["weights"][t][j]
            return [float("nan") if value is None else value for value in both]

        rows = [dict(zip(("target", "input", "estimate", "std_error", "low", "high", "p_value"),
                         (target, name, at(told, t, j), at(told["standardErrors"], t, j), *bounds(t, j),
                          at(told["pValues"], t, j))))
                for t, target in enumerate(self.targets) for j, name in places]
        return sys.modules["pandas"].DataFrame(rows) if "pandas" in sys.modules else rows

    def predict(self, table):
        """W x + b, rows x targets, in numpy's arithmetic; undetermined weights are taken as the smallest ones."""
        smallest = self.to_dict()["minimumNorm"]
        inputs = numpy.column_stack(_columns(table, self.inputs)[0])
        return inputs @ numpy.array(smallest["weights"]).T + numpy.array(smallest["bias"])

    def explain(self, weights, bias, truth=None):
        """Why a learned W and b are not the best fit; or not the truth, a pair of W and b, where that is known."""
        return Explanation(self, _model(weights, bias), None if truth is None else _model(*truth))

    def train(self, learning_rate, steps, momentum=0.0, loss="mse", start=None):
        """W and b after so many steps of gradient descent in full batches, from a pair start or from 0."""
        told = json.loads(_text("plumb_train", self._handle, _settings(
            learningRate=learning_rate, steps=steps, momentum=momentum, loss=loss),
            None if start is None else _model(*start)))
        return numpy.array(told["weights"]), numpy.array(told["bias"])


class Explanation(_Told):
    """Why W and b are not the best fit, or not the truth: a sum of causes."""

    def __init__(self, fit, model, truth):
        self._of, self._model, self._truth = fit, model, truth

    def _tell(self, form, **settings):
        return _text("plumb_explain", self._of._handle, self._model, self._truth, form.encode(), _settings(**settings))

    @property
    def causes(self):
        """The size of each cause by its name."""
        return {cause["code"]: cause["norm"] for cause in self.to_dict()["causes"]}

    @property
    def next(self):
        """The one thing to do next."""
        return self.to_dict()["next"]


def _model(weights, bias):
    weights = numpy.atleast_2d(numpy.asarray(weights, dtype=numpy.float64))
    bias = numpy.zeros(len(weights)) + numpy.asarray(bias, dtype=numpy.float64)
    return json.dumps({"weights": weights.tolist(), "bias": bias.tolist()}).encode()


def fit(data, target, inputs=None, bias=True, ridge=0.0, level=0.95, ordered=False, pictures=True):
    """Fits y = W x + b, and looks at the rows again for outliers, curvature and uneven noise.

    data     a DataFrame, or an array of inputs, rows x columns
    target   a column's name or several; beside an array, the array of targets
    inputs   the columns to predict from: all others where left out; beside an array, their names
    ordered  whether neighbouring rows are neighbours in time
    pictures whether rows are gathered for the pictures of HTML
    """
    if hasattr(data, "columns"):
        targets = [target] if isinstance(target, str) or not isinstance(target, (list, tuple)) else list(target)
        chosen = [name for name in data.columns if name not in targets] if inputs is None else list(inputs)
        (xs, x_names), (ys, y_names) = _columns(data, chosen), _columns(data, targets)
    else:
        (xs, x_names), (ys, y_names) = _columns(data, inputs), _columns(target, letter="y")
    moments = Moments(x_names, y_names)
    columns = xs + ys
    _call("plumb_moments_add", moments._handle, *_pointers(columns))
    fitted = moments.fit(bias=bias, ridge=ridge, level=level)
    return fitted if ridge else fitted._look(columns, ordered, pictures)


def explain(data, target, weights, bias, truth=None, **settings):
    """Why a learned W and b are not the best fit to these data, or not the truth: `fit(..).explain(..)`."""
    return fit(data, target, **settings).explain(weights, bias, truth)
