# What R says of single rows, with 17 digits: hatvalues, rstandard, rstudent, cooks.distance, dffits, dfbetas, PRESS.
# stackloss (Brownlee, Statistical Theory and Methodology, 1965), mtcars and cars come with R.
folder <- commandArgs(trailingOnly = TRUE)[1]
cases <- c()
numbers <- function(values) paste(ifelse(is.finite(values), sprintf("%.17g", values), "null"), collapse = ", ")
add <- function(name, data, inputs, target, weights, bias) {
  write.csv(data, file.path(folder, paste0(name, ".csv")), row.names = FALSE, quote = FALSE)
  formula <- as.formula(paste(target, "~", paste(inputs, collapse = " + "), if (bias) "" else "- 1"))
  model <- if (weights == "") lm(formula, data) else lm(formula, data, weights = data[[weights]])
  columns <- list(fitted = fitted(model), residual = residuals(model), leverage = hatvalues(model),
    standardized = rstandard(model), studentized = rstudent(model), cook = cooks.distance(model),
    dffits = dffits(model), dfbetas = as.vector(t(dfbetas(model))))
  parts <- paste0("\"", names(columns), "\": [", sapply(columns, numbers), "]", collapse = ",\n    ")
  cases <<- c(cases, sprintf(
    "  {\"data\": \"%s\", \"inputs\": [%s], \"target\": \"%s\", \"weights\": \"%s\", \"bias\": %s,\n    %s}", name,
    paste0("\"", inputs, "\"", collapse = ", "), target, weights, tolower(bias), parts))
}

names(stackloss) <- c("air", "water", "acid", "loss")
add("stackloss", stackloss, c("air", "water", "acid"), "loss", "", TRUE)
add("mtcars", mtcars, c("wt", "hp", "qsec"), "mpg", "", TRUE)
add("weighed", mtcars, c("wt", "hp"), "mpg", "gear", TRUE)
add("cars", cars, "speed", "dist", "", FALSE)
writeLines(c("[", paste(cases, collapse = ",\n"), "]"), file.path(folder, "influence.json"))
