# bench/clusters/run starts this: standard errors of the last column on the inputs, clustered by firm and year.
import sys
import numpy
import scipy
import statsmodels
import statsmodels.api as sm

if sys.argv[1] == "versions":
    print(f"statsmodels {statsmodels.__version__}, numpy {numpy.__version__}, scipy {scipy.__version__}")
    sys.exit()
column = lambda name: numpy.fromfile(f"{sys.argv[2]}/{name}.f64")
x = numpy.column_stack([numpy.ones_like(column("y"))] + [column(f"x{j}") for j in range(1, 11)])
fit = sm.OLS(column("y"), x).fit()
if sys.argv[1] == "clusters":
    groups = numpy.column_stack([column("firm").astype(int), column("year").astype(int)])
    fit = fit.get_robustcov_results("cluster", groups=groups, use_correction=True, df_correction=True)
print(*[repr(float(error)) for error in fit.bse])
