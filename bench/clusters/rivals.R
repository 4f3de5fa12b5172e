# bench/clusters/run starts this: standard errors of the last column on the inputs, clustered by firm and year.
args <- commandArgs(trailingOnly = TRUE)
if (args[1] == "versions") {
  cat(R.version.string, ", sandwich ", as.character(packageVersion("sandwich")), "\n", sep = "")
  quit()
}
column <- function(name) {
  file <- file.path(args[2], paste0(name, ".f64"))
  readBin(file, "double", file.size(file) / 8)
}
rows <- data.frame(sapply(c("y", paste0("x", 1:10)), column))
fit <- lm(y ~ ., rows)
errors <- if (args[1] == "clusters") {
  groups <- data.frame(firm = column("firm"), year = column("year"))
  sqrt(diag(sandwich::vcovCL(fit, cluster = groups, type = "HC1")))
} else summary(fit)$coefficients[, 2]
cat(format(as.vector(errors), digits = 17), "\n")
