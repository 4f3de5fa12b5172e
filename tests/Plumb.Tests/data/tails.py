"""Writes tails.json: upper tails of t, F and chi-squared where quantiles.json has none. Needs mpmath.

Each tail is the integral of the density from x up, divided by the density at x so that the quadrature's
absolute tolerance is a relative one, and every argument is the double nearest to its decimal.
"""

import json
import pathlib

import mpmath as mp

mp.mp.dps = 50
NODES = [0, 1, 2, 4, 6, 8, 11, 14, 18, 22, 27, 32, 40, 50, 65, 80, 110, 150, 200, 300, 400, 600, 800, 1200, 1800, 2700, 4000]


def tail(log_density, start, scale):
    top = log_density(start)
    return mp.exp(top) * scale * mp.quad(lambda s: mp.exp(log_density(start + scale * s) - top), NODES)


# By the logarithm of x, of f and of t, in which the densities are log-concave and without poles.
def chi2_sf(v, x):
    a = mp.mpf(v) / 2
    c = mp.loggamma(a)
    log_density = lambda w: a * w - mp.exp(w) - c
    return tail(log_density, mp.log(mp.mpf(x) / 2), scale_at(log_density, mp.log(mp.mpf(x) / 2)))


def f_sf(k, v, f):
    a, b = mp.mpf(k) / 2, mp.mpf(v) / 2
    c = mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b)
    log_density = lambda w: a * w - (a + b) * mp.log1p(mp.exp(w)) - c
    start = mp.log(mp.mpf(k) * mp.mpf(f) / mp.mpf(v))
    return tail(log_density, start, scale_at(log_density, start))


def t_sf(v, t):
    return f_sf(1, v, mp.mpf(t) ** 2) / 2


def scale_at(log_density, start):
    slope = abs(mp.diff(log_density, start))
    curvature = abs(mp.diff(log_density, start, 2))
    return 1 / (slope + mp.sqrt(curvature))


def entries():
    for v in [0.1, 0.5, 1.5, 2.71, 33.3, 1e4, 1e6, 1e9, 1e12]:
        for t in [1e-3, 0.7, 1.7, 1.8, 6.0, 30.0]:
            yield "t_sf", v, t, t_sf(v, t)
    for k, v in [(0.3, 0.7), (1, 1e9), (2.5, 7.25), (12, 1e6), (150.5, 40.25), (1e3, 1e9), (1e5, 1e5)]:
        deviation = (2 / k + 2 / v) ** 0.5
        for z in [-1.0, 0.001, 1.0, 3.0]:
            f = float(mp.nstr(mp.exp(z * deviation), 8))
            yield "f_sf", [k, v], f, f_sf(k, v, f)
    for v in [0.1, 0.5, 1.5, 33.3, 150, 1e4, 1e6]:
        for z in [-1.0, 0.001, 1.0, 3.0]:
            x = float(mp.nstr(v * mp.exp(z * (2 / v) ** 0.5), 8))
            yield "chi2_sf", v, x, chi2_sf(v, x)


rows = [json.dumps({"f": f, "df": df, "x": repr(x), "ref": mp.nstr(ref, 30)}) for f, df, x, ref in entries()]
pathlib.Path(__file__).with_name("tails.json").write_text("[\n" + ",\n".join(rows) + "\n]\n")
