# bench/reading/run starts this: the coefficients of the last column on the others, the bias first.
args <- commandArgs(trailingOnly = TRUE)
if (args[1] == "versions") {
  cat(R.version.string, ", data.table ", as.character(packageVersion("data.table")), "\n", sep = "")
  quit()
}
suppressMessages(library(data.table))
rows <- fread(args[2], showProgress = FALSE)
last <- ncol(rows)
x <- cbind(1, as.matrix(rows[, 1:(last - 1), with = FALSE]))
y <- rows[[last]]
coefficients <- if (args[1] == "r-lm") lm.fit(x, y)$coefficients else solve(crossprod(x), crossprod(x, y))
cat(format(as.vector(coefficients), digits = 17), "\n")
