"""bench/reading/run starts this: the coefficients of the last column on the others, the bias first."""
import sys

import pandas
import sklearn
from sklearn.linear_model import LinearRegression

if sys.argv[1] == "versions":
    print(f"pandas {pandas.__version__}, scikit-learn {sklearn.__version__}")
    sys.exit()
rows = pandas.read_csv(sys.argv[2])
fit = LinearRegression().fit(rows.iloc[:, :-1].to_numpy(), rows.iloc[:, -1].to_numpy())
print(*[repr(float(value)) for value in [fit.intercept_, *fit.coef_]])
