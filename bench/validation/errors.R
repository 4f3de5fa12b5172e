# What R's sandwich says of standard errors where noise is uneven or rows hang together, with 17 digits.
# ChickWeight (Crowder and Hand, Analysis of Repeated Measures, 1990) and mtcars come with R.
suppressPackageStartupMessages(library(sandwich))
folder <- commandArgs(trailingOnly = TRUE)[1]
cases <- c()
add <- function(data, inputs, target, weights, errors, covariance) {
  values <- paste(sprintf("%.17g", sqrt(diag(covariance))), collapse = ", ")
  names <- paste0("\"", inputs, "\"", collapse = ", ")
  cases <<- c(cases, sprintf(
    "  {\"data\": \"%s\", \"inputs\": [%s], \"target\": \"%s\", \"weights\": \"%s\", \"errors\": \"%s\", \"values\": [%s]}",
    data, names, target, weights, errors, values))
}
uneven <- function(data, inputs, target, weights, model) {
  for (kind in c("HC0", "HC1", "HC2", "HC3", "HC4")) {
    add(data, inputs, target, weights, tolower(kind), vcovHC(model, type = kind))
  }
}

chicks <- data.frame(weight = ChickWeight$weight, time = ChickWeight$Time,
  chick = as.integer(as.character(ChickWeight$Chick)), diet = as.integer(ChickWeight$Diet))
write.csv(chicks, file.path(folder, "chicks.csv"), row.names = FALSE, quote = FALSE)
growth <- lm(weight ~ time + diet, chicks)
uneven("chicks", c("time", "diet"), "weight", "", growth)
add("chicks", c("time", "diet"), "weight", "", "cluster:chick", vcovCL(growth, ~chick))
add("chicks", c("time", "diet"), "weight", "", "cluster:chick,time", vcovCL(growth, ~ chick + time))
weighed <- lm(weight ~ time, chicks, weights = diet)
uneven("chicks", "time", "weight", "diet", weighed)
add("chicks", "time", "weight", "diet", "cluster:chick", vcovCL(weighed, ~chick))

write.csv(mtcars, file.path(folder, "mtcars.csv"), row.names = FALSE, quote = FALSE)
cars <- lm(mpg ~ wt + hp + qsec, mtcars)
uneven("mtcars", c("wt", "hp", "qsec"), "mpg", "", cars)
add("mtcars", c("wt", "hp", "qsec"), "mpg", "", "cluster:carb", vcovCL(cars, ~carb))
writeLines(c("[", paste(cases, collapse = ",\n"), "]"), file.path(folder, "errors.json"))
